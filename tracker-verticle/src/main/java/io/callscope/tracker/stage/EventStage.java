package io.callscope.tracker.stage;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventBatch;
import io.callscope.bus.EventRate;
import io.callscope.tracker.rate.RateCounters;
import io.callscope.tracker.rate.RateLimiter;
import java.util.function.Consumer;

/**
 * The last station of an event: into one order with those of the other partitions, then dropped by
 * its type, then by its rate, then numbered and published. One thread.
 */
public final class EventStage {
  private static final int MAX_WAITING = 200_000;

  private final EventMerger merger;
  private final RateLimiter limiter;
  private final RateCounters counters;
  private final Consumer<CallEvent> publisher;
  private int droppedTypes;
  private long nextNumber;

  /**
   * @param droppedTypes bits of the event types that are not published
   * @param publisher takes each event that is
   */
  public EventStage(
      int partitions,
      int droppedTypes,
      RateLimiter limiter,
      RateCounters counters,
      StageCounters stageCounters,
      Consumer<CallEvent> publisher) {
    merger = new EventMerger(partitions, MAX_WAITING, stageCounters);
    this.droppedTypes = droppedTypes;
    this.limiter = limiter;
    this.counters = counters;
    this.publisher = publisher;
  }

  /** Takes the only batch that a partition has sent and has no acknowledgement of. */
  public void accept(EventBatch batch) {
    accept(batch, true);
  }

  /**
   * Takes the events of a partition and publishes all whose turn has come.
   *
   * @param isFirst whether all that the partition has sent before is acknowledged
   * @return false if a batch before it has still to come, so that it must come again
   */
  public boolean accept(EventBatch batch, boolean isFirst) {
    limiter.expect(batch.events());
    return merger.add(batch, isFirst, this::pass);
  }

  /**
   * How far a partition is, by its last owner, ns since 1970.
   *
   * @throws IllegalArgumentException if there is no such partition
   */
  public long mark(int partition) {
    return merger.mark(partition);
  }

  /** All events of an earlier time have been published, ns since 1970. */
  public long publishedNanos() {
    return merger.passedNanos();
  }

  /** How far it has come. */
  public StageProgress.Point point() {
    return new StageProgress.Point(nextNumber, merger.publishedNanos(), merger.taken());
  }

  /** Goes on from where an earlier event stage was: its numbers are given, its events out. */
  public void goOn(StageProgress.Point point) {
    nextNumber = point.nextNumber();
    merger.goOn(point.publishedNanos(), point.taken());
  }

  /** Publishes what still waits: no partition will send more. */
  public void drain() {
    merger.drain(this::pass);
  }

  private void pass(CallEvent event) {
    counters.raised();
    if ((droppedTypes & event.type().bit()) != 0) {
      counters.droppedByType();
      return;
    }
    limiter.advance(event.timeNanos());
    EventRate rate =
        limiter.check(
            event.type(), event.ends().clientHigh(), event.ends().clientLow(), event.timeNanos());
    if (rate != null) {
      counters.published();
      publisher.accept(event.published(rate, nextNumber++));
    }
  }

  /** Replaces the set of types that are dropped. */
  public void dropTypes(int types) {
    droppedTypes = types;
  }

  /** Bits of the types that are dropped. */
  public int droppedTypes() {
    return droppedTypes;
  }
}
