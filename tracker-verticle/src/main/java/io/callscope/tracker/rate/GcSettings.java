package io.callscope.tracker.rate;

import java.util.List;

/**
 * When and how idle rate entries are let go.
 *
 * @param intervalNanos period of the background collection, 0 = off
 * @param oldAgeNanos it removes entries that are not blacklisted and were last let through longer
 *     ago
 * @param target it stops at so many entries
 * @param lightTrigger a new entry from this many on starts a light collection
 * @param lightTarget which stops here
 * @param lightAgeNanos and removes entries that are not blacklisted and were last let through
 *     longer ago
 * @param hardTarget a full table is collected down to this, by the criteria in turn
 * @param hardCriteria from the gentlest to the harshest
 * @param maxWalked entries one collection may walk: a bound in work, not in time, so that the same
 *     events meet the same table
 */
public record GcSettings(
    long intervalNanos,
    long oldAgeNanos,
    long target,
    long lightTrigger,
    long lightTarget,
    long lightAgeNanos,
    long hardTarget,
    List<Criterion> hardCriteria,
    int maxWalked) {

  private static final long SECOND = 1_000_000_000L;

  public GcSettings {
    hardCriteria = List.copyOf(hardCriteria);
  }

  /** The defaults for a table of so many entries. */
  public static GcSettings defaults(long maxEntries) {
    return new GcSettings(
        10 * SECOND,
        300 * SECOND,
        10,
        maxEntries * 85 / 100,
        maxEntries * 80 / 100,
        900 * SECOND,
        maxEntries * 90 / 100,
        List.of(
            new Criterion(false, 600 * SECOND),
            new Criterion(false, 30 * SECOND),
            new Criterion(true, 10 * SECOND)),
        20_000);
  }

  /** The background collection as the options set it. */
  public GcSettings periodic(
      long newIntervalNanos, long newOldAgeNanos, long newTarget, int newMaxWalked) {
    return new GcSettings(
        newIntervalNanos,
        newOldAgeNanos,
        newTarget,
        lightTrigger,
        lightTarget,
        lightAgeNanos,
        hardTarget,
        hardCriteria,
        newMaxWalked);
  }

  /**
   * Which entries may go.
   *
   * @param exceeded those that are over a limit, or those that are not
   * @param idleNanos whose last event of that kind is longer ago
   */
  public record Criterion(boolean exceeded, long idleNanos) {
    boolean test(RateEntry entry, long nowNanos) {
      long last = exceeded ? entry.lastExceededNanos : entry.lastOkNanos;
      return entry.exceeded == exceeded && nowNanos - last > idleNanos;
    }
  }
}
