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

  /** A writer has handled one. */
  void done(int worker) {
    underWay.decrementAndGet(worker);
  }

  CounterGroup group() {
    return group;
  }
}
