package io.callscope.tracker.rate;

import io.callscope.tracker.rate.Criterion.State;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets rate entries go: in the background, when the table is nearly full, when it is full, and by
 * order. Each walk is bounded, so that an event never waits for long. One thread; time is that of
 * the events.
 */
final class RateCollector {
  /**
   * A flood of addresses may not pay for a walk each: entries that are too young now will not be
   * old a moment later.
   */
  private static final long PAUSE_NANOS = 100_000_000L;

  private static final long MIN_WALKED = 1000;
  private static final long WALKED_PER_EVENT = 1;
  private static final long FORCED_AGE_NANOS = 2_000_000_000L;

  private final RateTable table;
  private final RateCounters counters;
  private RateSettings settings;
  private long nextPeriodicNanos = Long.MIN_VALUE;

  /** No light or hard collection before this: the last one missed its target. */
  private long pausedUntilNanos = Long.MIN_VALUE;

  /** Events since the last background collection began. */
  private long checkedSincePeriodic;

  /** Entries the running background collection has yet to walk. */
  private long leftToWalk;

  /** The criterion the next hard collection starts with. */
  private int hardFrom;

  RateCollector(RateTable table, RateCounters counters, RateSettings settings) {
    this.table = table;
    this.counters = counters;
    this.settings = settings;
  }

  /** From here on by these; a new period starts with the next event. */
  void configure(RateSettings newSettings) {
    if (newSettings.gc().periodic().intervalNanos() != settings.gc().periodic().intervalNanos()) {
      nextPeriodicNanos = Long.MIN_VALUE;
    }
    settings = newSettings;
    pausedUntilNanos = Long.MIN_VALUE;
  }

  void checked() {
    checkedSincePeriodic++;
  }

  /** Makes room for a new entry where it is scarce; says whether there is any. */
  boolean makeRoom(long nowNanos) {
    long max = settings.maxEntries();
    if (max == 0) {
      return true;
    }
    GcSettings.Pressure gc = settings.gc().pressure();
    boolean full = table.size() >= max;
    if ((full || table.size() >= gc.lightTrigger()) && nowNanos >= pausedUntilNanos) {
      boolean met = full ? collectHard(gc, nowNanos) : collectLight(gc, nowNanos);
      pausedUntilNanos = met ? nowNanos : nowNanos + PAUSE_NANOS;
    }
    return table.size() < max;
  }

  private boolean collectLight(GcSettings.Pressure gc, long nowNanos) {
    return collect(
        counters.light,
        Criterion.idle(State.OK, gc.lightAgeNanos()),
        gc.lightTarget(),
        gc.maxWalked(),
        nowNanos);
  }

  /**
   * The criteria in turn, from the one that served last time or one gentler, until the target is
   * met.
   */
  private boolean collectHard(GcSettings.Pressure gc, long nowNanos) {
    int last = gc.hardCriteria().size() - 1;
    for (int i = Math.min(hardFrom, last); i >= 0 && i <= last; i++) {
      Criterion criterion = gc.hardCriteria().get(i);
      if (collect(counters.hard, criterion, gc.hardTarget(), gc.maxWalked(), nowNanos)) {
        hardFrom = Math.max(0, i - 1);
        return true;
      }
    }
    hardFrom = Math.max(0, last);
    return false;
  }

  private boolean collect(
      RateCounters.Collection kind,
      Criterion criterion,
      long target,
      int maxWalked,
      long nowNanos) {
    RateTable.Walk walk = walk(criterion, target, maxWalked, nowNanos);
    boolean met = table.size() <= target;
    counters.collected(kind, walk, met);
    return met;
  }

  private RateTable.Walk walk(Criterion criterion, long target, int maxWalked, long nowNanos) {
    return table.collect(
        entry -> criterion.test(recomputed(entry, nowNanos), nowNanos), target, maxWalked);
  }

  /**
   * An entry that is over its limit only by the past is over it no more. One that is not over it
   * does not come over it by waiting, so it is left alone: most entries are like that.
   */
  private RateEntry recomputed(RateEntry entry, long nowNanos) {
    if (entry.exceeded && !settings.isExceeded(entry, nowNanos)) {
      entry.change(false, nowNanos);
    }
    return entry;
  }

  /**
   * Runs the background collection when its time has come: a bounded piece a call, until the whole
   * table is walked. Called with the time of each event, so that the same events meet the same
   * table.
   */
  void advance(long nowNanos) {
    GcSettings.Periodic gc = settings.gc().periodic();
    if (gc.intervalNanos() <= 0) {
      return;
    }
    if (nowNanos >= nextPeriodicNanos) {
      if (leftToWalk > 0) {
        counters.missedTick();
      }
      // In proportion to the events since: replayed a thousand times as fast, the table is not
      // walked a thousand times as often.
      long due = MIN_WALKED + WALKED_PER_EVENT * checkedSincePeriodic;
      leftToWalk = nextPeriodicNanos == Long.MIN_VALUE ? 0 : Math.min(table.size(), due);
      nextPeriodicNanos = nowNanos + gc.intervalNanos();
      checkedSincePeriodic = 0;
    }
    if (leftToWalk > 0) {
      int most = (int) Math.min(leftToWalk, gc.maxWalked());
      leftToWalk -= most;
      collectOld(gc, most, nowNanos);
    }
  }

  /** Even a table below its target loses one old entry, so that idle ones do not stay for ever. */
  private void collectOld(GcSettings.Periodic gc, int most, long nowNanos) {
    long stop = Math.min(gc.target(), table.size() - 1L);
    Criterion old = Criterion.idle(State.OK, gc.oldAgeNanos());
    RateTable.Walk walk = walk(old, stop, most, nowNanos);
    boolean met = table.size() <= gc.target();
    counters.collected(counters.periodic, walk, met);
    if (met) {
      leftToWalk = 0;
    }
  }

  /**
   * Removes entries that are not over a limit and are older than two seconds, down to {@code
   * target}.
   */
  Map<String, Object> force(long target, long nowNanos) {
    int before = table.size();
    RateTable.Walk walk =
        walk(
            Criterion.okAndOlder(FORCED_AGE_NANOS),
            target,
            settings.gc().pressure().maxWalked(),
            nowNanos);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("before", before);
    result.put("entries", table.size());
    result.put("target", target);
    result.put("met", table.size() <= target);
    result.put("walked", walk.walked());
    result.put("removed", walk.removed());
    return result;
  }
}
