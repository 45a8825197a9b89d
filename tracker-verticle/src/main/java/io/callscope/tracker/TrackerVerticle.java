package io.callscope.tracker;

import io.callscope.bus.Addresses;
import io.callscope.bus.Answers;
import io.callscope.bus.CounterPublisher;
import io.callscope.bus.EventBatch;
import io.callscope.bus.EventSender;
import io.callscope.bus.EventSenderCounters;
import io.callscope.bus.FirstOpen;
import io.callscope.bus.Replies;
import io.callscope.bus.SipBatch;
import io.callscope.counters.CounterGroup;
import io.callscope.query.Turns;
import io.callscope.tracker.partition.Partition;
import io.callscope.tracker.partition.PartitionControls;
import io.callscope.tracker.partition.PartitionQueries;
import io.callscope.tracker.state.StateConfig;
import io.callscope.tracker.state.StateKeeper;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tracker partition on the bus: {@link SipBatch}es in, {@link EventBatch}es out, queries and
 * controls answered. A batch is acknowledged once its events are on their way; while the event
 * stage lags, acknowledgements wait, and so does the source.
 */
public final class TrackerVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(TrackerVerticle.class);
  private static final String SERVICE = "tracker";
  private static final long TICK_MILLIS = 100;

  /** Ticks between two times that the event stage hears of a partition that has nothing to tell. */
  private static final int TICKS_OF_SILENCE = 20;

  /** What stopping may take with a state to save. */
  private static final long STOP_MILLIS = 20_000;

  /** Where the event stage ends too, there is nobody to ask. */
  private static final DeliveryOptions SHORT = new DeliveryOptions().setSendTimeout(2000);

  /** One that is there may be busy. */
  private static final int MARK_TRIES = 3;

  private static final long MARK_AGAIN_MILLIS = 200;

  private final TrackerConfig config;
  private final String instance;
  private final Partition partition;
  private final EventSenderCounters sends = new EventSenderCounters();
  private final Deque<Message<SipBatch>> unacknowledged = new ArrayDeque<>();

  /** Null where the state ends with its process. */
  private StateKeeper keeper;

  private boolean ready;
  private boolean replaced;
  private MessageConsumer<SipBatch> batches;
  private MessageConsumer<JsonObject> questions;
  private MessageConsumer<JsonObject> changes;
  private PartitionQueries queries;
  private PartitionControls controls;
  private CounterPublisher publisher;
  private EventSender sender;
  private long timer;
  private int ticks;
  private boolean stopping;

  public TrackerVerticle(TrackerConfig config) {
    this.config = config;
    instance = config.tenure().process().unique(SERVICE + "." + config.partition());
    partition =
        new Partition(
            config.partition(), config.settings().get(), config.traceBytes(), config.legs());
  }

  @Override
  public Future<?> start() {
    publisher = new CounterPublisher(vertx, SERVICE, instance, this::counters);
    Tenure tenure = config.tenure();
    sender =
        new EventSender(
            vertx,
            sends,
            tenure.term(),
            tenure.mayPass(),
            this::sendEvents,
            this::tellMark,
            partition::lost);
    Turns turns = new Turns(this::later, System::nanoTime, partition.walks());
    queries = new PartitionQueries(partition, turns, instance + "/" + tenure.term());
    controls = new PartitionControls(partition, turns);
    timer = vertx.setPeriodic(TICK_MILLIS, id -> tick());
    return restore(task -> context.runOnContext(turn -> task.run()))
        .compose(restored -> listen())
        .onSuccess(listening -> tellMark());
  }

  private List<CounterGroup> counters() {
    List<CounterGroup> groups = new ArrayList<>(partition.counters());
    groups.add(sends.group());
    return groups;
  }

  private Future<Void> restore(Executor later) {
    if (config.state() == null) {
      return Future.succeededFuture();
    }
    StateConfig state = new StateConfig(config.state().store(), this::onReplaced);
    keeper = partition.state().keeper(state, later, System::nanoTime, System::nanoTime);
    return Future.fromCompletionStage(keeper.start(), context).compose(restored -> catchUp());
  }

  /** What the last owner has told after it was saved for the last time is not told again. */
  private Future<Void> catchUp() {
    return mark(MARK_TRIES)
        .map(
            mark -> {
              partition.skipTo(mark);
              EventBatch again = mark == Long.MIN_VALUE ? partition.unpublished() : null;
              if (again != null) {
                sender.send(again);
              }
              return null;
            });
  }

  /** How far the event stage is; the smallest number where there is none. */
  private Future<Long> mark(int tries) {
    JsonObject query = new JsonObject().put("query", "mark").put("partition", config.partition());
    return vertx
        .eventBus()
        .<JsonObject>request(Addresses.query("eventstage"), query, SHORT)
        .map(answer -> answer.body().getLong("markNanos"))
        .recover(
            cause -> {
              if (isNobody(cause)) {
                return Future.succeededFuture(Long.MIN_VALUE);
              }
              if (tries > 1) {
                return vertx.timer(MARK_AGAIN_MILLIS).compose(later -> mark(tries - 1));
              }
              LOG.warn(
                  "partition {}: the event stage does not say how far it is; events may come twice",
                  config.partition(),
                  cause);
              return Future.succeededFuture(Long.MIN_VALUE);
            });
  }

  private static boolean isNobody(Throwable cause) {
    return cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
  }

  private Future<?> listen() {
    ready = true;
    var bus = vertx.eventBus();
    batches = bus.consumer(Addresses.sip(config.partition()), this::accept);
    questions = bus.consumer(Addresses.query(SERVICE, config.partition()), this::answer);
    changes = bus.consumer(Addresses.control(SERVICE), this::change);
    bus.<JsonObject>localConsumer(Addresses.PROCESSES, this::endAbandoned);
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
      questions.unregister();
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
    SipBatch batch = message.body();
    boolean isNext = partition.accept(batch, FirstOpen.of(message), System.nanoTime());
    batch.release();
    if (!isNext) {
      FirstOpen.refuse(message);
      return;
    }
    unacknowledged.add(message);
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

  private void endAbandoned(Message<JsonObject> message) {
    if (stopping || replaced) {
      return;
    }
    Set<String> alive =
        message.body().getJsonArray("alive").stream()
            .map(String::valueOf)
            .collect(Collectors.toSet());
    partition.endAbandoned(alive, System.nanoTime());
    sendEvents();
  }

  private void tick() {
    if (ready && !stopping && !replaced) {
      partition.published(sender.publishedNanos());
      partition.tick(System.nanoTime());
      if (keeper != null && ++ticks % TICKS_OF_SILENCE == 0) {
        partition.repeatMark();
      }
      sendEvents();
    }
    if (keeper != null) {
      keeper.tick();
    }
  }

  private void sendEvents() {
    if (sender.hasRoom() && !replaced) {
      EventBatch events = partition.takeEvents();
      if (events != null) {
        sender.send(events);
      }
      while (!unacknowledged.isEmpty()) {
        Replies.give(unacknowledged.poll(), null);
      }
    }
  }

  /** An event stage that has just begun waits until all partitions have said how far they are. */
  private void tellMark() {
    if (ready) {
      partition.repeatMark();
      sendEvents();
    }
  }

  /** The last events go out, and the state is saved, before the partition is gone. */
  @Override
  public Future<?> stop() {
    stopping = true;
    return (keeper == null ? end() : handOver())
        .eventually(() -> Future.succeededFuture(vertx.cancelTimer(timer)))
        .compose(done -> publisher.stop());
  }

  private Future<?> end() {
    sender.send(partition.takeLastEvents());
    return sender.drain();
  }

  /** Another owner goes on: what waits for its time waits there. */
  private Future<?> handOver() {
    if (!ready || replaced) {
      return sender.drop();
    }
    return Future.all(batches.unregister(), changes.unregister())
        .compose(
            silent -> {
              sendEvents();
              return Future.all(sender.drain(), saved());
            });
  }

  private Future<?> saved() {
    return Future.fromCompletionStage(keeper.stop(), context)
        .timeout(STOP_MILLIS, TimeUnit.MILLISECONDS)
        .onFailure(late -> keeper.stoppedWithout())
        .otherwiseEmpty();
  }
}
