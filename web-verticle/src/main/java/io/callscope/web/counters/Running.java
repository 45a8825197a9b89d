package io.callscope.web.counters;

import io.callscope.web.http.Uptime;
import io.callscope.web.view.Times;
import io.vertx.core.json.JsonObject;

/**
 * How long the input has run: from the start of the program to now, or to its end.
 *
 * @param nanos how long it has run
 * @param ended whether all of it has ended
 */
record Running(long nanos, boolean ended, String uptime) {
  static Running of(Boards boards, Uptime uptime) {
    boolean ended = boards.inputEnded();
    long nanos = boards.sources().stream().mapToLong(Running::millis).max().orElse(0) * 1_000_000;
    return new Running(
        ended && nanos > 0 ? nanos : uptime.millis() * 1_000_000, ended, uptime.text());
  }

  private static long millis(JsonObject source) {
    return source.getLong("runMillis", 0L);
  }

  /** How often something happened on average in a time. */
  double average(long total, long perNanos) {
    return nanos <= 0 ? 0 : total * ((double) perNanos / nanos);
  }

  String text() {
    return "uptime: " + uptime + (ended ? " input ended, run time: " + Times.duration(nanos) : "");
  }
}
