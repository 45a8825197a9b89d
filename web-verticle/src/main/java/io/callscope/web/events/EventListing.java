package io.callscope.web.events;

import io.callscope.bus.CallEvent;
import io.callscope.web.list.ListQuery;
import io.callscope.web.list.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A page of the event ring.
 *
 * @param events that match, in the order asked for
 * @param range what the ring held when the walk began
 * @param holes numbers passed over because their event never came
 * @param further start of the page after this one, -1 if there is none
 * @param back start of the page before this one, -1 if there is none
 */
record EventListing(
    List<CallEvent> events, EventRing.Range range, long holes, long further, long back) {

  /** A filter may take this long over one listing. */
  static final long MATCH_NANOS = 1_000_000_000L;

  /**
   * Walks the ring; off the event loop, since a filter may take its time.
   *
   * @param newestFirst downwards from the start, else upwards
   * @param clock monotonic ns
   * @throws Regex.Unusable if an expression cannot be matched in time
   */
  static EventListing of(EventRing ring, ListQuery query, boolean newestFirst, LongSupplier clock)
      throws Regex.Unusable {
    EventRing.Range range = ring.range();
    Walk walk = new Walk(ring, query, range, clock, clock.getAsLong() + MATCH_NANOS);
    int step = newestFirst ? -1 : 1;
    long start = newestFirst ? range.next() - 1 : range.oldest();
    if (query.start() >= 0) {
      start = newestFirst ? Math.min(start, query.start()) : Math.max(start, query.start());
    }
    List<CallEvent> events = new ArrayList<>();
    long further = walk.take(start, step, query.max(), events);
    long holes = walk.holes;
    List<CallEvent> before = new ArrayList<>();
    walk.take(start - step, -step, query.max(), before);
    long back = before.isEmpty() ? -1 : before.get(before.size() - 1).number();
    return new EventListing(events, range, holes, further, back);
  }

  private static final class Walk {
    private final EventRing ring;
    private final EventMatcher matcher;
    private final EventRing.Range range;
    private final LongSupplier clock;
    private final long deadlineNanos;
    private long holes;

    Walk(
        EventRing ring,
        ListQuery query,
        EventRing.Range range,
        LongSupplier clock,
        long deadlineNanos) {
      this.ring = ring;
      matcher = new EventMatcher(query.filters());
      this.range = range;
      this.clock = clock;
      this.deadlineNanos = deadlineNanos;
    }

    /** Collects matches; returns the number of the first match left over, or -1. */
    long take(long start, int step, int max, List<CallEvent> into) throws Regex.Unusable {
      for (long n = start; n >= range.oldest() && n < range.next(); n += step) {
        CallEvent event = ring.get(n);
        if (event == null) {
          holes++;
        } else if (matcher.matches(event, clock, deadlineNanos)) {
          if (into.size() == max) {
            return n;
          }
          into.add(event);
        }
      }
      return -1;
    }
  }
}
