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

  private final SetBack setBack = new SetBack();
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
   * A source of live traffic looks at the clocks of the machine, often: where that of the day is
   * set back, this one goes on all the same.
   *
   * @param wall ns since 1970
   * @param monotonic ns of a clock that no one sets
   * @return by how much it was set back since the last look, 0 if it was not
   */
  public long look(long wall, long monotonic) {
    return setBack.look(wall, monotonic);
  }

  /**
   * Moves the clock on to a packet with a sane capture time.
   *
   * @return the packet's time on this clock: its capture time, or the clock if that is later
   */
  public long advance(long captureNanos) {
    long time = setBack.goingOn(captureNanos);
    wentBack = time < nanos;
    fromPacket = true;
    nanos = Math.max(nanos, time);
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

  /**
   * Moves the clock on with a packet that says nothing about it, since its own clock is wrong.
   *
   * @param goneNanos what has gone by since the clock was moved last
   * @return the packet's time on this clock
   */
  public long pass(long goneNanos) {
    wentBack = true;
    nanos += goneNanos;
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
