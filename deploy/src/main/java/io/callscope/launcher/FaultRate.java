package io.callscope.launcher;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Whether a service fails again and again, and how long to wait before it is started anew: one
 * fault costs what it was about and no more, but a service that does nothing else is of no use.
 */
final class FaultRate {
  private static final int MANY = 10;
  private static final long WITHIN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long FIRST_MILLIS = 500;
  private static final long LONGEST_MILLIS = 60_000;

  /** Who has worked so long begins with the first wait again. */
  private static final long GOOD_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final ArrayDeque<Long> recent = new ArrayDeque<>();
  private long waitMillis = FIRST_MILLIS;
  private long startedNanos;

  /** It has started and has not been given up since. */
  private boolean running;

  /** Notes a fault; true if these are too many. */
  boolean isTooMany(long nowNanos) {
    recent.add(nowNanos);
    while (nowNanos - recent.peek() > WITHIN_NANOS) {
      recent.poll();
    }
    return recent.size() >= MANY;
  }

  /** How long to wait before the next start; longer each time. */
  long backOffMillis(long nowNanos) {
    if (running && nowNanos - startedNanos > GOOD_NANOS) {
      waitMillis = FIRST_MILLIS;
    }
    running = false;
    long millis = waitMillis;
    waitMillis = Math.min(2 * waitMillis, LONGEST_MILLIS);
    return millis;
  }

  void started(long nowNanos) {
    running = true;
    startedNanos = nowNanos;
    recent.clear();
  }
}
