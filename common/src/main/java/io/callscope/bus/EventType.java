package io.callscope.bus;

import java.util.Locale;

/**
 * Event types by their number (the ordinal); the number is also the bit of a type in a mark set.
 */
public enum EventType {
  EMPTY,
  CALL_START,
  CALL_END,
  CALL_ATTEMPT,
  AUTH_FAILED,
  ACTION_LOG,
  REG_NEW,
  REG_DEL,
  REG_EXPIRED,
  SUB_NEW,
  SUB_DEL,
  OTHER_FAILED,
  OTHER_TIMEOUT,
  OTHER_OK,
  PARSE_ERROR,
  MSG_PROBE,
  INVALID,

  /** Append only: the number goes over the bus and into marks. */
  CALL_QUALITY;

  private static final EventType[] BY_NUMBER = values();
  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** As it stands in events, options and pages, for example {@code call-start}. */
  public String text() {
    return text;
  }

  /** Its bit in a mark set. */
  public int bit() {
    return 1 << ordinal();
  }

  public static EventType of(int number) {
    return BY_NUMBER[number];
  }

  /** The type of a name, whatever its case, or null. */
  public static EventType named(String name) {
    for (EventType type : BY_NUMBER) {
      if (type.text.equalsIgnoreCase(name)) {
        return type;
      }
    }
    return null;
  }

  /** The names of a mark set in order of number, joined by {@code |}; empty for none. */
  public static String markText(int marks) {
    StringBuilder text = new StringBuilder();
    for (EventType type : BY_NUMBER) {
      if ((marks & type.bit()) != 0) {
        text.append(text.isEmpty() ? "" : "|").append(type.text);
      }
    }
    return text.toString();
  }
}
