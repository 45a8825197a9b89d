package io.callscope.tracker.leg;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;

/** Group {@code legs}: what SBCs have told of calls. */
final class LegCounters {
  private final CounterGroup.Builder builder = new CounterGroup.Builder("legs");
  final int entries =
      builder.add("entries", CounterKind.GAUGE_MAX, "Call-IDs of which an SBC has told something");
  final int evicted =
      builder.add("evicted", "of them forgotten before their time, since there were too many");
  final int chainFull =
      builder.add("chain_full", "told of Call-IDs that are not kept: too many of one hash");
  final int longCallIds =
      builder.add(
          "long_call_ids",
          "messages of calls that are not tracked, since their Call-ID is too long to be kept");
  final int links = builder.add("links", "links to another leg, each time one is told");
  final int linksFull = builder.add("links_full", "links left out: too many of one call");
  final int reports = builder.add("reports", "reports of media quality, one for each leg");
  final int reportsLate =
      builder.add(
          "reports_late", "of them after the end of their call, or of no call that is known");
  final int reportsBad = builder.add("reports_bad", "reports that cannot be read: a fault of ours");
  final int attached = builder.add("attached", "call-ends with a report");
  final int holding =
      builder.add("holding", CounterKind.GAUGE_MAX, "call-ends that wait for a report");
  final int holdTimeouts = builder.add("hold_timeouts", "call-ends that waited in vain");
  final int holdFull = builder.add("hold_full", "call-ends let go at once: too many waited");
  private final CounterGroup group = builder.build();

  CounterGroup group() {
    return group;
  }

  void increment(int counter) {
    group.increment(counter);
  }

  void set(int counter, long value) {
    group.set(counter, value);
  }
}
