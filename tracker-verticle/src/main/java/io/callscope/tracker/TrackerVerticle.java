package io.callscope.tracker;

import io.callscope.bus.Addresses;
import io.callscope.bus.Answers;
import io.callscope.bus.CounterPublisher;
import io.callscope.bus.EventBatch;
import io.callscope.bus.SipBatch;
import io.callscope.query.Turns;
import io.callscope.tracker.partition.Partition;
import io.callscope.tracker.partition.PartitionControls;
import io.callscope.tracker.partition.PartitionQueries;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One tracker partition on the bus: {@link SipBatch}es in, {@link EventBatch}es out, queries and
 * controls answered. A batch is acknowledged once its events are on their way; while the event
 * stage lags, acknowledgements wait, and so does the source.
 */
public final class TrackerVerticle extends VerticleBase {
  private static final String SERVICE = "tracker";
  private static final long TICK_MILLIS = 100;
  private static final long RETRY_MILLIS = 200;

  /** Event batches without an acknowledgement. */
  private static final int CREDITS = 16;

  private static final DeliveryOptions PATIENT = new DeliveryOptions().setSendTimeout(60_000);

  private final TrackerConfig config;
  private final String instance;
  private final Partition partition;
  private final Deque<Message<SipBatch>> unacknowledged = new ArrayDeque<>();
  private PartitionQueries queries;
  private PartitionControls controls;
  private CounterPublisher publisher;
  private long timer;
  private int inFlight;
  private Promise<Void> drained;

  public TrackerVerticle(TrackerConfig config) {
    this.config = config;
    instance = SERVICE + "." + config.partition();
    partition =
        new Partition(
            config.partition(), config.settings().get(), config.traceBytes(), config.legs());
  }

  @Override
  public Future<?> start() {
    publisher = new CounterPublisher(vertx, SERVICE, instance, partition::counters);
    Turns turns = new Turns(task -> context.runOnContext(turn -> task.run()));
    queries = new PartitionQueries(partition, turns);
    controls = new PartitionControls(partition, turns);
    var bus = vertx.eventBus();
    var batches = bus.<SipBatch>consumer(Addresses.sip(config.partition()), this::accept);
    var questions =
        bus.<JsonObject>consumer(Addresses.query(SERVICE, config.partition()), this::answer);
    var changes = bus.<JsonObject>consumer(Addresses.control(SERVICE), this::change);
    timer = vertx.setPeriodic(TICK_MILLIS, id -> tick());
    return Future.all(
        List.of(
            batches.completion(), questions.completion(), changes.completion(), publisher.start()));
  }

  private void accept(Message<SipBatch> message) {
    unacknowledged.add(message);
    partition.accept(message.body(), wallNanos());
    sendEvents();
  }

  private void answer(Message<JsonObject> message) {
    queries.ask(Answers.fields(message), Answers.to(message));
  }

  private void change(Message<JsonObject> message) {
    controls.apply(
        Answers.fields(message), Answers.acknowledgement(vertx, SERVICE, instance, message));
    sendEvents();
  }

  private void tick() {
    partition.tick(wallNanos());
    sendEvents();
  }

  private void sendEvents() {
    if (inFlight < CREDITS) {
      EventBatch events = partition.takeEvents();
      if (events != null) {
        send(events);
      }
      while (!unacknowledged.isEmpty()) {
        unacknowledged.poll().reply(null);
      }
    }
  }

  private void send(EventBatch events) {
    inFlight++;
    request(events);
  }

  private void request(EventBatch events) {
    vertx
        .eventBus()
        .request(Addresses.EVENT_STAGE, events, PATIENT)
        .onSuccess(reply -> done())
        .onFailure(cause -> retryOrLose(events, cause));
  }

  /** While there is no event stage, its events wait, and with them the sources. */
  private void retryOrLose(EventBatch events, Throwable cause) {
    if (drained == null && isNobodyThere(cause)) {
      vertx.setTimer(RETRY_MILLIS, id -> request(events));
    } else {
      partition.lost(events);
      done();
    }
  }

  private static boolean isNobodyThere(Throwable cause) {
    return cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
  }

  private void done() {
    inFlight--;
    sendEvents();
    if (drained != null && inFlight == 0) {
      drained.tryComplete();
    }
  }

  /** The last events go out before the partition is gone. */
  @Override
  public Future<?> stop() {
    vertx.cancelTimer(timer);
    drained = Promise.promise();
    send(partition.takeLastEvents());
    return drained.future().compose(done -> publisher.stop());
  }

  private static long wallNanos() {
    return System.currentTimeMillis() * 1_000_000;
  }
}
