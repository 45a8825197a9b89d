package io.callscope.web.export;

import io.callscope.bus.Addresses;
import io.callscope.web.list.ListQuery;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What the tracker partitions have in a list, one partition after the other, in no order. What is
 * there from the beginning to the end comes once, whatever comes or goes meanwhile. Fails where a
 * partition gets another owner on the way: that one may lack what is still to come.
 */
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
  private long from;

  /** Who has the partition; null before the first piece of it. */
  private String owner;

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
            .put("from", from)
            .put("limit", PIECE)
            .put("waitMillis", WAIT_MILLIS);
    return vertx
        .eventBus()
        .<JsonObject>request(Addresses.query("tracker", partition), question, OPTIONS)
        .map(answer -> piece(answer.body()));
  }

  private Piece piece(JsonObject answer) {
    List<JsonObject> entries =
        answer.getJsonArray(list, new JsonArray()).stream().map(JsonObject.class::cast).toList();
    goOn(answer.getString("owner"), answer.getLong("next"));
    return new Piece(entries, partition >= partitions);
  }

  /**
   * @param next where the partition's next piece begins, null if this was its last
   */
  private void goOn(String answering, Long next) {
    if (owner != null && !owner.equals(answering)) {
      throw new IllegalStateException(
          "partition " + partition + " went from " + owner + " to " + answering + " on the way");
    }
    if (next == null) {
      partition++;
      from = 0;
      owner = null;
    } else {
      from = next;
      owner = answering;
    }
  }
}
