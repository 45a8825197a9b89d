package io.callscope.web.live;

import io.callscope.bus.CallEvent;
import io.callscope.web.events.EventMatcher;
import io.callscope.web.events.EventRing;
import io.callscope.web.list.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A reader's place in the event ring. What a reader has not taken yet waits in the ring and nowhere
 * else; what the ring overwrites meanwhile, or what is more than the reader wants to be behind, is
 * skipped and told. One thread.
 */
final class Tail {
  private final EventRing ring;
  private final EventMatcher matcher;
  private final long mostBehind;
  private final MatchTime matchTime = new MatchTime();
  private long next;

  /**
   * What a read gave.
   *
   * @param overwritten events that the ring has no more
   * @param passed events that were passed over so as not to be too far behind
   * @param restarted the numbers began anew
   */
  record Batch(List<CallEvent> events, long overwritten, long passed, boolean restarted) {
    long skipped() {
      return overwritten + passed;
    }
  }

  /**
   * @param next number of the first event wanted
   * @param mostBehind how many events it may be behind
   */
  Tail(EventRing ring, EventMatcher matcher, long next, long mostBehind) {
    this.ring = ring;
    this.matcher = matcher;
    this.next = next;
    this.mostBehind = mostBehind;
  }

  /** Number of the first event that was not looked at. */
  long next() {
    return next;
  }

  /**
   * Takes what matches.
   *
   * @param look events to look at, at most
   * @param most matches to take, at most
   * @param clock monotonic ns
   * @param deadlineNanos when by that clock to begin with no further event
   * @throws Regex.Unusable if an expression takes more time than its {@link MatchTime}, whatever
   *     others have taken
   */
  Batch read(int look, int most, LongSupplier clock, long deadlineNanos) throws Regex.Unusable {
    EventRing.Range range = ring.range();
    boolean restarted = next > range.next();
    if (restarted) {
      next = range.oldest();
    }
    long overwritten = Math.max(0, range.oldest() - next);
    next += overwritten;
    long passed = Math.max(0, range.next() - next - mostBehind);
    next += passed;
    List<CallEvent> events = new ArrayList<>();
    long end = Math.min(range.next(), next + look);
    long now = clock.getAsLong();
    while (next < end && events.size() < most && now < deadlineNanos) {
      CallEvent event = ring.get(next);
      try {
        if (event != null && matcher.matches(event, clock, now + matchTime.mostNanos())) {
          events.add(event);
        }
      } catch (Regex.TooSlow e) {
        if (matchTime.gaveUpAfter(clock.getAsLong() - now)) {
          throw e;
        }
        break; // the next time once more: it may have been a pause of the process
      }
      long then = clock.getAsLong();
      matchTime.took(then - now);
      now = then;
      next++;
    }
    return new Batch(events, overwritten, passed, restarted);
  }
}
