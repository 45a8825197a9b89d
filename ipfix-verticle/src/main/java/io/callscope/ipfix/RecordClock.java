package io.callscope.ipfix;

import io.callscope.feed.SourceTime;
import java.util.concurrent.TimeUnit;

/**
 * The time of the records of all SBCs on one clock. An SBC whose clock is ahead must not take all
 * others into the future: its records count when they arrive. One whose clock is behind, or was set
 * back, must not hold them: the clock goes on with the time that goes by, or no timer would run
 * until that SBC has caught up.
 */
final class RecordClock {
  /** Clocks that are kept by NTP differ by less. */
  private static final long MAX_AHEAD_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** What is later than that was not on its way for so long. */
  private static final long MAX_BEHIND_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final SourceTime time;
  private final IpfixCounters counters;
  private final SipCounters sip;
  private long monotonicNanos;

  /** When the clock was moved last. */
  private long movedNanos;

  RecordClock(SourceTime time, IpfixCounters counters, SipCounters sip) {
    this.time = time;
    this.counters = counters;
    this.sip = sip;
  }

  /** It is so late: where the clock of the day was set back, that of the records goes on. */
  void at(long wall, long monotonic) {
    monotonicNanos = monotonic;
    if (time.look(wall, monotonic) > 0) {
      counters.increment(counters.clockSetBack);
    }
  }

  /**
   * The time of a record on the collector's clock, which it moves on.
   *
   * @param recordNanos as the SBC tells it, ns since 1970
   */
  long stamp(long recordNanos, long arrivalNanos, Health health) {
    long ahead = recordNanos - arrivalNanos;
    health.clockAhead(ahead);
    long before = time.nanos();
    long nanos = move(recordNanos, arrivalNanos, ahead, health);
    if (nanos != before) {
      movedNanos = monotonicNanos;
    }
    return nanos;
  }

  private long move(long recordNanos, long arrivalNanos, long ahead, Health health) {
    if (!SourceTime.isSane(recordNanos, arrivalNanos)) {
      sip.badTime();
      return time.advance(arrivalNanos);
    }
    if (ahead > MAX_AHEAD_NANOS) {
      counters.increment(counters.clockOff);
      health.increment(Health.CLOCK_OFF);
      return time.advance(arrivalNanos);
    }
    if (time.nanos() - recordNanos > MAX_BEHIND_NANOS) {
      sip.backTime();
      return time.pass(monotonicNanos - movedNanos);
    }
    long nanos = time.advance(recordNanos);
    if (time.wentBack()) {
      sip.backTime();
    }
    return nanos;
  }
}
