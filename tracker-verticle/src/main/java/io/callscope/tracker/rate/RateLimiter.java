package io.callscope.tracker.rate;

import io.callscope.bus.EventRate;
import io.callscope.bus.EventType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides by event type and source address which events are too many. A run over a limit is
 * reported at its first event and then ever more rarely; the rest of it is dropped. When the table
 * is full and no entry may go, events pass: losing them would be worse.
 *
 * <p>One thread; time is that of the events.
 */
public final class RateLimiter {
  /**
   * A flood of addresses may not pay for a walk each: entries that are too young now will not be
   * old a moment later.
   */
  private static final long PAUSE_NANOS = 100_000_000L;

  private final RateTable table = new RateTable();
  private final RateCounters counters;
  private RateSettings settings;
  private long nextGcNanos = Long.MIN_VALUE;

  /** No light or hard collection before this: the last one missed its target. */
  private long pausedUntilNanos = Long.MIN_VALUE;

  private static final long MIN_WALKED = 1000;
  private static final long WALKED_PER_EVENT = 2;

  /** Events since the last background collection began. */
  private long checkedSinceGc;

  /** Entries the running background collection has yet to walk. */
  private long leftToWalk;

  /** The criterion the next hard collection starts with. */
  private int hardFrom;

  public RateLimiter(RateSettings settings, RateCounters counters) {
    this.settings = settings;
    this.counters = counters;
  }

  /** Takes new settings over at once; rates go on. */
  public void configure(RateSettings newSettings) {
    settings = newSettings;
  }

  public RateSettings settings() {
    return settings;
  }

  /**
   * Counts an event.
   *
   * @param high high half of the source address
   * @return its rate if it is to be published, null if it is too many
   */
  public EventRate check(EventType type, long high, long low, long nowNanos) {
    RateEntry entry = table.find(type, high, low);
    if (entry == null) {
      if (!makeRoom(nowNanos)) {
        counters.count(counters.trackingFail);
        return EventRate.none(nowNanos);
      }
      entry = new RateEntry(type, high, low, nowNanos);
      table.add(entry);
    }
    entry.total++;
    checkedSinceGc++;
    return judge(entry, nowNanos);
  }

  private EventRate judge(RateEntry entry, long nowNanos) {
    int slot = -1;
    double shown = 0;
    boolean exceeded = false;
    for (int i = 0; i < RateSettings.SLOTS; i++) {
      long interval = settings.intervalNanos().get(i);
      double rate = interval == 0 ? 0 : entry.rate(i, interval, nowNanos);
      double limit = settings.limits().get(i);
      boolean over = limit > 0 && rate > limit;
      if ((over && !exceeded) || (slot < 0 && rate > 0)) {
        slot = i;
        shown = rate;
      }
      exceeded |= over;
    }
    boolean passes = exceeded ? over(entry, nowNanos) : under(entry, nowNanos);
    if (!passes) {
      return null;
    }
    int reported = Math.max(slot, 0);
    return new EventRate(
        exceeded ? entry.exceededRun : 0,
        exceeded ? sinceLastReport(entry) : 0,
        shown,
        settings.limits().get(reported),
        settings.intervalNanos().get(reported) / 1_000_000,
        entry.changedNanos);
  }

  private boolean over(RateEntry entry, long nowNanos) {
    if (!entry.exceeded) {
      entry.exceeded = true;
      entry.exceededRun = 0;
      entry.lastReported = 1;
      entry.changedNanos = nowNanos;
    }
    entry.exceededRun++;
    entry.lastExceededNanos = nowNanos;
    counters.count(counters.blacklistedRate);
    if (!settings.reports(entry.exceededRun)) {
      counters.count(counters.blacklistedSilent);
      return false;
    }
    counters.count(counters.blacklistedSent);
    return true;
  }

  private static long sinceLastReport(RateEntry entry) {
    long since = entry.exceededRun - entry.lastReported;
    entry.lastReported = entry.exceededRun;
    return since;
  }

  private boolean under(RateEntry entry, long nowNanos) {
    if (entry.exceeded) {
      entry.exceeded = false;
      entry.changedNanos = nowNanos;
      counters.count(counters.recovered);
    }
    entry.lastOkNanos = nowNanos;
    return true;
  }

