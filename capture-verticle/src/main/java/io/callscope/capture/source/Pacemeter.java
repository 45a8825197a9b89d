package io.callscope.capture.source;

import java.util.concurrent.TimeUnit;

/** Packets a second, over about the last one, at first over less. For the source's thread. */
public final class Pacemeter {
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private long sinceNanos;
  private long sincePackets;
  private long perSecond;
  private boolean measured;

  public void start(long monotonicNanos) {
    sinceNanos = monotonicNanos;
  }

  /**
   * @param packets read so far
   */
  public long perSecond(long packets, long monotonicNanos) {
    long nanos = monotonicNanos - sinceNanos;
    if (nanos > 0 && (nanos >= WINDOW_NANOS || !measured)) {
      perSecond = Math.round((packets - sincePackets) * (double) WINDOW_NANOS / nanos);
    }
    if (nanos >= WINDOW_NANOS) {
      measured = true;
      sinceNanos = monotonicNanos;
      sincePackets = packets;
    }
    return perSecond;
  }
}
