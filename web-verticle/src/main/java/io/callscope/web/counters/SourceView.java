package io.callscope.web.counters;

import io.callscope.web.view.Badge;
import io.callscope.web.view.Shown;
import io.callscope.web.view.Times;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * A source on a page; progress only where the amount to read is known.
 *
 * @param speed packets a second since it began
 * @param reading the file that is being read, empty if none is
 * @param left how long it will take from here on at that speed, empty if that is not known
 */
public record SourceView(
    String name,
    Badge state,
    String error,
    long packets,
    long bytes,
    String first,
    String last,
    String runTime,
    boolean sized,
    long readBytes,
    long totalBytes,
    String percent,
    String speed,
    String reading,
    String left) {

  public static SourceView of(JsonObject source) {
    long total = source.getLong("totalBytes", 0L);
    long read = source.getLong("readBytes", 0L);
    String state = source.getString("state", "");
    boolean runs = state.equals("running");
    String style =
        switch (state) {
          case "running", "started" -> "ok";
          case "failed" -> "bad";
          default -> "idle";
        };
    return new SourceView(
        Shown.brief(source.getString("source", "")),
        new Badge(Shown.brief(state), style),
        Shown.brief(source.getString("error", "")),
        source.getLong("packets", 0L),
        source.getLong("bytes", 0L),
        Times.moment(source.getLong("firstNanos", 0L)),
        Times.moment(source.getLong("lastNanos", 0L)),
        Times.duration(source.getLong("runMillis", 0L) * 1_000_000),
        total > 0,
        read,
        total,
        total > 0 ? String.format(Locale.ROOT, "%.0f %%", 100.0 * read / total) : "",
        speed(source),
        runs ? Shown.brief(source.getString("reading", "")) : "",
        runs && isPaceKnown(source, read) ? left(source, total - read, read) : "");
  }

  private static String speed(JsonObject source) {
    long millis = source.getLong("runMillis", 0L);
    double speed = millis <= 0 ? 0 : 1000.0 * source.getLong("packets", 0L) / millis;
    return String.format(Locale.ROOT, "%,.0f", speed);
  }

  /** Of one that is replayed, how much of it was read says nothing. */
  private static boolean isPaceKnown(JsonObject source, long read) {
    return read > 0 && source.getLong("leftMillis", 0L) >= 0;
  }

  private static String left(JsonObject source, long unread, long read) {
    long millis = source.getLong("runMillis", 0L);
    return Times.seconds((long) (1e6 * millis * Math.max(0, unread) / read));
  }
}
