package io.callscope.tracker.partition;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import io.callscope.query.Turns;

/** Counters of what came into a partition: group {@code partition}. */
final class PartitionCounters implements Turns.Watch {
  private final int messages;
  private final int others;
  private final int failed;
  private final int repeated;
  private final int missing;
  private final int lostEvents;
  private final int leaks;
  private final int longestTurn;
  private final int listsRefused;
  private final int listsAbandoned;
  private final CounterGroup group;

  PartitionCounters() {
    CounterGroup.Builder g = new CounterGroup.Builder("partition");
    messages = g.add("messages", "SIP messages received");
    others = g.add("others", "probes, parse errors and what SBCs tell, received");
    failed =
        g.add(
            "failed",
            "records that could not be followed or kept, and entries that could not expire: a fault of ours");
    repeated = g.add("repeated", "records of batches that came again, not followed twice");
    missing =
        g.add(
            "batches_missing",
            "batches that the last owner had acknowledged and not saved when it died");
    lostEvents = g.add("events_lost", "events that no event stage has acknowledged");
    leaks =
        g.add(
            "leak_checks_failed", "batches after which entries and timers differ: a fault of ours");
    longestTurn =
        g.add(
            "turn_us",
            CounterKind.MAX_ONLY,
            "longest turn of a list or other walk, for which messages waited, in microseconds");
    listsRefused = g.add("lists_refused", "lists refused: there were enough at the time");
    listsAbandoned =
        g.add("lists_abandoned", "lists ended early: they took longer than who asked waits");
    group = g.build();
  }

  CounterGroup group() {
    return group;
  }

  void received(boolean message) {
    group.increment(message ? messages : others);
  }

  void repeated(int records) {
    group.add(repeated, records);
  }

  void missing(long batches) {
    group.set(missing, batches);
  }

  void lost(int events) {
    group.add(lostEvents, events);
  }

  @Override
  public void took(long nanos) {
    group.set(longestTurn, Math.max(group.value(longestTurn), nanos / 1000));
  }

  @Override
  public void refused() {
    group.increment(listsRefused);
  }

  @Override
  public void abandoned() {
    group.increment(listsAbandoned);
  }

  long leaked() {
    group.increment(leaks);
    return group.value(leaks);
  }

  long failed() {
    group.increment(failed);
    return group.value(failed);
  }
}
