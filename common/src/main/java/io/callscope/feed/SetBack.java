package io.callscope.feed;

import java.util.concurrent.TimeUnit;

/**
 * Notices that the machine's clock was set back, by a clock that no one sets. Live traffic then
 * carries times that have been before; its source adds what is missing, so that time goes on, and
 * goes a tenth slower until the machine's clock has caught up. Otherwise no timer would run for as
 * long as the clock was set back. One thread.
 */
final class SetBack {
  /** What NTP corrects without a step is less. */
  static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long SLOWER = 10;

  private boolean begun;
  private long wallNanos;
  private long monotonicNanos;

  /** What is added to times of the machine's clock. */
  private long addedNanos;

  /**
   * Looks at both clocks.
   *
   * @return by how much the machine's clock was set back since the last look, 0 if it was not
   */
  long look(long wall, long monotonic) {
    long gone = monotonic - monotonicNanos;
    long step = begun ? wall - wallNanos - gone : 0;
    begun = true;
    wallNanos = wall;
    monotonicNanos = monotonic;
    if (step < -STEP_NANOS) {
      addedNanos -= step;
      return -step;
    }
    if (addedNanos > 0) {
      long forward = step > STEP_NANOS ? step : 0;
      addedNanos = Math.max(0, addedNanos - forward - gone / SLOWER);
    }
    return 0;
  }

  /** A time of the machine's clock, as it goes on; one from before it was set back stays. */
  long goingOn(long nanos) {
    return nanos - wallNanos > STEP_NANOS ? nanos : nanos + addedNanos;
  }
}
