package io.callscope.web.security;

import java.util.Map;

/**
 * Slows down who guesses passwords, by what an attempt is counted under: the client's address or
 * the user. Some failures are free; after that each doubles the time until the next attempt. Of one
 * thread.
 */
final class LoginThrottle {
  /** Without a failure for so long, an entry starts anew. */
  private static final long FORGET_MILLIS = 3_600_000;

  private final int free;
  private final long maxWaitMillis;
  private final Map<String, Failures> byKey;

  /**
   * @param free failures that cost nothing
   * @param maxWaitMillis the longest wait between two attempts
   * @param maxKeys entries kept
   */
  LoginThrottle(int free, long maxWaitMillis, int maxKeys) {
    this.free = free;
    this.maxWaitMillis = maxWaitMillis;
    byKey = new BoundedMap<>(maxKeys);
  }

  /**
   * @param count failures, and attempts not decided yet
   * @param lastMillis the latest of them
   * @param untilMillis no attempt before
   */
  private record Failures(int count, long lastMillis, long untilMillis) {}

  /** How long an attempt must wait; 0 if it may be made now. */
  long waitMillis(String key, long nowMillis) {
    Failures failures = byKey.get(key);
    return failures == null ? 0 : Math.max(0, failures.untilMillis - nowMillis);
  }

  /**
   * An attempt that is made now. It counts as failed until {@link #succeeded}, so that many at once
   * are no way around.
   */
  void attempted(String key, long nowMillis) {
    Failures before = byKey.get(key);
    boolean fresh = before == null || nowMillis - before.lastMillis > FORGET_MILLIS;
    int count = fresh ? 1 : before.count + 1;
    long wait = count < free ? 0 : Math.min(maxWaitMillis, 1000L << Math.min(count - free, 20));
    byKey.put(key, new Failures(count, nowMillis, nowMillis + wait));
  }

  void succeeded(String key) {
    byKey.remove(key);
  }

  int size() {
    return byKey.size();
  }
}
