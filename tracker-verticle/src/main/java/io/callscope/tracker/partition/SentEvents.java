package io.callscope.tracker.partition;

import io.callscope.bus.CallEvent;
import io.callscope.tracker.state.EventImage;
import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;
import io.callscope.tracker.state.StateTable;
import io.callscope.tracker.state.StateWalk;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * What a partition has sent to the event stage and the stage has not published yet. Where both die
 * with one process, the next owner sends it again. One thread.
 */
final class SentEvents extends StateTable<SentEvent> {
  private static final int TAG = 3;
  static final int MAX_EVENTS = 100_000;
  private static final Comparator<SentEvent> BY_NUMBER = Comparator.comparingLong(sent -> sent.id);

  private final Deque<SentEvent> events = new ArrayDeque<>();
  private final Runnable forgotten;
  private long nextId;

  /**
   * @param forgotten told of each event that the next owner would not send, since there are too
   *     many
   */
  SentEvents(Runnable forgotten) {
    super(TAG);
    this.forgotten = forgotten;
  }

  void add(CallEvent event) {
    SentEvent sent = new SentEvent(nextId++, event);
    events.add(sent);
    added(sent);
    if (events.size() > MAX_EVENTS) {
      forgetFirst();
      forgotten.run();
    }
  }

  private void forgetFirst() {
    SentEvent first = events.poll();
    first.gone = true;
    removed(first);
  }

  /** Events before this time were published, ns since 1970. */
  void published(long nanos) {
    while (!events.isEmpty() && events.peek().event.timeNanos() < nanos) {
      forgetFirst();
    }
  }

  /** All of them, in the order in which they were sent. */
  List<CallEvent> all() {
    return events.stream().map(sent -> sent.event).toList();
  }

  @Override
  protected void writeImage(SentEvent sent, ImageWriter out) {
    EventImage.write(sent.event, out);
  }

  @Override
  protected SentEvent read(long id, ImageReader in) {
    return new SentEvent(id, EventImage.read(in));
  }

  @Override
  protected Comparator<SentEvent> order() {
    return BY_NUMBER;
  }

  @Override
  protected void restore(SentEvent sent) {
    events.add(sent);
    nextId = Math.max(nextId, sent.id + 1);
  }

  void write(ImageWriter out) {
    out.putLong(nextId);
  }

  void read(ImageReader in) {
    nextId = in.getLong();
  }

  @Override
  protected StateWalk<SentEvent> walk() {
    Iterator<SentEvent> walked = List.copyOf(events).iterator();
    return new StateWalk<>() {
      private SentEvent sent;

      @Override
      public boolean step() {
        sent = walked.hasNext() ? walked.next() : null;
        return sent != null;
      }

      @Override
      public SentEvent entry() {
        return sent.gone ? null : sent;
      }
    };
  }

  @Override
  protected int size() {
    return events.size();
  }
}
