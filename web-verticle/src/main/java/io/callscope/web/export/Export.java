package io.callscope.web.export;

import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Exchange;
import io.callscope.web.http.Params;
import io.callscope.web.http.Places;
import io.callscope.web.http.Responder;
import io.callscope.web.list.ListQuery;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A list as a file. Takes the filters of the list; a piece is asked for when the client has taken
 * the one before, so that a slow one costs no memory. One that fails on the way is cut off before
 * its proper end, which every client sees.
 */
final class Export implements Exchange {
  private static final Logger log = LoggerFactory.getLogger(Export.class);

  /** Entries in one export at most, and if nothing else is asked for. */
  static final int MOST = 1_000_000;

  /** Exports at a time. */
  static final int MOST_AT_WORK = 4;

  private final String name;
  private final Format format;
  private final Columns columns;
  private final Kind kind;
  private final Function<ListQuery, Pages> source;
  private final WorkerExecutor workers;
  private final Responder responder;
  private final Places places;

  /**
   * What a list can be filtered by.
   *
   * @param hold finds filters that nothing can pass
   */
  record Kind(List<String> fields, BiConsumer<Params, ListQuery> hold) {}

  Export(
      String name,
      Format format,
      Columns columns,
      Kind kind,
      Function<ListQuery, Pages> source,
      WorkerExecutor workers,
      Responder responder,
      Places places) {
    this.name = name;
    this.format = format;
    this.columns = columns;
    this.kind = kind;
    this.source = source;
    this.workers = workers;
    this.responder = responder;
    this.places = places;
  }

  @Override
  public void handle(RoutingContext context, Asked asked) {
    ListQuery query = ListQuery.read(asked.params(), kind.fields(), 0, MOST, MOST);
    kind.hold().accept(asked.params(), query);
    if (!asked.params().finish().isEmpty()) {
      responder.send(context, asked.form(), Answer.badRequest(asked.params().errors()));
      return;
    }
    HttpServerResponse response = context.response();
    if (!places.take()) {
      response.putHeader(HttpHeaders.RETRY_AFTER, "10");
      List<String> lines = List.of("ERROR: " + MOST_AT_WORK + " exports are at work already");
      responder.send(context, asked.form(), Answer.notice(503, "Busy", lines));
      return;
    }
    Responder.headers(response)
        .putHeader(HttpHeaders.CONTENT_TYPE, format.contentType())
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + name + "." + format.ending() + "\"");
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
      places.giveBack();
      return;
    }
    response.setChunked(true);
    send(response, source.apply(query), format.head(columns), query.max())
        .onComplete(done -> places.giveBack())
        .onFailure(cause -> cut(context, cause));
  }

  /** Sends what there is, then what comes. */
  private Future<Void> send(HttpServerResponse response, Pages pages, Buffer head, long left) {
    return response
        .write(head)
        .compose(written -> pages.next())
        .compose(
            piece -> {
              List<JsonObject> entries =
                  piece.entries().size() > left
                      ? piece.entries().subList(0, (int) left)
                      : piece.entries();
              long rest = left - entries.size();
              return workers
                  .executeBlocking(() -> format.entries(columns, entries), false)
                  .compose(
                      body ->
                          piece.last() || rest == 0
                              ? response.end(body)
                              : send(response, pages, body, rest));
            });
  }

  private void cut(RoutingContext context, Throwable cause) {
    if (!context.response().closed()) {
      log.warn("the export of {} was cut off: {}", name, cause.getMessage());
      context.request().connection().close();
    }
  }
}
