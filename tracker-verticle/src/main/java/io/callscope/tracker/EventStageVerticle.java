package io.callscope.tracker;

import io.callscope.bus.Addresses;
import io.callscope.bus.Answers;
import io.callscope.bus.CallEvent;
import io.callscope.bus.CounterPublisher;
import io.callscope.bus.EventBatch;
import io.callscope.bus.FirstOpen;
import io.callscope.bus.StageTerm;
import io.callscope.counters.CounterGroup;
import io.callscope.query.Turns;
import io.callscope.tracker.rate.RateCounters;
import io.callscope.tracker.rate.RateLimiter;
import io.callscope.tracker.stage.EventDelays;
import io.callscope.tracker.stage.EventStage;
import io.callscope.tracker.stage.FileNaming;
import io.callscope.tracker.stage.StageControls;
import io.callscope.tracker.stage.StageCounters;
import io.callscope.tracker.stage.StageProgress;
import io.callscope.tracker.stage.StageQueries;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event stage on the bus: the partitions' {@link EventBatch}es in, published events out. One in
 * a JVM or cluster.
 */
public final class EventStageVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(EventStageVerticle.class);
  private static final String SERVICE = "eventstage";
  private static final long PROGRESS_MILLIS = 100;

  /** A process that stands still for 10 s is taken for dead by the others. */
  private static final long SLEEP_NANOS = TimeUnit.SECONDS.toNanos(8);

  private final RateCounters rateCounters = new RateCounters();
  private final StageCounters stageCounters = new StageCounters();
  private final EventDelays delays = new EventDelays();
  private final RateLimiter limiter;
  private final EventStage stage;
  private final StageControls controls;
  private final FileNaming files;
  private final String instance;
  private final StageProgress progress;
  private final BooleanSupplier hasSuccessor;
  private final Runnable onSlept;
  private final boolean mayBeReplaced;
  private final StageTerm term;
  private StageQueries queries;
  private CounterPublisher publisher;
  private long timer;
  private long awakeNanos;
  private boolean slept;

  /** Its numbers are given back: what still comes is for its successor. */
  private boolean stopped;

  public EventStageVerticle(EventStageConfig config) {
    limiter = new RateLimiter(config.rates(), rateCounters);
    stage =
        new EventStage(
            config.partitions(),
            config.droppedTypes(),
            limiter,
            rateCounters,
            stageCounters,
            this::publish);
    controls = new StageControls(stage, limiter);
    files = config.files().get();
    hasSuccessor = config.hasSuccessor();
    onSlept = config.slept();
    mayBeReplaced = config.tenure().mayPass();
    term = new StageTerm(config.tenure().term());
    progress = config.progress();
    instance = config.tenure().process().unique(SERVICE);
  }

  private void publish(CallEvent event) {
    vertx.eventBus().publish(Addresses.event(event.type()), files.name(event));
    delays.published(event, System.currentTimeMillis() * 1_000_000);
  }

  @Override
  public Future<?> start() {
    publisher = new CounterPublisher(vertx, SERVICE, instance, this::counters);
    Turns turns = new Turns(this::later, System::nanoTime, nanos -> {});
    queries = new StageQueries(stage, limiter, turns);
    awakeNanos = System.nanoTime();
    timer = vertx.setPeriodic(PROGRESS_MILLIS, id -> tick());
    return Future.fromCompletionStage(progress.open(), context)
        .onSuccess(stage::goOn)
        .compose(ready -> listen());
  }

  private Future<?> listen() {
    var bus = vertx.eventBus();
    var batches = bus.<EventBatch>consumer(Addresses.EVENT_STAGE, this::accept);
    var questions = bus.<JsonObject>consumer(Addresses.query(SERVICE), this::answer);
    var changes = bus.<JsonObject>consumer(Addresses.control(SERVICE), this::change);
    var dumping =
        bus.<JsonObject>consumer(
            Addresses.DUMPING, message -> files.turn(message.body().getBoolean("on", false)));
    return Future.all(
        List.of(
            batches.completion(),
            questions.completion(),
            changes.completion(),
            dumping.completion(),
            publisher.start()));
  }

  private void tick() {
    if (isOwner()) {
      progress.reached(stage.point());
    }
  }

  /**
   * Whether this is certainly still the one event stage. One that was frozen, or stopped with its
   * machine, has work waiting when it goes on, and is told later that another does it now.
   */
  private boolean isOwner() {
    long now = System.nanoTime();
    if (mayBeReplaced && !slept && now - awakeNanos > SLEEP_NANOS) {
      slept = true;
      LOG.warn(
          "this process stood still for {} s: another may run the event stage",
          TimeUnit.NANOSECONDS.toSeconds(now - awakeNanos));
      onSlept.run();
    }
    awakeNanos = now;
    return !slept && !stopped;
  }

  private List<CounterGroup> counters() {
    List<CounterGroup> groups = new ArrayList<>(rateCounters.groups());
    groups.add(stageCounters.group());
    groups.add(delays.group());
    return groups;
  }

  /** A task that came right behind would come before what the sockets have. */
  private void later(Runnable task) {
    vertx.setTimer(1, id -> task.run());
  }

  private void accept(Message<EventBatch> message) {
    if (term.refuses(message)) {
      return;
    }
    if (isOwner() && stage.accept(message.body(), FirstOpen.of(message))) {
      term.acknowledge(message, stage.publishedNanos());
    } else {
      FirstOpen.refuse(message);
    }
  }

  private void answer(Message<JsonObject> message) {
    queries.ask(Answers.fields(message), Answers.to(message));
  }

  private void change(Message<JsonObject> message) {
    Answers.acknowledge(vertx, SERVICE, instance, message, controls::apply);
  }

  /** Publishes what still waits, unless another goes on with that. */
  @Override
  public Future<?> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    if (slept) {
      return publisher.stop();
    }
    if (!hasSuccessor.getAsBoolean()) {
      stage.drain();
    }
    return Future.fromCompletionStage(progress.close(stage.point()), context)
        .compose(closed -> publisher.stop());
  }
}
