package io.callscope.bus;

import io.callscope.counters.CounterGroup;

/**
 * A group for the {@link BatchSender}s of one source: what became of their batches. Written on
 * their context.
 */
public final class SenderCounters {
  final int acknowledged;
  final int records;
  final int failures;
  final int noHandlers;
  final int timeouts;
  final int resent;
  final int unacknowledged;
  final CounterGroup group;

  /**
   * @param name of the group, for example {@code feed.acks}
   */
  public SenderCounters(String name) {
    CounterGroup.Builder builder = new CounterGroup.Builder(name);
    acknowledged = builder.add("batches", "batches acknowledged");
    records = builder.add("records", "records of them");
    failures = builder.add("failures", "requests that failed and were made again");
    noHandlers = builder.add("no_handlers", "of them because nobody listens");
    timeouts = builder.add("timeouts", "of them because no reply came in time");
    resent = builder.add("resent", "batches sent again because another takes them now");
    unacknowledged =
        builder.add("records_unacknowledged", "records given up without knowing their fate");
    group = builder.build();
  }

  public CounterGroup group() {
    return group;
  }
}
