package io.callscope.tracker.stage;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;

/** Counters of what happens to events before their rates: {@code ev_stage}. */
public final class StageCounters {
  private final CounterGroup group;
  private final int waiting;
  private final int forced;
  private final int unknownProducer;
  private final int repeated;
  private final int stale;

  public StageCounters() {
    CounterGroup.Builder builder = new CounterGroup.Builder("ev_stage");
    waiting =
        builder.add("waiting", CounterKind.GAUGE_MAX, "events that wait for slower partitions");
    forced = builder.add("forced", "events published out of turn: too many waited");
    unknownProducer =
        builder.add("unknown_producer", "batches of a partition that is not configured");
    repeated = builder.add("repeated", "events that came again and were published before");
    stale = builder.add("stale", "events of a process that no longer owns their partition");
    group = builder.build();
  }

  public CounterGroup group() {
    return group;
  }

  void waiting(int events) {
    group.set(waiting, events);
  }

  void forced() {
    group.increment(forced);
  }

  void unknownProducer() {
    group.increment(unknownProducer);
  }

  void repeated(int events) {
    group.add(repeated, events);
  }

  void stale(int events) {
    group.add(stale, events);
  }
}
