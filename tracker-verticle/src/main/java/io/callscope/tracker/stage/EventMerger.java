package io.callscope.tracker.stage;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventBatch;
import io.callscope.bus.EventText;
import io.callscope.tracker.stage.StageProgress.Taken;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
  private final Producer[] producers;
  private final int maxWaiting;
  private final StageCounters counters;

  /** Events of copies before it were published by an earlier event stage, ns since 1970. */
  private long publishedNanos = Long.MIN_VALUE;

  private long passedNanos = Long.MIN_VALUE;

  private static final class Producer {
    long term;
    long sequence = -1;
    long markNanos = Long.MIN_VALUE;

    /** By an earlier event stage. */
    Taken before = new Taken(0, -1);

    /** By that, whose answer was lost. */
    boolean wasTaken(EventBatch batch) {
      return batch.term() == before.term() && batch.sequence() <= before.sequence();
    }

    Taken taken() {
      return sequence < 0 ? before : new Taken(term, sequence);
    }
  }

  /**
   * An event and when it came. Events that tie are of one entry, so of one partition, which sent
   * them as they happened.
   */
  private record Waiting(CallEvent event, long arrival, boolean isCopy)
      implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
      int order = ORDER.compare(event, other.event);
      return order != 0 ? order : Long.compare(arrival, other.arrival);
    }
  }

  /**
   * @param maxWaiting of more waiting events than this the oldest are let go, in the order they
   *     have by then
   */
  EventMerger(int partitions, int maxWaiting, StageCounters counters) {
    producers = new Producer[partitions];
    Arrays.setAll(producers, p -> new Producer());
    this.maxWaiting = maxWaiting;
    this.counters = counters;
  }

  /**
   * Takes a batch whose turn it is.
   *
   * @param isFirst whether all that its producer has sent before is acknowledged
   * @return false if one before it has still to come
   */
  boolean add(EventBatch batch, boolean isFirst, Consumer<CallEvent> out) {
    boolean isCopy = batch.isCopy();
    if (batch.producer() < 0 || batch.producer() >= producers.length) {
      // Its events are in time as far as they can be; nobody waits for more of them.
      counters.unknownProducer();
    } else {
      Producer producer = producers[batch.producer()];
      if (batch.term() < producer.term) {
        counters.stale(batch.events().size());
        return true;
      }
      boolean isNew = batch.term() > producer.term;
      boolean follows = !isNew && batch.sequence() == producer.sequence + 1;
      if (!isNew && batch.sequence() <= producer.sequence) {
        counters.repeated(batch.events().size());
        return true;
      }
      if (!follows && !isFirst) {
        return false;
      }
      isCopy |= producer.wasTaken(batch);
      producer.term = batch.term();
      producer.sequence = batch.sequence();
      producer.markNanos =
          isNew ? batch.markNanos() : Math.max(producer.markNanos, batch.markNanos());
    }
    publishedNanos = Math.max(publishedNanos, batch.publishedNanos());
    for (CallEvent event : batch.events()) {
      waiting.add(new Waiting(event, arrivals++, isCopy));
    }
    letGo(out);
    return true;
  }

  private void letGo(Consumer<CallEvent> out) {
    long mark = lowestMark();
    passedNanos = Math.max(passedNanos, mark);
    while (!waiting.isEmpty() && waiting.peek().event.timeNanos() < mark) {
      letGo(waiting.poll(), out);
    }
    while (waiting.size() > maxWaiting) {
      counters.forced();
      letGo(waiting.poll(), out);
    }
    counters.waiting(waiting.size());
  }

  private void letGo(Waiting next, Consumer<CallEvent> out) {
    if (next.isCopy && next.event.timeNanos() < publishedNanos) {
      counters.repeated(1);
    } else {
      out.accept(next.event);
    }
  }

  /** Goes on where an earlier event stage was. */
  void goOn(long nanos, List<Taken> taken) {
    publishedNanos = Math.max(publishedNanos, nanos);
    for (int p = 0; p < Math.min(producers.length, taken.size()); p++) {
      producers[p].before = taken.get(p);
    }
  }

  /** How far the batches of each partition were taken. */
  List<Taken> taken() {
    return Stream.of(producers).map(Producer::taken).toList();
  }

  /** How far a partition is, by its owner so far; the beginning of time if it has said nothing. */
  long mark(int producer) {
    if (producer >= producers.length) {
      throw new IllegalArgumentException("no such partition: " + producer);
    }
    return producers[producer].markNanos;
  }

  /** Events of an earlier time have been published, by this or an earlier event stage. */
  long publishedNanos() {
    return Math.max(publishedNanos, passedNanos);
  }

  /** Events of an earlier time have been let go, ns since 1970. */
  long passedNanos() {
    return passedNanos;
  }

  /** How far all partitions are, ns since 1970. */
  long lowestMark() {
    long lowest = Long.MAX_VALUE;
    for (Producer producer : producers) {
      lowest = Math.min(lowest, producer.markNanos);
    }
    return lowest;
  }

  /** Lets everything go. */
  void drain(Consumer<CallEvent> out) {
    while (!waiting.isEmpty()) {
      letGo(waiting.poll(), out);
    }
    counters.waiting(0);
  }
}
