package io.callscope.bus;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Map;

/** Times as they stand in events: RFC 3339, UTC, up to 9 fraction digits without trailing zeros. */
public final class EventTime {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendLiteral('Z')
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  private static final String NEVER = "0001-01-01T00:00:00Z";

  private EventTime() {}

  /** Text of a time in ns since 1970; {@link CallEvent#NEVER} is the year 1. */
  public static String text(long nanos) {
    return nanos == CallEvent.NEVER
        ? NEVER
        : FORMAT.format(
            Instant.ofEpochSecond(
                Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L)));
  }

  /** Puts a time into a view under its name, or nothing if it never was. */
  public static void put(Map<String, Object> view, String name, long nanos) {
    if (nanos != CallEvent.NEVER) {
      view.put(name, text(nanos));
    }
  }

  /** The reverse of {@link #text}. */
  public static long nanos(String text) {
    if (text.equals(NEVER)) {
      return CallEvent.NEVER;
    }
    Instant time = Instant.parse(text);
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }
}
