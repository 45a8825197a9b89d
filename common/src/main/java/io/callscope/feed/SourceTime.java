package io.callscope.feed;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock of a source: the latest capture time so far. It never goes back, whatever times its
 * packets carry. For the source's thread.
 */
public final class SourceTime {
  private static final long OLDEST = nanos(Instant.parse("2000-01-01T00:00:00Z"));
  private static final long AHEAD = Duration.ofDays(1).toNanos();

  private long nanos;
  private boolean wentBack;
  private boolean fromPacket;

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000;
  }

  /** A packet cannot have been captured before 2000, nor over a day after it was read. */
  public static boolean isSane(long captureNanos, long arrivalNanos) {
    return captureNanos >= OLDEST && captureNanos - arrivalNanos <= AHEAD;
  }

  /**
   * Moves the clock on to a packet with a sane capture time.
   *
   * @return the packet's time on this clock: its capture time, or the clock if that is later
   */
  public long advance(long captureNanos) {
    wentBack = captureNanos < nanos;
    fromPacket = true;
    nanos = Math.max(nanos, captureNanos);
    return nanos;
  }

  /**
   * The time of a packet whose capture time is absurd: its arrival, but among packets with sane
   * times the time of the one before, or the clock would jump to the present for good.
   */
  public long withoutTime(long arrivalNanos) {
    wentBack = false;
    if (!fromPacket) {
      nanos = Math.max(nanos, arrivalNanos);
    }
    return nanos;
  }

  /** The last packet was captured before an earlier one. */
  public boolean wentBack() {
    return wentBack;
  }

  /** The clock, ns since 1970; 0 before the first packet. */
  public long nanos() {
    return nanos;
  }
}
