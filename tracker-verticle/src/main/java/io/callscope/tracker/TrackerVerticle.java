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
import io.callscope.tracker.state.StateConfig;
import io.callscope.tracker.state.StateKeeper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One tracker partition on the bus: {@link SipBatch}es in, {@link EventBatch}es out, queries and
 * controls answered. A batch is acknowledged once its events are on their way; while the event
 * stage lags, acknowledgements wait, and so does the source.
 */
public final class TrackerVerticle extends VerticleBase {
  private static final String SERVICE = "tracker";
  private static final long TICK_MILLIS = 100;
  private static final long RETRY_MILLIS = 200;

  /** What stopping may take with a state to save. */
  private static final long STOP_MILLIS = 20_000;

  /** Event batches without an acknowledgement. */
  private static final int CREDITS = 16;

  private static final DeliveryOptions PATIENT = new DeliveryOptions().setSendTimeout(60_000);

  private final TrackerConfig config;
  private final String instance;
  private final Partition partition;
  private final Deque<Message<SipBatch>> unacknowledged = new ArrayDeque<>();

  /** Null where the state ends with its process. */
  private StateKeeper keeper;

  private boolean ready;
  private boolean replaced;
  private MessageConsumer<SipBatch> batches;
  private MessageConsumer<JsonObject> changes;
  private PartitionQueries queries;
  private PartitionControls controls;
  private CounterPublisher publisher;
  private long timer;
  private int inFlight;
  private Promise<Void> drained;
  private boolean givesUp;

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
    Turns turns = new Turns(this::later, System::nanoTime);
    queries = new PartitionQueries(partition, turns);
    controls = new PartitionControls(partition, turns);
    timer = vertx.setPeriodic(TICK_MILLIS, id -> tick());
    return restore(task -> context.runOnContext(turn -> task.run())).compose(restored -> listen());
  }

  private Future<Void> restore(Executor later) {
    if (config.state() == null) {
      return Future.succeededFuture();
    }
    StateConfig state = new StateConfig(config.state().store(), this::onReplaced);
    keeper = partition.state().keeper(state, later, System::nanoTime, System::nanoTime);
    return Future.fromCompletionStage(keeper.start(), context);
  }

  private Future<?> listen() {
    ready = true;
    var bus = vertx.eventBus();
    batches = bus.consumer(Addresses.sip(config.partition()), this::accept);
    var questions =
        bus.<JsonObject>consumer(Addresses.query(SERVICE, config.partition()), this::answer);
    changes = bus.consumer(Addresses.control(SERVICE), this::change);
    return Future.all(
        List.of(
            batches.completion(), questions.completion(), changes.completion(), publisher.start()));
  }

  /** Another owner has the partition: what this one would do now, that one does. */
  private void onReplaced() {
    replaced = true;
    unacknowledged.clear();
    if (ready) {
      batches.unregister();
      changes.unregister();
    }
    config.state().fenced().run();
  }

  /** A task that came right behind would come before what the sockets have. */
  private void later(Runnable task) {
    vertx.setTimer(1, id -> task.run());
  }

  private void accept(Message<SipBatch> message) {
    if (replaced) {
      return;
    }
    unacknowledged.add(message);
    partition.accept(message.body(), System.nanoTime());
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
    if (ready && drained == null && !replaced) {
      partition.tick(System.nanoTime());
      sendEvents();
    }
    if (keeper != null) {
      keeper.tick();
    }
  }

  private void sendEvents() {
    if (inFlight < CREDITS && !replaced) {
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
    if (!givesUp && isNobodyThere(cause)) {
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

  /** The last events go out, and the state is saved, before the partition is gone. */
  @Override
  public Future<?> stop() {
    drained = Promise.promise();
    return (keeper == null ? end() : handOver())
        .eventually(() -> Future.succeededFuture(vertx.cancelTimer(timer)))
        .compose(done -> publisher.stop());
  }

  private Future<?> end() {
    givesUp = true;
    send(partition.takeLastEvents());
    return drained.future();
  }

  /** Another owner goes on: what waits for its time waits there. */
  private Future<?> handOver() {
    if (!ready || replaced) {
      return Future.succeededFuture();
    }
    vertx.setTimer(
        STOP_MILLIS,
        id -> {
          givesUp = true;
          drained.tryComplete();
        });
    return Future.all(batches.unregister(), changes.unregister())
        .compose(
            silent -> {
              sendEvents();
              if (inFlight == 0) {
                drained.tryComplete();
              }
              return Future.all(drained.future(), saved());
            });
  }

  private Future<?> saved() {
    return Future.fromCompletionStage(keeper.stop(), context)
        .timeout(STOP_MILLIS, TimeUnit.MILLISECONDS)
        .onFailure(late -> keeper.stoppedWithout())
        .otherwiseEmpty();
  }
}
