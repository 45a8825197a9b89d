package io.callscope.ipfix;

/**
 * How long a connection may be silent, as the options want it and as the SBC's keep-alive interval
 * asks. Both limits positive, or both 0 (any timeout), or both negative (none at all).
 */
record Timeouts(int minSeconds, int maxSeconds) {
  private static final int MAX_SECONDS = 65_535;
  private static final int FIRST_MESSAGE_SECONDS = 60;

  /** The limits of two options: one that is not set follows the other, and they may be swapped. */
  static Timeouts of(int min, int max) {
    int low = min;
    int high = max;
    if (low <= 0) {
      low = high;
    } else if (high <= 0) {
      high = low;
    }
    return new Timeouts(
        Math.min(Math.min(low, high), MAX_SECONDS), Math.min(Math.max(low, high), MAX_SECONDS));
  }

  /**
   * What was agreed on with an SBC.
   *
   * @param timeoutSeconds longest silence, 0 for any
   * @param keepAliveSeconds interval of keep-alives it is told, 0 for none
   */
  record Agreement(int timeoutSeconds, int keepAliveSeconds) {}

  /** Before a handshake. */
  Agreement initial() {
    return new Agreement(Math.max(0, maxSeconds), 0);
  }

  /** By when the first message must have come whole, 0 for ever: some bytes of it do not count. */
  int firstMessageSeconds() {
    return maxSeconds < 0 ? 0 : Math.max(maxSeconds, FIRST_MESSAGE_SECONDS);
  }

  /** After one that proposes an interval of keep-alives, 0 for none. */
  Agreement agree(int proposedSeconds) {
    if (maxSeconds < 0) {
      return new Agreement(0, proposedSeconds);
    }
    int timeout = 2 * proposedSeconds;
    if (minSeconds > 0) {
      timeout = Math.min(Math.max(timeout, minSeconds), maxSeconds);
    }
    if (timeout == 1) {
      timeout = 2; // an interval of keep-alives is a second at least
    }
    return new Agreement(timeout, timeout / 2);
  }
}
