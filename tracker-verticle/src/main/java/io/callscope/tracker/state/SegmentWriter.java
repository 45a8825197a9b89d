package io.callscope.tracker.state;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Cuts records into segments and takes them to the store, a few at a time, each until the store has
 * it. On the partition's thread.
 */
final class SegmentWriter {
  /** Segments on their way, or waiting for it, before no more are made. */
  private static final int MAX_SEGMENTS = 4;

  private static final long FIRST_BACK_OFF_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_BACK_OFF_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final StateOwner owner;
  private final SegmentLog log;
  private final int fullBytes;
  private final StateCounters counters;
  private final Executor thread;
  private final Runnable progress;

  private final ImageWriter out = new ImageWriter();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private long unwrittenBytes;
  private int inFlight;
  private long closedBytes;
  private long backOffNanos = FIRST_BACK_OFF_NANOS;
  private boolean failed;
  private boolean waits;
  private long notBeforeNanos;

  /**
   * @param fullBytes a segment of so many is closed
   * @param progress told when a request to the store has ended
   */
  SegmentWriter(
      StateOwner owner,
      SegmentLog log,
      int fullBytes,
      StateCounters counters,
      Executor thread,
      Runnable progress) {
    this.owner = owner;
    this.log = log;
    this.fullBytes = fullBytes;
    this.counters = counters;
    this.thread = thread;
    this.progress = progress;
    Segments.begin(out);
  }

  /** Takes the next records. */
  ImageWriter out() {
    return out;
  }

  /** Bytes of all records so far. */
  long bytes() {
    return closedBytes + out.size();
  }

  /** There is room for another segment. */
  boolean hasRoom() {
    return inFlight + waiting.size() < MAX_SEGMENTS;
  }

  /** Bytes that the store does not have yet. */
  long unwrittenBytes() {
    return unwrittenBytes;
  }

  /** The store has all that was closed. */
  boolean isDone() {
    return inFlight == 0 && waiting.isEmpty();
  }

  /** A record is whole. */
  void recordWritten() {
    if (out.size() >= fullBytes) {
      close();
    }
  }

  /** What was written so far goes to the store. */
  void close() {
    if (out.size() > Integer.BYTES) {
      byte[] segment = Segments.end(out);
      long number = log.next();
      log.add(segment.length);
      closedBytes += segment.length;
      unwrittenBytes += segment.length;
      request(
          () -> owner.store().write(owner.partition(), number, segment),
          done -> {
            unwrittenBytes -= segment.length;
            counters.increment(counters.segments);
            counters.add(counters.bytes, segment.length);
          });
      Segments.begin(out);
    }
  }

  /** What is done with the answer of the store. */
  interface Answer<T> {
    void take(T answer);
  }

  /** Asks the store for something until it is done. */
  <T> void request(Supplier<CompletionStage<T>> request, Answer<T> answer) {
    waiting.add(() -> send(request, answer));
  }

  private <T> void send(Supplier<CompletionStage<T>> request, Answer<T> answer) {
    inFlight++;
    request
        .get()
        .whenCompleteAsync(
            (done, failure) -> {
              inFlight--;
              if (failure == null) {
                backOffNanos = FIRST_BACK_OFF_NANOS;
                answer.take(done);
              } else {
                counters.increment(counters.failures);
                failed = true;
                waiting.addFirst(() -> send(request, answer));
              }
              progress.run();
            },
            thread);
  }

  /** Sends what waits, unless the store has failed just now. */
  void send(long nowNanos) {
    if (failed) {
      failed = false;
      waits = true;
      notBeforeNanos = nowNanos + backOffNanos;
      backOffNanos = Math.min(2 * backOffNanos, LONGEST_BACK_OFF_NANOS);
    }
    waits &= nowNanos - notBeforeNanos < 0;
    while (!waits && !waiting.isEmpty() && inFlight < MAX_SEGMENTS) {
      waiting.poll().run();
    }
  }
}
