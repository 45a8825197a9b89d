package io.callscope.bus;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A source's way to the pcap writers: their senders and whether dumping is on. As a sink it is for
 * the source's thread, all else is for the context.
 */
public final class DumpLink implements BatchSink {
  private static final long ASK_MILLIS = 2000;
  private static final long REPLY_TIMEOUT_MILLIS = 10_000;

  private final Vertx vertx;
  private final DumpPlan plan;
  private final BatchPool pool = new BatchPool();
  private final SenderCounters acks = new SenderCounters("pcap_dump.acks");
  private final int current;
  private final CounterGroup group;
  private final BatchSenders senders;
  private MessageConsumer<JsonObject> state;
  private volatile boolean on;

  private final AtomicLong sent = new AtomicLong();

  /**
   * @param context where replies come in
   */
  public DumpLink(Vertx vertx, Context context, DumpPlan plan) {
    this.vertx = vertx;
    this.plan = plan;
    on = plan.on() && plan.workers() > 0;
    CounterGroup.Builder builder = new CounterGroup.Builder("pcap_dump");
    current =
        builder.add("crt_queued_msgs", CounterKind.GAUGE_MAX, "sent and not acknowledged yet");
    group = builder.build();
    senders =
        new BatchSenders(
            vertx,
            context,
            plan.workers(),
            Addresses::dump,
            plan.credits(),
            REPLY_TIMEOUT_MILLIS,
            acks,
            pool);
  }

  /** Listens whether dumping is on; done when it does and has asked for the first time. */
  public Future<Void> start() {
    if (plan.workers() == 0) {
      return Future.succeededFuture();
    }
    state =
        vertx
            .eventBus()
            .consumer(Addresses.DUMPING, message -> on = message.body().getBoolean("on", false));
    return state.completion().compose(ready -> ask());
  }

  /** The writers may be in another process, and say it only each second. */
  private Future<Void> ask() {
    return vertx
        .eventBus()
        .<JsonObject>request(
            Addresses.query("pcapdump"),
            new JsonObject().put("query", "status"),
            new DeliveryOptions().setSendTimeout(ASK_MILLIS))
        .onSuccess(status -> on = status.body().getBoolean("on", false))
        .otherwiseEmpty()
        .mapEmpty();
  }

  public DumpPlan plan() {
    return plan;
  }

  /** Where acknowledged batches come back. */
  public BatchPool pool() {
    return pool;
  }

  /** Dumping is on. For any thread. */
  public boolean isOn() {
    return on;
  }

  @Override
  public boolean credit(int worker, long timeoutNanos) throws InterruptedException {
    return senders.credit(worker, timeoutNanos);
  }

  @Override
  public int credits(int worker) {
    return senders.credits(worker);
  }

  @Override
  public void send(int worker, SipBatch batch) {
    sent.addAndGet(batch.size());
    senders.send(worker, batch);
  }

  /**
   * Waits until all writers have acknowledged everything. Not for an event loop.
   *
   * @param timeoutNanos longest wait for all writers together
   */
  public void awaitAcknowledged(long timeoutNanos) throws InterruptedException {
    senders.awaitAcknowledged(timeoutNanos);
  }

  /** None where nothing is ever dumped. */
  public List<CounterGroup> counterGroups() {
    if (plan.workers() == 0) {
      return List.of();
    }
    long acknowledged = acks.group.value(acks.records) + acks.group.value(acks.unacknowledged);
    group.set(current, Math.max(0, sent.get() - acknowledged));
    return List.of(group, acks.group);
  }

  /** Gives up what is not acknowledged, and counts it. */
  public void close() {
    senders.close();
    if (state != null) {
      state.unregister();
    }
  }
}
