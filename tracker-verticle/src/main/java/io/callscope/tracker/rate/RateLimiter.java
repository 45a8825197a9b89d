package io.callscope.tracker.rate;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventEnds;
import io.callscope.bus.EventRate;
import io.callscope.bus.EventType;
import java.util.List;
import java.util.Map;

/**
 * Decides by event type and source address which events are too many. A run over a limit is
 * reported at its first event and then ever more rarely; the rest of it is dropped. When the table
 * is full and no entry may go, events pass: losing them would be worse.
 *
 * <p>One thread; time is that of the events.
 */
public final class RateLimiter {
  private final RateTable table = new RateTable();
  private final RateCounters counters;
  private final RateCollector collector;
  private RateSettings settings;
  private long nowNanos;

  // Written so that no compiler takes the reading away; nobody is to read it.
  @SuppressWarnings("unused")
  private long lastTouched;

  public RateLimiter(RateSettings settings, RateCounters counters) {
    this.settings = settings;
    this.counters = counters;
    collector = new RateCollector(table, counters, settings);
  }

  /** Takes new settings over at once; rates go on. */
  public void configure(RateSettings newSettings) {
    settings = newSettings;
    collector.configure(newSettings);
  }

  public RateSettings settings() {
    return settings;
  }

  /** The clock of the events, ns since 1970; 0 before the first. */
  public long nowNanos() {
    return nowNanos;
  }

  /** Moves the clock on, ns since 1970, and with it the collection of idle entries. */
  public void advance(long nanos) {
    nowNanos = Math.max(nowNanos, nanos);
    collector.advance(nanos);
  }

  /**
   * Brings the entries of events to come into the processor's cache, all at once: met one after the
   * other, each would be waited for alone. Changes nothing; may be left out.
   */
  public void expect(List<CallEvent> events) {
    long touched = 0;
    for (int i = 0; i < events.size(); i++) {
      CallEvent event = events.get(i);
      EventEnds ends = event.ends();
      touched += table.touch(event.type(), ends.clientHigh(), ends.clientLow());
    }
    lastTouched = touched;
  }

  /**
   * Counts an event.
   *
   * @param high high half of the source address
   * @return its rate if it is to be published, null if it is too many
   */
  public EventRate check(EventType type, long high, long low, long nanos) {
    RateEntry entry = table.find(type, high, low);
    if (entry == null) {
      boolean room = collector.makeRoom(nanos);
      entry = room ? table.add(type, high, low, nanos) : null;
      if (entry == null) {
        counters.untracked(room ? counters.chainFull : counters.noRoom);
        return EventRate.none(nanos);
      }
    }
    entry.total++;
    collector.checked();
    return judge(entry, nanos);
  }

  private EventRate judge(RateEntry entry, long nanos) {
    int slot = -1;
    double shown = 0;
    boolean exceeded = false;
    for (int i = 0; i < RateSettings.SLOTS; i++) {
      long interval = settings.intervalNanos().get(i);
      double rate = interval == 0 ? 0 : entry.rate(i, interval, nanos);
      double limit = settings.limits().get(i);
      boolean over = limit > 0 && rate > limit;
      if ((over && !exceeded) || (slot < 0 && rate > 0)) {
        slot = i;
        shown = rate;
      }
      exceeded |= over;
    }
    int reported = Math.max(slot, 0);
    entry.slot = (byte) reported;
    boolean passes = exceeded ? over(entry, nanos) : under(entry, nanos);
    if (!passes) {
      return null;
    }
    return new EventRate(
        exceeded ? entry.run : 0,
        exceeded ? sinceLastReport(entry) : 0,
        shown,
        settings.limits().get(reported),
        settings.intervalNanos().get(reported) / 1_000_000,
        entry.changedNanos);
  }

  private boolean over(RateEntry entry, long nanos) {
    if (!entry.exceeded) {
      entry.change(true, nanos);
      entry.lastReported = 1;
    }
    entry.run++;
    entry.lastExceededNanos = nanos;
    counters.count(counters.blacklistedRate);
    if (!settings.reports(entry.run)) {
      counters.count(counters.blacklistedSilent);
      return false;
    }
    counters.count(counters.blacklistedSent);
    return true;
  }

  private static long sinceLastReport(RateEntry entry) {
    long since = entry.run - entry.lastReported;
    entry.lastReported = entry.run;
    return since;
  }

  private boolean under(RateEntry entry, long nanos) {
    if (entry.exceeded) {
      entry.change(false, nanos);
      counters.count(counters.recovered);
    }
    entry.run++;
    entry.lastOkNanos = nanos;
    return true;
  }

  /**
   * Removes entries that are not over a limit and are older than two seconds, down to {@code
   * target}, in one bounded walk.
   *
   * @return what came of it
   */
  public Map<String, Object> forceCollection(long target) {
    return collector.force(target, nowNanos);
  }

  /** Reads the table for pages. */
  public RateQuery query() {
    return new RateQuery(table, counters, settings, nowNanos);
  }
}
