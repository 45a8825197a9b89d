package io.callscope.bus;

import java.util.List;

/**
 * Events of one tracker partition on their way to the event stage, in the order they were raised:
 * nearly that of their time.
 *
 * @param producer the partition
 * @param term rises with each owner of the partition
 * @param sequence number of this batch among the producer's, from 0
 * @param markNanos the watermark: no later batch of this producer holds an event of an earlier
 *     time, in ns since 1970
 * @param publishedNanos events before this were published, as far as the producer knows
 * @param isCopy an earlier event stage had it, and may have published some of it
 * @param events never changed once sent
 */
public record EventBatch(
    int producer,
    long term,
    long sequence,
    long markNanos,
    long publishedNanos,
    boolean isCopy,
    List<CallEvent> events) {

  /** Of the only owner there is, for the first time. */
  public EventBatch(int producer, long sequence, long markNanos, List<CallEvent> events) {
    this(producer, 0, sequence, markNanos, Long.MIN_VALUE, false, events);
  }

  /** As sent by an owner. */
  EventBatch of(long ownTerm, long nowPublishedNanos, boolean again) {
    return new EventBatch(producer, ownTerm, sequence, markNanos, nowPublishedNanos, again, events);
  }

  /** Time of its latest event, ns since 1970. */
  long latestNanos() {
    long latest = Long.MIN_VALUE;
    for (CallEvent event : events) {
      latest = Math.max(latest, event.timeNanos());
    }
    return latest;
  }
}
