package io.callscope.tracker.call;

/**
 * States of a call entry, with the names and ranges of {@code -calls_timeouts}. The ordinal fits in
 * 4 bits and stands in state traces.
 */
public enum CallState {
  INVALID("", "invalid", 0, 0, 0),
  INIT("init", "init", 1, 1, 5),
  INV_1ST("inv_1st", "first invite", 120, 1, 7200),
  INV_EARLY_DLG("inv_early_dlg", "early dialog", 180, 1, 600),
  INV_NEG("inv_neg", "invite negative reply", 30, 1, 180),
  INV_ESTABLISHED("inv_established", "established", 3600, 10, 86400),
  INV_BYE_SEEN("inv_bye_seen", "bye detected", 30, 1, 600),
  INV_BYE_REPL("inv_bye_repl", "bye replied", 5, 1, 60),
  INV_CANCELED("inv_canceled", "canceled", 5, 1, 60),
  NON_INV_1ST("non_inv_1st", "initial non-invite", 30, 1, 180),
  NON_INV_NEG("non_inv_neg", "non-invite negative reply", 5, 1, 60),
  NON_INV_FIN("non_inv_fin", "non-invite finished", 5, 1, 60);

  private static final CallState[] BY_CODE = values();

  private final String configName;
  private final String displayName;
  private final int defaultSeconds;
  private final int minSeconds;
  private final int maxSeconds;

  CallState(
      String configName, String displayName, int defaultSeconds, int minSeconds, int maxSeconds) {
    this.configName = configName;
    this.displayName = displayName;
    this.defaultSeconds = defaultSeconds;
    this.minSeconds = minSeconds;
    this.maxSeconds = maxSeconds;
  }

  /**
   * As in options and counters, for example {@code inv_established}; empty for {@link #INVALID}.
   */
  public String configName() {
    return configName;
  }

  /** As in events and lists, for example {@code established}. */
  public String displayName() {
    return displayName;
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

  static CallState of(int code) {
    return BY_CODE[code];
  }

  /** The state of either name, whatever its case, or null. */
  public static CallState named(String name) {
    for (CallState state : BY_CODE) {
      if (state != INVALID
          && (state.configName.equalsIgnoreCase(name)
              || state.displayName.equalsIgnoreCase(name))) {
        return state;
      }
    }
    return null;
  }
}
