package io.callscope.bus;

import io.callscope.counters.CounterGroup;

/** Group {@code ev_sends}: a partition's way to the event stage. Written on its context. */
public final class EventSenderCounters {
  private final CounterGroup.Builder builder = new CounterGroup.Builder("ev_sends");
  final int acknowledged = builder.add("batches", "batches of events acknowledged");
  final int failures = builder.add("failures", "requests that failed and were made again");
  final int resent =
      builder.add("resent", "batches sent again because another event stage takes them now");
  final int keptForgotten =
      builder.add(
          "kept_forgotten",
          "events not published yet that another event stage would not get: too many were kept");
  final CounterGroup group = builder.build();

  public CounterGroup group() {
    return group;
  }
}
