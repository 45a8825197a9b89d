package io.callscope.feed;

import io.callscope.bus.BatchPool;
import io.callscope.bus.BatchSequences;
import io.callscope.bus.BatchSink;
import io.callscope.bus.DumpLink;
import io.callscope.bus.DumpPlan;
import io.callscope.bus.Envelope;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.bus.SipBatchBuilder;
import io.callscope.sip.CallIdHash;
import io.callscope.sip.SipIndex;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The messages of one source for the pcap writers: sorted by Call-ID, REGISTERs too, in batches
 * that leave when they are full and after a while. What the writers get is a copy of its own, since
 * they may lag behind the tracker. For the source's thread.
 */
public final class DumpFeed {
  /** Writers gather messages of a call anyway, so few large batches are better. */
  private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final DumpPlan plan;
  private final BooleanSupplier on;
  private final BatchSink sink;
  private final long patienceNanos;
  private final DumpFeedCounters counters = new DumpFeedCounters();
  private final SipBatchBuilder[] builders;
  private final int[] sizes;
  private final boolean[] used;

  /** Writers for which it has waited in vain: it does not again before they take something. */
  private final boolean[] hung;

  private int waiting;
  private long sentNanos;

  /**
   * @param source name of the source, unique among all processes
   * @param on whether dumping is on
   * @param sink to the writers
   * @param pool where acknowledged batches come back
   * @param patienceNanos longest wait for a writer whose queue is full; 0 for none
   */
  DumpFeed(
      String source,
      DumpPlan plan,
      BooleanSupplier on,
      BatchSink sink,
      BatchPool pool,
      long patienceNanos) {
    this.plan = plan;
    this.on = on;
    this.sink = sink;
    this.patienceNanos = patienceNanos;
    builders = new SipBatchBuilder[plan.workers()];
    long first = BatchSequences.first();
    Arrays.setAll(builders, i -> new SipBatchBuilder(source, pool, plan.recordsPerBatch(), first));
    sizes = new int[plan.workers()];
    used = new boolean[plan.workers()];
    hung = new boolean[plan.workers()];
  }

  /** The way of a source to the pcap writers, if there are any. */
  public static DumpFeed to(DumpLink link, String source, Overflow overflow) {
    return to(link, source, patienceNanos(overflow));
  }

  /**
   * The same for a source that does not wait for ever.
   *
   * @param patienceNanos longest wait for a writer; what finds no room then is dropped and counted
   */
  public static DumpFeed to(DumpLink link, String source, long patienceNanos) {
    return new DumpFeed(source, link.plan(), link::isOn, link, link.pool(), patienceNanos);
  }

  static long patienceNanos(Overflow overflow) {
    return overflow == Overflow.WAIT ? Long.MAX_VALUE : 0;
  }

  /** For a source of which nothing is ever dumped. */
  public static DumpFeed none() {
    return new DumpFeed("", DumpPlan.NONE, () -> false, null, new BatchPool(), 0);
  }

  /** Whether messages are wanted now; where not, calling the others costs more than asking. */
  boolean isOn() {
    return on.getAsBoolean();
  }

  /** Takes a message, or a payload that failed to parse, if it has a Call-ID and is wanted. */
  void add(RecordKind kind, Envelope envelope, int error, byte[] bytes, int from, int[] row)
      throws InterruptedException {
    boolean good = kind == RecordKind.MESSAGE && isTrackable(row);
    if (row[SipIndex.CALL_ID + 1] == 0 || (!good && !plan.errors())) {
      return;
    }
    counters.increment(counters.offered);
    int worker = CallIdHash.part(row[SipIndex.CALL_ID_HASH], builders.length);
    SipBatchBuilder builder = builders[worker];
    int length = envelope.leading + row[SipIndex.LENGTH] + envelope.trailing;
    if (!builder.hasRoom(length + envelope.notes.length())) {
      sendCounted(worker);
    }
    builder.addWhole(kind, envelope, error, bytes, from, row);
    sizes[worker]++;
    waiting++;
  }

  private static boolean isTrackable(int[] row) {
    return (row[SipIndex.FLAGS] & SipIndex.FLAGS_TRACKABLE) == SipIndex.FLAGS_TRACKABLE;
  }

  /** Makes room; the message for which it does that is lost with an interrupt. */
  private void sendCounted(int worker) throws InterruptedException {
    try {
      send(worker, hung[worker] ? 0 : patienceNanos);
    } catch (InterruptedException e) {
      counters.increment(counters.dropped);
      throw e;
    }
    if (sizes[worker] > 0) {
      counters.add(counters.dropped, builders[worker].discard());
      sizes[worker] = 0;
    }
  }

  /**
   * Sends what has waited for a while, if its writer takes it.
   *
   * @param monotonicNanos a clock of any zero
   */
  void tick(long monotonicNanos) throws InterruptedException {
    if (waiting > 0 && monotonicNanos - sentNanos >= MAX_WAIT_NANOS) {
      sentNanos = monotonicNanos;
      flush();
    }
  }

  /** Sends what there is, to writers that take it. */
  void flush() throws InterruptedException {
    if (waiting > 0) {
      waiting = 0;
      for (int worker = 0; worker < builders.length; worker++) {
        if (sizes[worker] > 0) {
          // The other half is for full batches: small ones would soon use all of them up.
          if (sink.credits(worker) > plan.credits() / 2) {
            send(worker, 0);
          }
          waiting += sizes[worker];
        }
      }
    }
  }

  private void send(int worker, long timeoutNanos) throws InterruptedException {
    if (!sink.credit(worker, 0)) {
      if (timeoutNanos == 0) {
        return;
      }
      counters.increment(counters.waits);
      if (!sink.credit(worker, timeoutNanos)) {
        hung[worker] = true;
        return;
      }
    }
    send(worker, false);
  }

  private void send(int worker, boolean last) {
    SipBatch batch = builders[worker].build(0, last);
    counters.add(counters.sent, batch.size());
    sizes[worker] = 0;
    used[worker] = !last;
    hung[worker] = false;
    sink.send(worker, batch);
  }

  /**
   * Sends the rest. What finds no room in time is dropped and counted. After an interrupt it may be
   * called again.
   *
   * @param timeoutNanos longest wait for one writer
   */
  void end(long timeoutNanos) throws InterruptedException {
    for (int worker = 0; worker < builders.length; worker++) {
      if ((sizes[worker] > 0 || used[worker]) && sink.credit(worker, wait(worker, timeoutNanos))) {
        send(worker, true);
      }
    }
    drop();
  }

  private long wait(int worker, long timeoutNanos) {
    if (hung[worker]) {
      return 0;
    }
    return patienceNanos == 0 ? timeoutNanos : Math.min(timeoutNanos, patienceNanos);
  }

  /** Drops and counts what was not sent. */
  void drop() {
    for (int worker = 0; worker < builders.length; worker++) {
      counters.add(counters.dropped, builders[worker].discard());
      sizes[worker] = 0;
    }
  }

  public DumpFeedCounters counters() {
    return counters;
  }
}
