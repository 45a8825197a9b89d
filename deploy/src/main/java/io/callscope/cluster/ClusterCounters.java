package io.callscope.cluster;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;

/** Group {@code cluster}: what this process has of the cluster. Written on one thread. */
final class ClusterCounters {
  private final CounterGroup.Builder builder = new CounterGroup.Builder("cluster");
  final int members = builder.add("members", CounterKind.GAUGE_LARGEST, "processes that are there");
  final int owned =
      builder.add("owned", CounterKind.GAUGE_MAX, "partitions, writers, event stages run here");
  final int taken = builder.add("taken", "times that one of them was taken");
  final int released = builder.add("released", "times that one was released to others");
  final int lost = builder.add("lost", "times that one was found to have another owner");
  final int renewed = builder.add("renewed", "times that one that failed was started anew");
  final int failed = builder.add("failed", "times that one could not be started");
  final CounterGroup group = builder.build();
}
