package io.callscope.capture.source;

import io.callscope.capture.packet.CaptureFile;
import java.util.ArrayList;
import java.util.List;

/** A clock that stands still but for waits, which pass at once. */
public final class FakeClock implements SourceClock {
  /** In the year after the captures of the tests. */
  public long wallNanos = CaptureFile.START + 31_536_000_000_000_000L;

  public long monotonicNanos = -77;
  public final List<Long> sleeps = new ArrayList<>();

  /** What processing costs at each look at the monotonic clock. */
  public long costNanos;

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