  private boolean makeRoom(long nowNanos) {
    long max = settings.maxEntries();
    GcSettings gc = settings.gc();
    if (max == 0) {
      return true;
    }
    if (table.size() >= gc.lightTrigger() && nowNanos >= pausedUntilNanos) {
      boolean met = table.size() >= max ? collectHard(gc, nowNanos) : collectLight(gc, nowNanos);
      pausedUntilNanos = met ? nowNanos : nowNanos + PAUSE_NANOS;
    }
    return table.size() < max;
  }

  private boolean collectLight(GcSettings gc, long nowNanos) {
    return collect(
        counters.light,
        new GcSettings.Criterion(false, gc.lightAgeNanos()),
        gc.lightTarget(),
        nowNanos);
  }

  /**
   * The criteria in turn, from the one that served last time or one gentler, until the target is
   * met.
   */
  private boolean collectHard(GcSettings gc, long nowNanos) {
    int last = gc.hardCriteria().size() - 1;
    for (int i = Math.min(hardFrom, last); i <= last; i++) {
      if (collect(counters.hard, gc.hardCriteria().get(i), gc.hardTarget(), nowNanos)) {
        hardFrom = Math.max(0, i - 1);
        return true;
      }
    }
    hardFrom = Math.max(0, last);
    return false;
  }

  private boolean collect(
      RateCounters.Collection kind, GcSettings.Criterion criterion, long target, long nowNanos) {
    return collect(kind, criterion, target, settings.gc().maxWalked(), nowNanos);
  }

  private boolean collect(
      RateCounters.Collection kind,
      GcSettings.Criterion criterion,
      long target,
      int maxWalked,
      long nowNanos) {
    RateTable.Walk walk =
        table.collect(
            entry -> criterion.test(recomputed(entry, nowNanos), nowNanos), target, maxWalked);
    boolean met = table.size() <= target;
    counters.collected(kind, walk, met);
    return met;
  }

  /**
   * An entry that is over its limit only by the past is over it no more. One that is not over it
   * does not come over it by waiting, so it is left alone: most entries are like that.
   */
  private RateEntry recomputed(RateEntry entry, long nowNanos) {
    if (!entry.exceeded) {
      return entry;
    }
    boolean exceeded = false;
    for (int i = 0; i < RateSettings.SLOTS; i++) {
      long interval = settings.intervalNanos().get(i);
      double limit = settings.limits().get(i);
      exceeded |= interval != 0 && limit > 0 && entry.rate(i, interval, nowNanos) > limit;
    }
    if (!exceeded) {
      entry.exceeded = false;
      entry.changedNanos = nowNanos;
    }
    return entry;
  }

  /**
   * Runs the background collection when its time has come: a bounded piece a call, until the whole
   * table is walked. Called with the time of each event, so that the same events meet the same
   * table.
   */
  public void advance(long nowNanos) {
    GcSettings gc = settings.gc();
    if (gc.intervalNanos() <= 0) {
      return;
    }
    if (nowNanos >= nextGcNanos) {
      // In proportion to the events since: replayed a thousand times as fast, the table is not
      // walked a thousand times as often.
      long due = MIN_WALKED + WALKED_PER_EVENT * checkedSinceGc;
      leftToWalk = nextGcNanos == Long.MIN_VALUE ? 0 : Math.min(table.size(), due);
      nextGcNanos = nowNanos + gc.intervalNanos();
      checkedSinceGc = 0;
    }
    if (leftToWalk > 0) {
      leftToWalk -= gc.maxWalked();
      GcSettings.Criterion old = new GcSettings.Criterion(false, gc.oldAgeNanos());
      int most = (int) Math.min(leftToWalk + gc.maxWalked(), gc.maxWalked());
      if (collect(counters.periodic, old, gc.target(), most, nowNanos)) {
        leftToWalk = 0;
      }
    }
  }

  /**
   * Removes entries that are not over a limit and are older than two seconds, down to {@code
   * target}.
   */
  public Map<String, Object> forceCollection(long target, long nowNanos) {
    int before = table.size();
    RateTable.Walk walk =
        table.collect(
            entry -> !entry.exceeded && nowNanos - entry.createdNanos > 2_000_000_000L,
            target,
            settings.gc().maxWalked());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("before", before);
    result.put("entries", table.size());
    result.put("met", table.size() <= target);
    result.put("walked", walk.walked());
    result.put("removed", walk.removed());
    return result;
  }

  /** Figures of the table, for pages. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("entries", table.size());
    figures.put("maxEntries", settings.maxEntries());
    figures.put("bytes", table.bytes());
    figures.put("maxBytes", 0);
    figures.put("buckets", table.bucketCount());
    return figures;
  }
}
