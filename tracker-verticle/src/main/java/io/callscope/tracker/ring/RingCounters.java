package io.callscope.tracker.ring;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;

/**
 * Counters of a message ring: {@code msg_ring}. What came with a Call-ID is kept, overwritten or
 * too long.
 */
public final class RingCounters {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final CounterGroup group;
  private final int messages;
  private final int overwritten;
  private final int kept;
  private final int tooLong;
  private final int withoutCallId;
  private final int unlinked;
  private final int noMemory;
  private final int bytes;
  private final int seconds;

  public RingCounters() {
    CounterGroup.Builder g = new CounterGroup.Builder("msg_ring");
    messages = g.add("messages", "messages written");
    overwritten = g.add("overwritten", "messages overwritten by newer ones");
    kept = g.add("kept", CounterKind.GAUGE_MAX, "messages still there");
    tooLong = g.add("too_long", "messages that do not fit");
    withoutCallId = g.add("no_call_id", "messages that have no Call-ID to find them by");
    unlinked = g.add("unlinked", "calls that can no longer be found: index crowded");
    noMemory = g.add("no_memory", "segments that the system had no memory for");
    bytes = g.add("bytes", CounterKind.GAUGE_MAX, "bytes in use");
    seconds = g.add("seconds", CounterKind.GAUGE, "capture time from the oldest message kept on");
    group = g.build();
  }

  CounterGroup group() {
    return group;
  }

  void kept() {
    group.increment(messages);
    group.set(kept, group.value(kept) + 1);
  }

  void overwritten(long count) {
    group.add(overwritten, count);
    group.set(kept, group.value(kept) - count);
  }

  void tooLong() {
    group.increment(tooLong);
  }

  void withoutCallId() {
    group.increment(withoutCallId);
  }

  void unlinked() {
    group.increment(unlinked);
  }

  void noMemory() {
    group.increment(noMemory);
  }

  void gauges(long bytesInUse, long nanos) {
    group.set(bytes, bytesInUse);
    group.set(seconds, nanos / NANOS_PER_SECOND);
  }
}
