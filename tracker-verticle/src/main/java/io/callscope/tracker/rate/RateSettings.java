package io.callscope.tracker.rate;

import java.util.List;

/**
 * What an operator can set for event rates.
 *
 * @param limits events an interval, 0 = that slot never blacklists
 * @param intervalNanos intervals, 0 = that slot is not computed
 * @param reportMin the first repeated report of a blacklisted run, doubled from there; 0 = none
 * @param reportMax from here on every so many; 0 = doubling for ever
 * @param maxEntries most rate entries, 0 = no limit
 * @param gc when and how idle entries are let go
 */
public record RateSettings(
    List<Double> limits,
    List<Long> intervalNanos,
    long reportMin,
    long reportMax,
    long maxEntries,
    GcSettings gc) {

  /** Pairs of limit and interval. */
  public static final int SLOTS = 3;

  private static final long SECOND = 1_000_000_000L;

  public RateSettings {
    if (limits.size() != SLOTS || intervalNanos.size() != SLOTS) {
      throw new IllegalArgumentException("three limits and three intervals are needed");
    }
    if (intervalNanos.stream().anyMatch(interval -> interval < 0) || maxEntries < 0) {
      throw new IllegalArgumentException("an interval or a number of entries below 0");
    }
    limits = List.copyOf(limits);
    intervalNanos = List.copyOf(intervalNanos);
  }

  public static RateSettings defaults() {
    return new RateSettings(
        List.of(20.0, 240.0, 3600.0),
        List.of(SECOND, 60 * SECOND, 3600 * SECOND),
        100,
        10_000,
        1_048_576,
        GcSettings.defaults(1_048_576));
  }

  /** The same with other collections. */
  public RateSettings with(GcSettings other) {
    return new RateSettings(limits, intervalNanos, reportMin, reportMax, maxEntries, other);
  }

  /** The rates of an entry as they are now are over one of the limits. */
  boolean isExceeded(RateEntry entry, long nowNanos) {
    for (int i = 0; i < SLOTS; i++) {
      long interval = intervalNanos.get(i);
      double limit = limits.get(i);
      if (interval != 0 && limit > 0 && entry.rate(i, interval, nowNanos) > limit) {
        return true;
      }
    }
    return false;
  }

  /** This one of a run of blacklisted events is let through. */
  boolean reports(long run) {
    if (run == 1) {
      return true;
    }
    if (reportMax != 0 && run >= reportMax) {
      return run % reportMax == 0;
    }
    return reportMin != 0 && run % reportMin == 0 && Long.bitCount(run / reportMin) == 1;
  }
}
