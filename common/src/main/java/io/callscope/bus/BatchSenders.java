package io.callscope.bus;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.function.IntFunction;

/** A source's senders, one for each partition or worker. */
public final class BatchSenders implements BatchSink {
  private final BatchSender[] senders;
  private final MessageConsumer<JsonObject> moved;

  /**
   * On the context.
   *
   * @param context where replies come in
   * @param address of each partition
   * @param credits most batches to one partition without an acknowledgement
   * @param timeoutMillis longest wait for an acknowledgement before a batch is sent again
   * @param pool takes what is acknowledged
   */
  public BatchSenders(
      Vertx vertx,
      Context context,
      int partitions,
      IntFunction<String> address,
      int credits,
      long timeoutMillis,
      SenderCounters counters,
      BatchPool pool) {
    senders = new BatchSender[partitions];
    for (int p = 0; p < partitions; p++) {
      senders[p] =
          new BatchSender(vertx, context, address.apply(p), credits, timeoutMillis, counters, pool);
    }
    moved = vertx.eventBus().consumer(Addresses.MOVED, this::resend);
  }

  private void resend(Message<JsonObject> message) {
    String address = message.body().getString("address", "");
    for (BatchSender sender : senders) {
      if (sender.address().equals(address)) {
        sender.resend();
      }
    }
  }

  @Override
  public boolean credit(int partition, long timeoutNanos) throws InterruptedException {
    return senders[partition].credit(timeoutNanos);
  }

  @Override
  public int credits(int partition) {
    return senders[partition].credits();
  }

  @Override
  public void send(int partition, SipBatch batch) {
    senders[partition].send(batch);
  }

  /**
   * Waits until everything is acknowledged. Not for an event loop.
   *
   * @param timeoutNanos longest wait for all partitions together
   * @return false if it was not in time
   */
  public boolean awaitAcknowledged(long timeoutNanos) throws InterruptedException {
    long startNanos = System.nanoTime();
    boolean all = true;
    for (BatchSender sender : senders) {
      long left = timeoutNanos - (System.nanoTime() - startNanos);
      all &= sender.awaitAcknowledged(Math.max(0, left));
    }
    return all;
  }

  /** Gives up what is not acknowledged, and counts it. On the context. */
  public void close() {
    moved.unregister();
    for (BatchSender sender : senders) {
      sender.close();
    }
  }
}
