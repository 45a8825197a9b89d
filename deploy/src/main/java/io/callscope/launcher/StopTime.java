package io.callscope.launcher;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What an orderly stop may take, shared out among its steps: each has its own limit, and is over
 * when its part of the whole has gone by since the stop began, so that one which hangs costs
 * neither those behind it nor the promise. Any thread.
 */
final class StopTime {
  private static final long NOT_BEGUN = Long.MIN_VALUE;

  private final long totalNanos;
  private final LongSupplier nanos;
  private volatile long begunNanos = NOT_BEGUN;

  /**
   * @param nanos a clock of any zero that never goes back
   */
  StopTime(long totalMillis, LongSupplier nanos) {
    totalNanos = TimeUnit.MILLISECONDS.toNanos(totalMillis);
    this.nanos = nanos;
  }

  /** The program is told to stop; a second time counts for nothing. */
  synchronized void begin() {
    if (begunNanos == NOT_BEGUN) {
      begunNanos = nanos.getAsLong();
    }
  }

  /**
   * What a step may take from now on.
   *
   * @param limitMillis its own limit, also where the program was not told to stop
   * @param percent of the whole that may have gone by at its end
   */
  long millis(long limitMillis, int percent) {
    if (begunNanos == NOT_BEGUN) {
      return limitMillis;
    }
    long left = TimeUnit.NANOSECONDS.toMillis(by(percent) - nanos.getAsLong());
    return Math.max(0, Math.min(limitMillis, left));
  }

  /** When that part of the whole has gone by, once it has begun. */
  long by(int percent) {
    return begunNanos + totalNanos / 100 * percent;
  }
}
