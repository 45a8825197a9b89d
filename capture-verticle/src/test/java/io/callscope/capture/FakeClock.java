package io.callscope.capture;

import java.util.ArrayList;
import java.util.List;

/** A clock that stands still but for waits, which pass at once. */
final class FakeClock implements SourceClock {
  /** In the year after the captures of the tests. */
  long wallNanos = CaptureFile.START + 31_536_000_000_000_000L;

  long monotonicNanos = -77;
  final List<Long> sleeps = new ArrayList<>();

  /** What processing costs at each look at the monotonic clock. */
  long costNanos;

  @Override
  public long wallNanos() {
    return wallNanos;
  }

  @Override
  public long monotonicNanos() {
    monotonicNanos += costNanos;
    return monotonicNanos;
  }

  @Override
  public void sleepUntil(long until) {
    sleeps.add(until);
    monotonicNanos = Math.max(monotonicNanos, until);
  }
}
