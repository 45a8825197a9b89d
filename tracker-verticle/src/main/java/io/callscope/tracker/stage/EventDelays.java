package io.callscope.tracker.stage;

import io.callscope.bus.CallEvent;
import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import java.util.Set;

/**
 * How long events of live traffic take, from the capture of the message that raised them until they
 * are published: counters {@code ev_delay}. An event that a timer raised has the time of its
 * deadline, and one of an old capture is of another day: neither says anything, nor is counted. One
 * thread.
 */
public final class EventDelays {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int[] LIMIT_MILLIS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000};

  /** Older traffic is not live. */
  private static final long LIVE_NANOS = 60_000 * NANOS_PER_MILLI;

  private static final Set<String> BY_MESSAGES = Set.of("request", "reply");

  private final CounterGroup group;
  private final int[] within = new int[LIMIT_MILLIS.length];
  private final int longer;
  private final int longestMillis;

  public EventDelays() {
    CounterGroup.Builder builder = new CounterGroup.Builder("ev_delay");
    for (int i = 0; i < within.length; i++) {
      String from = i == 0 ? "" : ", over " + LIMIT_MILLIS[i - 1] + " ms";
      within[i] =
          builder.add(
              "ms_" + LIMIT_MILLIS[i],
              "events published within " + LIMIT_MILLIS[i] + " ms of their message" + from);
    }
    longer = builder.add("longer", "events published later than that, within a minute");
    longestMillis =
        builder.add("last_ms", CounterKind.GAUGE_MAX, "delay of the last event, and the longest");
    group = builder.build();
  }

  public CounterGroup group() {
    return group;
  }

  /**
   * Notes an event that was published.
   *
   * @param wallNanos now, ns since 1970
   */
  public void published(CallEvent event, long wallNanos) {
    long delay = wallNanos - event.timeNanos();
    if (delay < LIVE_NANOS
        && delay > -LIVE_NANOS
        && BY_MESSAGES.contains(event.debug().trigger())) {
      note(Math.max(0, delay));
    }
  }

  private void note(long nanos) {
    int i = 0;
    while (i < within.length && nanos > LIMIT_MILLIS[i] * NANOS_PER_MILLI) {
      i++;
    }
    group.increment(i < within.length ? within[i] : longer);
    group.set(longestMillis, nanos / NANOS_PER_MILLI);
  }
}
