package io.callscope.bus;

import io.callscope.counters.CounterGroup;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the batches of a source go: its senders to the partitions, and the way to the pcap writers.
 * On the source's context but where it is said otherwise.
 */
public final class Outlet {
  /** Longest wait for an acknowledgement before a batch is sent again. */
  private static final long REPLY_TIMEOUT_MILLIS = 5000;

  private final BatchPool pool = new BatchPool();
  private final SenderCounters counters = new SenderCounters("feed.acks");
  private final BatchSenders senders;
  private final DumpLink dump;

  /**
   * @param context where replies come in
   * @param credits most batches to one partition without an acknowledgement
   */
  public Outlet(Vertx vertx, Context context, int partitions, int credits, DumpPlan plan) {
    senders =
        new BatchSenders(
            vertx,
            context,
            partitions,
            Addresses::sip,
            credits,
            REPLY_TIMEOUT_MILLIS,
            counters,
            pool);
    dump = new DumpLink(vertx, context, plan);
  }

  /** To the partitions, for the source's thread. */
  public BatchSink partitions() {
    return senders;
  }

  /** Where the partitions' batches come back. */
  public BatchPool pool() {
    return pool;
  }

  public DumpLink dump() {
    return dump;
  }

  /** Done when it is known whether calls are dumped. */
  public Future<Void> start() {
    return dump.start();
  }

  public List<CounterGroup> counterGroups() {
    List<CounterGroup> groups = new ArrayList<>();
    groups.add(counters.group());
    groups.addAll(dump.counterGroups());
    return groups;
  }

  /**
   * Waits until the partitions have acknowledged everything. Not for an event loop.
   *
   * @return false if they were not in time
   */
  public boolean awaitPartitions(long timeoutNanos) throws InterruptedException {
    return senders.awaitAcknowledged(timeoutNanos);
  }

  /**
   * Waits until everything is acknowledged. Not for an event loop.
   *
   * @param timeoutNanos longest wait for partitions and pcap writers together
   */
  public void awaitAcknowledged(long timeoutNanos) throws InterruptedException {
    awaitAcknowledged(timeoutNanos, timeoutNanos);
  }

  /**
   * The same.
   *
   * @param writersNanos longest wait for the pcap writers
   */
  public void awaitAcknowledged(long timeoutNanos, long writersNanos) throws InterruptedException {
    long startNanos = System.nanoTime();
    senders.awaitAcknowledged(timeoutNanos);
    long leftNanos = Math.max(0, timeoutNanos - (System.nanoTime() - startNanos));
    dump.awaitAcknowledged(Math.min(writersNanos, leftNanos));
  }

  /** Gives up what is not acknowledged, and counts it. */
  public void close() {
    senders.close();
    dump.close();
  }
}
