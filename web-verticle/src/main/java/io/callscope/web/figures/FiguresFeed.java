package io.callscope.web.figures;

import io.callscope.web.counters.Boards;
import io.callscope.web.counters.SourceView;
import io.callscope.web.health.Health;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.live.Streams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * Keeps the history of figures and tells each new sample to those who follow it: {@code
 * /api/v1/history} and {@code /api/v1/figures/stream}. On the web server's context.
 */
public final class FiguresFeed {
  private final Boards boards;
  private final EventFigures events;
  private final Streams.Channel channel;
  private final History history = new History();

  public FiguresFeed(Boards boards, EventFigures events, Streams streams) {
    this.boards = boards;
    this.events = events;
    channel = streams.channel();
  }

  public void start(Vertx vertx) {
    vertx.setPeriodic(1000, id -> sample());
  }

  public History history() {
    return history;
  }

  public Figures events() {
    return events.now();
  }

  private void sample() {
    history.sample(System.currentTimeMillis(), System.nanoTime(), boards.figures(), events.now());
    if (!channel.isEmpty()) {
      channel.send(Buffer.buffer("event: figures\ndata: " + newest().encode() + "\n\n"));
    }
  }

  /** The newest sample, with how far the sources are. */
  private JsonObject newest() {
    JsonObject values = new JsonObject();
    for (String key : History.keys()) {
      values.put(key, number(history.newest(key)));
    }
    values.put("events", boards.accounts().value("ev_ring0.queued"));
    JsonArray sources = new JsonArray();
    boards.sources().forEach(source -> sources.add(source(SourceView.of(source))));
    Health health = boards.health();
    return new JsonObject()
        .put("time", history.time(history.size() - 1))
        .put("values", values)
        .put("sources", sources)
        .put(
            "health",
            new JsonObject().put("state", health.state().style()).put("text", health.text()));
  }

  private static JsonObject source(SourceView source) {
    return new JsonObject()
        .put("name", source.name())
        .put("state", source.state().text())
        .put("packets", source.packets())
        .put("bytes", source.bytes())
        .put("last", source.last())
        .put("readBytes", source.readBytes())
        .put("percent", source.percent())
        .put("speed", source.speed())
        .put("left", source.left())
        .put("runTime", source.runTime());
  }

  private static Double number(double value) {
    return Double.isNaN(value) ? null : Math.round(value * 10) / 10.0;
  }

  /** The whole history. */
  public Future<Answer> page(Asked asked) {
    JsonArray times = new JsonArray();
    for (int i = 0; i < history.size(); i++) {
      times.add(history.time(i));
    }
    JsonObject series = new JsonObject();
    for (String key : History.keys()) {
      JsonArray values = new JsonArray();
      for (int i = 0; i < history.size(); i++) {
        values.add(number(history.value(key, i)));
      }
      series.put(key, values);
    }
    JsonObject json =
        new JsonObject().put("most", History.MOST).put("times", times).put("series", series);
    return Future.succeededFuture(Answer.json(json));
  }

  /** A client that follows. */
  public void stream(RoutingContext context, Asked asked) {
    channel.open(context);
  }
}
