package io.callscope.feed;

import io.callscope.counters.Balance;
import io.callscope.counters.CounterGroup;
import java.util.Map;

/** Part of group {@code pcap_dump}: what a source had for the pcap writers. Its thread writes. */
public final class DumpFeedCounters {
  private final CounterGroup.Builder builder = new CounterGroup.Builder("pcap_dump");

  final int offered = builder.add("offered_msgs", "messages to be written");
  final int sent = builder.add("total_queued_msgs", "of them sent to a writer");
  final int dropped =
      builder.add("dropped_queue", "dropped because the queue of their writer was full");
  final int waits = builder.add("queue_waits", "times a file waited for a writer");

  private final CounterGroup group = builder.build();

  public CounterGroup group() {
    return group;
  }

  void increment(int counter) {
    group.increment(counter);
  }

  void add(int counter, long by) {
    group.add(counter, by);
  }

  /** Exact once the source has ended. */
  public Balance balance() {
    return new Balance(
        "dump",
        group.value(offered),
        group.value(sent),
        Map.of("dropped_queue", group.value(dropped)));
  }
}
