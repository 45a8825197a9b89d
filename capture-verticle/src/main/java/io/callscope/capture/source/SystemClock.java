package io.callscope.capture.source;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The clock of the machine. */
public final class SystemClock implements SourceClock {
  @Override
  public long wallNanos() {
    return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }

  /** Parks, for {@link Thread#sleep(long)} rounds up to a millisecond. */
  @Override
  public void sleepUntil(long monotonicNanos) throws InterruptedException {
    for (long left = 1; left > 0; left = monotonicNanos - System.nanoTime()) {
      LockSupport.parkNanos(this, Math.max(0, monotonicNanos - System.nanoTime()));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
