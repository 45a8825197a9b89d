package io.callscope.ipfix;

import io.callscope.feed.SourceTime;
import java.util.concurrent.TimeUnit;

/**
 * The time of the records of all SBCs on one clock. An SBC whose clock is ahead must not take all
 * others into the future: its records count when they arrive.
 */
final class RecordClock {
  /** Clocks that are kept by NTP differ by less. */
  private static final long MAX_AHEAD_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final SourceTime time;
  private final IpfixCounters counters;
  private final SipCounters sip;

  RecordClock(SourceTime time, IpfixCounters counters, SipCounters sip) {
    this.time = time;
    this.counters = counters;
    this.sip = sip;
  }

  /** It is so late: where the clock of the day was set back, that of the records goes on. */
  void at(long wall, long monotonic) {
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
    if (!SourceTime.isSane(recordNanos, arrivalNanos)) {
      sip.badTime();
      return time.advance(arrivalNanos);
    }
    if (ahead > MAX_AHEAD_NANOS) {
      counters.increment(counters.clockOff);
      health.increment(Health.CLOCK_OFF);
      return time.advance(arrivalNanos);
    }
    long nanos = time.advance(recordNanos);
    if (time.wentBack()) {
      sip.backTime();
    }
    return nanos;
  }
}
