package io.callscope.feed;

import io.callscope.counters.Balance;
import io.callscope.counters.CounterGroup;
import java.util.Map;

/** Group {@code feed}: what a source sent to the partitions. Written by the source's thread. */
public final class FeedCounters {
  private final CounterGroup.Builder builder = new CounterGroup.Builder("feed");

  final int records =
      builder.add("records", "messages, parse errors, probes and what SBCs tell, taken");
  final int sent = builder.add("records_sent", "records sent to a partition");
  final int unsent = builder.add("records_unsent", "records dropped because the source stopped");
  final int overflow =
      builder.add("records_overflow", "records dropped because their partition does not keep up");
  final int lossSeconds =
      builder.add("loss_seconds", "seconds of capture time in which something was lost");
  final int batches = builder.add("batches", "batches sent");
  final int emptyBatches = builder.add("batches_empty", "batches that only bring the clock");
  final int creditWaits = builder.add("credit_waits", "times the source waited for a credit");

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
        "records",
        group.value(records),
        group.value(sent),
        Map.of("records_unsent", group.value(unsent), "records_overflow", group.value(overflow)));
  }
}
