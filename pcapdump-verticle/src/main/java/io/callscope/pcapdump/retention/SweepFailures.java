package io.callscope.pcapdump.retention;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of failures of one kind: the first at once, then how many more in a line each ten minutes
 * at most. For the thread that sweeps.
 */
final class SweepFailures {
  static final long PERIOD_MILLIS = 600_000;

  private static final Logger LOG = LoggerFactory.getLogger(SweepFailures.class);

  private final String what;
  private final SweepCounters counters;
  private final LongSupplier clockMillis;
  private boolean told;
  private long toldMillis;
  private long silent;

  /**
   * @param what cannot be done
   * @param clockMillis of any zero, that never goes back
   */
  SweepFailures(String what, SweepCounters counters, LongSupplier clockMillis) {
    this.what = what;
    this.counters = counters;
    this.clockMillis = clockMillis;
  }

  void failed(IOException cause) {
    counters.failed();
    long nowMillis = clockMillis.getAsLong();
    if (told && nowMillis - toldMillis < PERIOD_MILLIS) {
      silent++;
      return;
    }
    if (silent == 0) {
      LOG.error("{}: {}", what, cause.toString());
    } else {
      LOG.error(
          "{}, {} more times since the last line like this: {}", what, silent, cause.toString());
    }
    told = true;
    toldMillis = nowMillis;
    silent = 0;
  }
}
