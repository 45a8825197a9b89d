package io.callscope.tracker.partition;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventBatch;
import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;
import java.util.ArrayList;
import java.util.List;

/** The events of a partition on their way to the event stage, and how far it is. One thread. */
final class OutgoingEvents {
  private static final long LOSS_NANOS = 1_000_000_000L;

  private final int producer;
  private List<CallEvent> events = new ArrayList<>();
  private long sequence;
  private long sentMarkNanos = Long.MIN_VALUE;

  /** When the last message came that was captured in a time of loss; 0 before. */
  private long lossNanos;

  /** The last owner has sent all events before this time, ns since 1970. */
  private long toldNanos = Long.MIN_VALUE;

  /** Null where the state ends with its process. */
  private SentEvents sent;

  /**
   * @param producer number of the partition
   */
  OutgoingEvents(int producer) {
    this.producer = producer;
  }

  /**
   * Keeps from now on what the event stage has not published yet, to be saved.
   *
   * @param forgotten told of each event that is too many
   */
  SentEvents keepSent(Runnable forgotten) {
    sent = new SentEvents(forgotten);
    return sent;
  }

  /** The last owner has sent all events before this time, ns since 1970. */
  void skipTo(long nanos) {
    toldNanos = nanos;
    sentMarkNanos = Math.max(sentMarkNanos, nanos);
  }

  /** A message that was captured in a time of loss has come. */
  void loss(long captureNanos) {
    lossNanos = captureNanos;
  }

  /**
   * @return false where the last owner has sent it
   */
  boolean add(CallEvent event) {
    if (event.timeNanos() < toldNanos) {
      return false;
    }
    boolean ofLoss = Math.abs(event.timeNanos() - lossNanos) <= LOSS_NANOS;
    events.add(ofLoss ? event.withLoss() : event);
    return true;
  }

  /** The events since the last time, or null if there are none and the watermark stands still. */
  EventBatch take(long markNanos) {
    return events.isEmpty() && markNanos <= sentMarkNanos ? null : takeAll(markNanos);
  }

  /** The same, even if there is nothing to say. */
  EventBatch takeAll(long markNanos) {
    sentMarkNanos = Math.max(markNanos, sentMarkNanos);
    EventBatch batch = new EventBatch(producer, sequence++, sentMarkNanos, events);
    if (sent != null) {
      events.forEach(sent::add);
    }
    events = new ArrayList<>();
    return batch;
  }

  /** The watermark is taken again with the next events, though it stands still. */
  void repeatMark() {
    sentMarkNanos = Long.MIN_VALUE;
  }

  /**
   * What the last owner has sent and the event stage had not published when that was saved, for a
   * stage that has never had it; null if there is nothing.
   */
  EventBatch unpublished() {
    List<CallEvent> again = sent.all();
    return again.isEmpty()
        ? null
        : new EventBatch(producer, 0, sequence++, sentMarkNanos, Long.MIN_VALUE, true, again);
  }

  /** Events before this time were published, ns since 1970. */
  void published(long nanos) {
    if (sent != null) {
      sent.published(nanos);
    }
  }

  void write(ImageWriter out) {
    sent.write(out);
    out.putLong(sequence);
    out.putLong(lossNanos);
    out.putLong(sentMarkNanos);
  }

  void read(ImageReader in) {
    sent.read(in);
    sequence = in.getLong();
    lossNanos = in.getLong();
    sentMarkNanos = in.getLong();
  }
}
