package io.callscope.tracker.stage;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventBatch;
import io.callscope.bus.EventText;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Puts the events of all partitions into one order: by time, then Call-ID, tags and type. An event
 * is let go once every partition has said that it will send none of an earlier time, so the order
 * does not depend on how many partitions there are. One thread.
 */
final class EventMerger {
  private static final Comparator<CallEvent> ORDER =
      Comparator.comparingLong(CallEvent::timeNanos)
          .thenComparing(event -> event.text(EventText.CALL_ID))
          .thenComparing(event -> event.text(EventText.FROM_TAG))
          .thenComparing(event -> event.text(EventText.TO_TAG))
          .thenComparing(CallEvent::type);

  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(1024);
  private long arrivals;
  private final long[] marks;
  private final int maxWaiting;
  private final StageCounters counters;

  /**
   * An event and when it came. Events that tie are of one entry, so of one partition, which sent
   * them as they happened.
   */
  private record Waiting(CallEvent event, long arrival) implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
      int order = ORDER.compare(event, other.event);
      return order != 0 ? order : Long.compare(arrival, other.arrival);
    }
  }

  /**
   * @param maxWaiting more events than this do not wait: the oldest go, in what order they have
   */
  EventMerger(int partitions, int maxWaiting, StageCounters counters) {
    marks = new long[partitions];
    Arrays.fill(marks, Long.MIN_VALUE);
    this.maxWaiting = maxWaiting;
    this.counters = counters;
  }

  void add(EventBatch batch, Consumer<CallEvent> out) {
    for (CallEvent event : batch.events()) {
      waiting.add(new Waiting(event, arrivals++));
    }
    if (batch.producer() >= 0 && batch.producer() < marks.length) {
      marks[batch.producer()] = Math.max(marks[batch.producer()], batch.markNanos());
    } else {
      // Its events are in time as far as they can be; nobody waits for more of them.
      counters.unknownProducer();
    }
    long mark = lowestMark();
    while (!waiting.isEmpty() && waiting.peek().event.timeNanos() < mark) {
      out.accept(waiting.poll().event);
    }
    while (waiting.size() > maxWaiting) {
      counters.forced();
      out.accept(waiting.poll().event);
    }
    counters.waiting(waiting.size());
  }

  /** How far all partitions are, ns since 1970. */
  long lowestMark() {
    long lowest = Long.MAX_VALUE;
    for (long mark : marks) {
      lowest = Math.min(lowest, mark);
    }
    return lowest;
  }

  /** Lets everything go. */
  void drain(Consumer<CallEvent> out) {
    while (!waiting.isEmpty()) {
      out.accept(waiting.poll().event);
    }
    counters.waiting(0);
  }
}
