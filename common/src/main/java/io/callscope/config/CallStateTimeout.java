package io.callscope.config;

import java.util.Locale;

/** The call states whose time limit {@code -calls_timeouts} sets, with the range of each. */
public enum CallStateTimeout {
  INIT("init", 1, 1, 5),
  INV_1ST("first invite", 120, 1, 7200),
  INV_EARLY_DLG("early dialog", 180, 1, 600),
  INV_NEG("invite negative reply", 30, 1, 180),
  INV_ESTABLISHED("established", 3600, 10, 86400),
  INV_BYE_SEEN("bye detected", 30, 1, 600),
  INV_BYE_REPL("bye replied", 5, 1, 60),
  INV_CANCELED("canceled", 5, 1, 60),
  NON_INV_1ST("initial non-invite", 30, 1, 180),
  NON_INV_NEG("non-invite negative reply", 5, 1, 60),
  NON_INV_FIN("non-invite finished", 5, 1, 60);

  private final String longName;
  private final int defaultSeconds;
  private final int minSeconds;
  private final int maxSeconds;

  CallStateTimeout(String longName, int defaultSeconds, int minSeconds, int maxSeconds) {
    this.longName = longName;
    this.defaultSeconds = defaultSeconds;
    this.minSeconds = minSeconds;
    this.maxSeconds = maxSeconds;
  }

  /** As in options and counters, for example {@code inv_1st}. */
  public String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As lists show it, for example {@code first invite}. */
  public String longName() {
    return longName;
  }

  public int defaultSeconds() {
    return defaultSeconds;
  }

  public int minSeconds() {
    return minSeconds;
  }

  public int maxSeconds() {
    return maxSeconds;
  }

  /** The state of a short or long name, whatever its case, or null. */
  public static CallStateTimeout named(String name) {
    for (CallStateTimeout state : values()) {
      if (state.name().equalsIgnoreCase(name) || state.longName.equalsIgnoreCase(name)) {
        return state;
      }
    }
    return null;
  }
}
