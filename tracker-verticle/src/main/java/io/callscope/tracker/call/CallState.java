package io.callscope.tracker.call;

import io.callscope.config.CallStateTimeout;

/**
 * States of a call entry. Names and time limits are those of {@code -calls_timeouts}. The ordinal
 * fits in 4 bits and stands in state traces.
 */
public enum CallState {
  INVALID(null),
  INIT(CallStateTimeout.INIT),
  INV_1ST(CallStateTimeout.INV_1ST),
  INV_EARLY_DLG(CallStateTimeout.INV_EARLY_DLG),
  INV_NEG(CallStateTimeout.INV_NEG),
  INV_ESTABLISHED(CallStateTimeout.INV_ESTABLISHED),
  INV_BYE_SEEN(CallStateTimeout.INV_BYE_SEEN),
  INV_BYE_REPL(CallStateTimeout.INV_BYE_REPL),
  INV_CANCELED(CallStateTimeout.INV_CANCELED),
  NON_INV_1ST(CallStateTimeout.NON_INV_1ST),
  NON_INV_NEG(CallStateTimeout.NON_INV_NEG),
  NON_INV_FIN(CallStateTimeout.NON_INV_FIN);

  private static final CallState[] BY_CODE = values();

  private final CallStateTimeout timeout;

  CallState(CallStateTimeout timeout) {
    this.timeout = timeout;
  }

  /** Its option, null for {@link #INVALID}. */
  CallStateTimeout timeout() {
    return timeout;
  }

  /** As in options and counters, for example {@code inv_established}; empty for INVALID. */
  public String configName() {
    return timeout == null ? "" : timeout.shortName();
  }

  /** As in events and lists, for example {@code established}. */
  public String displayName() {
    return timeout == null ? "invalid" : timeout.longName();
  }

  static CallState of(int code) {
    return BY_CODE[code];
  }

  /** The state an option sets the time of. */
  public static CallState of(CallStateTimeout timeout) {
    return valueOf(timeout.name());
  }
}
