package io.callscope.capture.file;

import java.util.concurrent.TimeUnit;

/**
 * Whether what comes through a pipe is captured just now, and what time it is there while nothing
 * comes. An old capture does not become live by coming slowly, and neither does traffic that is
 * written in large pieces, long after it was captured: their time stands still between packets. For
 * the source's thread.
 */
final class PipeTraffic {
  /** What is older when it is read is not live; the clocks of two machines may differ as much. */
  private static final long LIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Packets may be under way for so much longer than those before, and keep their times. */
  private static final long BEHIND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private long readNanos;
  private long oldestNanos;
  private long newestNanos;
  private boolean live;
  private long ageNanos;
  private long waitNanos;

  /**
   * @param wallNanos now, ns since 1970
   */
  PipeTraffic(long wallNanos) {
    read(wallNanos);
  }

  /** Something was read; packets follow. */
  void read(long wallNanos) {
    readNanos = wallNanos;
    oldestNanos = Long.MAX_VALUE;
    newestNanos = Long.MIN_VALUE;
  }

  /** One of those that were read. */
  void packet(long capturedNanos) {
    oldestNanos = Math.min(oldestNanos, capturedNanos);
    newestNanos = Math.max(newestNanos, capturedNanos);
  }

  /**
   * All that was read has been handled: the next read may block.
   *
   * @param nanos now, of a clock that no one sets
   * @return whether time goes on meanwhile
   */
  boolean waits(long nanos) {
    waitNanos = nanos;
    if (oldestNanos <= newestNanos) {
      long oldest = readNanos - oldestNanos;
      boolean wasLive = live;
      live = oldest <= LIVE_NANOS && newestNanos - readNanos <= LIVE_NANOS;
      ageNanos = wasLive ? Math.max(ageNanos, oldest) : oldest;
    }
    return live;
  }

  /**
   * During a wait: no packet captured before is likely to come, by what those before took. What was
   * captured while the packets before were handled may be in the pipe, so that time does not count.
   *
   * @param nanos now, of a clock that no one sets
   * @return ns since 1970, on the clock of the packets
   */
  long timeNanos(long nanos) {
    return readNanos + (nanos - waitNanos) - ageNanos - BEHIND_NANOS;
  }
}
