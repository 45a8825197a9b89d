package io.callscope.web.export;

import io.callscope.bus.Addresses;
import io.callscope.web.list.ListQuery;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What the tracker partitions have in a list, one partition after the other. */
final class TrackerPages implements Pages {
  private static final int PIECE = 1_000;
  private static final long WAIT_MILLIS = 10_000;

  /** A little longer, so that they can say that it takes too long. */
  private static final DeliveryOptions OPTIONS =
      new DeliveryOptions().setSendTimeout(WAIT_MILLIS + 500);

  private final Vertx vertx;
  private final int partitions;
  private final String list;
  private final JsonArray filters;
  private int partition;
  private long skip;

  /**
   * @param list name of the query and of the field of its answer
   */
  TrackerPages(Vertx vertx, int partitions, String list, ListQuery query) {
    this.vertx = vertx;
    this.partitions = partitions;
    this.list = list;
    filters = query.filtersJson();
  }

  @Override
  public Future<Piece> next() {
    JsonObject question =
        new JsonObject()
            .put("query", list)
            .put("filters", filters.copy())
            .put("skip", skip)
            .put("limit", PIECE)
            .put("count", false)
            .put("waitMillis", WAIT_MILLIS);
    return vertx
        .eventBus()
        .<JsonObject>request(Addresses.query("tracker", partition), question, OPTIONS)
        .map(answer -> piece(answer.body()));
  }

  private Piece piece(JsonObject answer) {
    List<JsonObject> entries =
        answer.getJsonArray(list, new JsonArray()).stream().map(JsonObject.class::cast).toList();
    skip += entries.size();
    if (entries.size() < PIECE) {
      partition++;
      skip = 0;
    }
    return new Piece(entries, partition >= partitions);
  }
}
