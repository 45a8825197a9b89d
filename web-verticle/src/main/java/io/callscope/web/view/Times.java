package io.callscope.web.view;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Times and durations as pages and texts show them. */
public final class Times {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Times() {}

  /** A duration with all its units below the largest: {@code 1h0m5s}, {@code 250ms}, {@code 0s}. */
  public static String duration(long nanos) {
    if (nanos < 0) {
      return "-" + duration(-nanos);
    }
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < 1_000_000) {
      return decimal(nanos, 1_000) + "us";
    }
    if (nanos < NANOS_PER_SECOND) {
      return decimal(nanos, 1_000_000) + "ms";
    }
    long minutes = nanos / (60 * NANOS_PER_SECOND);
    String seconds = decimal(nanos % (60 * NANOS_PER_SECOND), NANOS_PER_SECOND) + "s";
    if (minutes == 0) {
      return seconds;
    }
    return (minutes < 60 ? "" : minutes / 60 + "h") + minutes % 60 + "m" + seconds;
  }

  private static String decimal(long nanos, long unit) {
    long fraction = nanos % unit * 1000 / unit;
    String text = String.format(Locale.ROOT, "%d.%03d", nanos / unit, fraction);
    while (text.endsWith("0")) {
      text = text.substring(0, text.length() - 1);
    }
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  public static String seconds(long nanos) {
    return duration(nanos / NANOS_PER_SECOND * NANOS_PER_SECOND);
  }

  /** A date and time of day in UTC with milliseconds, or {@code -} for never. */
  public static String moment(long nanos) {
    if (nanos == CallEvent.NEVER) {
      return "-";
    }
    long millis = Math.floorDiv(nanos, 1_000_000L);
    String whole = EventTime.text(Math.floorDiv(nanos, NANOS_PER_SECOND) * NANOS_PER_SECOND);
    return whole.substring(0, 10)
        + " "
        + whole.substring(11, 19)
        + String.format(Locale.ROOT, ".%03d", Math.floorMod(millis, 1000L));
  }

  /** The ns since 1970 of a text from another service; never if it is not a time. */
  public static long read(String text) {
    try {
      return EventTime.nanos(text);
    } catch (DateTimeParseException e) {
      return CallEvent.NEVER;
    }
  }

  /** From one moment to another, or {@code -} if one of them never was. */
  public static String between(long from, long to) {
    return from == CallEvent.NEVER || to == CallEvent.NEVER ? "-" : duration(to - from);
  }
}
