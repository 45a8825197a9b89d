package io.callscope.web.health;

import io.callscope.bus.ProcessState;
import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/** {@code /health/live} and {@code /health/ready}, for whoever starts and stops processes. */
public final class HealthChecks {
  private final TrackerQueries trackers;
  private final Supplier<ProcessState> process;

  public HealthChecks(TrackerQueries trackers, Supplier<ProcessState> process) {
    this.trackers = trackers;
    this.process = process;
  }

  public Future<Answer> live(Asked asked) {
    return Future.succeededFuture(up(200, List.of("ok")));
  }

  /** Ready when every tracker partition answers and the process is not on its way out. */
  public Future<Answer> ready(Asked asked) {
    if (process.get() == ProcessState.STOPPING) {
      return Future.succeededFuture(up(503, List.of("stopping")));
    }
    return trackers
        .ask(new JsonObject().put("query", "tables"))
        .map(
            gathered ->
                gathered.silent().isEmpty()
                    ? up(200, List.of("ok"))
                    : up(
                        503, gathered.silent().stream().map(TrackerQueries.Silent::text).toList()));
  }

  private static Answer up(int status, List<String> lines) {
    Answer notice = Answer.notice(status, "Health", lines);
    return new Answer(
        status,
        "Health",
        "notice",
        notice.model(),
        notice.text(),
        () ->
            new JsonObject()
                .put("status", status == 200 ? "UP" : "DOWN")
                .put("detail", String.join("; ", lines)));
  }
}
