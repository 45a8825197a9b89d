package io.callscope.launcher;

/** Lets so many through per second, in bursts of up to ten seconds' worth. Not for threads. */
final class RateLimit {
  private static final int BURST_SECONDS = 10;

  private final int perSecond;
  private long tokens;
  private long lastMillis;
  private long refused;

  /**
   * @param nowMillis of any zero, by a clock that no one sets
   */
  RateLimit(int perSecond, long nowMillis) {
    this.perSecond = perSecond;
    tokens = (long) perSecond * BURST_SECONDS;
    lastMillis = nowMillis;
  }

  /** Whether one more may pass; if not it is counted. */
  boolean tryPass(long nowMillis) {
    long earned = (nowMillis - lastMillis) / 1000 * perSecond;
    if (earned > 0) {
      tokens = Math.min((long) perSecond * BURST_SECONDS, tokens + earned);
      lastMillis += earned / perSecond * 1000;
    }
    if (tokens > 0) {
      tokens--;
      return true;
    }
    refused++;
    return false;
  }

  /** How many were refused since the last call. */
  long takeRefused() {
    long count = refused;
    refused = 0;
    return count;
  }
}
