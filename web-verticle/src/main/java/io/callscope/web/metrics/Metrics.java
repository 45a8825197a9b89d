package io.callscope.web.metrics;

import io.callscope.web.counters.Boards;
import io.callscope.web.figures.Figures;
import io.callscope.web.figures.FiguresFeed;
import io.callscope.web.health.Health;
import io.callscope.web.health.Stage;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Responder;
import io.callscope.web.http.Uptime;
import io.callscope.web.view.Shown;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** {@code /metrics}: all counters, the health of each stage and what the dashboard shows. */
public final class Metrics {
  private final Boards boards;
  private final FiguresFeed feed;
  private final Uptime uptime;
  private final String version;

  public Metrics(Boards boards, FiguresFeed feed, Uptime uptime, String version) {
    this.boards = boards;
    this.feed = feed;
    this.uptime = uptime;
    this.version = version;
  }

  /** Answers a scrape, in the same form whatever is accepted. */
  public void scrape(RoutingContext context, Asked asked) {
    boards
        .fresh()
        .onComplete(
            ready ->
                Responder.headers(context.response())
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(text()));
  }

  private String text() {
    Exposition out = new Exposition();
    gauge(out, "callscope_build_info", "the version that runs", 1, "version", version);
    gauge(out, "callscope_uptime_seconds", "since the start", uptime.millis() / 1e3);
    health(out);
    figures(out, feed.events());
    sources(out);
    CounterMetrics.add(out, boards.figures());
    JvmMetrics.add(out);
    return out.text();
  }

  private void health(Exposition out) {
    Health health = boards.health();
    gauge(
        out,
        "callscope_healthy",
        "1 if all that came in is accounted for and nothing was lost",
        health.state() == Health.State.LOSS ? 0 : 1);
    for (Stage stage : health.stages()) {
      counter(out, "callscope_stage_in_total", "what came into a stage", stage.in(), stage);
      counter(out, "callscope_stage_handled_total", "what a stage handled", stage.handled(), stage);
      counter(
          out,
          "callscope_stage_refused_total",
          "what a stage refused, as it should",
          stage.refusedTotal(),
          stage);
      counter(out, "callscope_stage_lost_total", "what a stage lost", stage.lostTotal(), stage);
    }
  }

  private static void counter(Exposition out, String name, String help, long value, Stage stage) {
    out.add(name, Exposition.Type.COUNTER, help, (double) value, "stage", stage.name());
  }

  private static void figures(Exposition out, Figures figures) {
    if (figures.answerSeizureRatio() >= 0) {
      gauge(
          out,
          "callscope_answer_seizure_ratio",
          "share of calls answered in the last minute",
          figures.answerSeizureRatio() / 100);
    }
    delay(out, figures.pdd50(), "0.5");
    delay(out, figures.pdd95(), "0.95");
    delay(out, figures.pdd99(), "0.99");
  }

  private static void delay(Exposition out, long millis, String quantile) {
    if (millis >= 0) {
      gauge(
          out,
          "callscope_post_dial_delay_seconds",
          "post-dial delay of calls answered in the last minute",
          millis / 1e3,
          "quantile",
          quantile);
    }
  }

  private void sources(Exposition out) {
    for (JsonObject source : boards.sources()) {
      String name = Shown.plain(source.getString("source", ""));
      String state = source.getString("state", "");
      gauge(
          out,
          "callscope_source_running",
          "1 while a source reads",
          state.equals("running") ? 1 : 0,
          "source",
          name);
      gauge(
          out,
          "callscope_source_failed",
          "1 if a source could not read all",
          state.equals("failed") ? 1 : 0,
          "source",
          name);
    }
  }

  private static void gauge(
      Exposition out, String name, String help, double value, String... labels) {
    out.add(name, Exposition.Type.GAUGE, help, value, labels);
  }
}
