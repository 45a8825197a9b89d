package io.callscope.pcapdump;

import io.callscope.counters.CounterGroup;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Bounds the events on their way to each writer, which may have to wait for the disk. Part of group
 * {@code pcap_dump}. One thread sends, the writers' threads are done.
 */
final class EventCredits {
  static final int MOST = 1024;

  private final AtomicIntegerArray underWay;
  private final CounterGroup.Builder builder = new CounterGroup.Builder("pcap_dump");
  private final int dropped =
      builder.add("dropped_events", "events not noted because their writer waits for the disk");
  private final CounterGroup group = builder.build();

  EventCredits(int workers) {
    underWay = new AtomicIntegerArray(workers);
  }

  /** Whether another event may be sent to a writer; counts it if not. */
  boolean take(int worker) {
    if (underWay.get(worker) >= MOST) {
      group.increment(dropped);
      return false;
    }
    underWay.incrementAndGet(worker);
    return true;
  }

  /** A writer begins: what was under way when it stopped does not come any more. */
  void begin(int worker) {
    underWay.set(worker, 0);
  }

  /** A writer has handled one, which may be of before it began. */
  void done(int worker) {
    underWay.updateAndGet(worker, events -> Math.max(0, events - 1));
  }

  CounterGroup group() {
    return group;
  }
}
