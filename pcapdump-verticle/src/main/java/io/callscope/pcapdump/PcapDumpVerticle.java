package io.callscope.pcapdump;

import io.callscope.bus.Addresses;
import io.callscope.bus.Answers;
import io.callscope.bus.CallEvent;
import io.callscope.bus.CounterPublisher;
import io.callscope.bus.EventText;
import io.callscope.bus.EventType;
import io.callscope.bus.PartOfService;
import io.callscope.bus.Replies;
import io.callscope.counters.CounterGroup;
import io.callscope.pcapdump.file.CallFiles;
import io.callscope.pcapdump.file.DumpCounters;
import io.callscope.pcapdump.file.FailureLog;
import io.callscope.pcapdump.file.Limits;
import io.callscope.pcapdump.retention.Retention;
import io.callscope.pcapdump.retention.SweepCounters;
import io.callscope.pcapdump.retention.SweepSchedule;
import io.callscope.pcapdump.worker.DumpControls;
import io.callscope.pcapdump.worker.DumpState;
import io.callscope.pcapdump.worker.DumpWorker;
import io.callscope.pcapdump.worker.FileQueries;
import io.callscope.sip.CallIdHash;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service {@code pcapdump}: runs the writers, tells sources whether messages are wanted on
 * {@link Addresses#DUMPING}, answers queries and controls, and has old files removed.
 */
public final class PcapDumpVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(PcapDumpVerticle.class);
  static final String SERVICE = "pcapdump";
  private static final String POOL = "callscope-pcapdump";
  private static final long PERIOD_MILLIS = 1000;

  private static final int MAX_THREADS = 64;
  private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

  private final PcapDumpConfig config;
  private final DumpControls controls;
  private final String instance;
  private final Map<Integer, DumpCounters> counters = new ConcurrentHashMap<>();
  private final Set<Integer> running = ConcurrentHashMap.newKeySet();
  private final FailureLog failures = new FailureLog();
  private final EventCredits events;
  private final SweepCounters sweepCounters = new SweepCounters();
  private final Retention retention;
  private final SweepSchedule schedule;
  private WorkerExecutor sweeper;
  private CounterPublisher publisher;
  private long timer;
  private boolean sweeping;
  private volatile boolean stopping;

  public PcapDumpVerticle(PcapDumpConfig config) {
    this.config = config;
    instance = config.process().unique(SERVICE);
    controls = new DumpControls(config.on());
    events = new EventCredits(config.workers());
    retention =
        new Retention(
            config.directory(),
            config.names(),
            config.maxBytes(),
            config.maxAgeMillis(),
            sweepCounters,
            PcapDumpVerticle::millis);
    schedule = new SweepSchedule(config.maxBytes(), config.maxAgeMillis());
  }

  @Override
  public Future<?> start() {
    publisher = new CounterPublisher(vertx, SERVICE, instance, this::counterGroups);
    sweeper = vertx.createSharedWorkerExecutor(POOL + "-sweep", 1, 1, TimeUnit.HOURS);
    var bus = vertx.eventBus();
    return sweeper
        .executeBlocking(
            () -> {
              DumpDirectory.check(config.directory());
              return null;
            })
        .compose(ignored -> config.isShared() ? Future.succeededFuture() : deployWriters())
        .compose(
            ignored ->
                Future.all(
                    Answers.listen(vertx, SERVICE, config.process(), this::answer),
                    bus.<JsonObject>consumer(Addresses.control(SERVICE), this::change).completion(),
                    publisher.start()))
        .onSuccess(
            ignored -> {
              hearEvents();
              tick();
              timer = vertx.setPeriodic(PERIOD_MILLIS, id -> tick());
            });
  }

  private Future<?> deployWriters() {
    List<Future<String>> deployed = new ArrayList<>();
    for (int number = 0; number < config.workers(); number++) {
      deployed.add(
          vertx.deployVerticle(new PartOfService(context, writer(number)), writerOptions(config)));
    }
    return Future.all(deployed);
  }

  /** How a writer is deployed. */
  public static DeploymentOptions writerOptions(PcapDumpConfig config) {
    return new DeploymentOptions()
        .setThreadingModel(ThreadingModel.WORKER)
        .setWorkerPoolName(POOL)
        .setWorkerPoolSize(Math.min(config.workers(), MAX_THREADS));
  }

  /** One of the writers; where they are shared out it is up to others which of them run here. */
  public Deployable writer(int number) {
    DumpCounters own = counters.computeIfAbsent(number, first -> new DumpCounters());
    CallFiles files =
        new CallFiles(
            config.directory(), config.names(), config.isPcapng(), limits(), own, failures);
    DumpWorker worker =
        new DumpWorker(
            files, own, config.isPcapng(), config.partitions(), config.workers(), controls::state);
    return new DumpWorkerVerticle(
        number, worker, new FileQueries(files), events, running, config.flushMillis());
  }

  private Limits limits() {
    return Limits.share(
        config.workers(), config.flushMillis(), config.maxOpenFiles(), config.gatheredBytes());
  }

  /** Only pcapng has room for them. */
  private void hearEvents() {
    if (config.isPcapng()) {
      for (EventType type : EventType.values()) {
        vertx
            .eventBus()
            .<CallEvent>consumer(Addresses.event(type), message -> passOn(message.body()));
      }
    }
  }

  private void passOn(CallEvent event) {
    if (event.texts().has(EventText.CALL_ID)) {
      byte[] callId = event.texts().raw(EventText.CALL_ID);
      int hash = CallIdHash.of(callId, 0, callId.length);
      int worker = CallIdHash.part(hash, config.workers());
      if (running.contains(worker) && events.take(worker)) {
        vertx.eventBus().send(Addresses.dumpEvents(worker), event, LOCAL);
      }
    }
  }

  private List<CounterGroup> counterGroups() {
    List<CounterGroup> groups = new ArrayList<>();
    counters.values().forEach(ofWriter -> groups.add(ofWriter.group()));
    groups.add(events.group());
    groups.add(sweepCounters.group());
    return groups;
  }

  private void tick() {
    publishState();
    long written = counters.values().stream().mapToLong(DumpCounters::diskBytes).sum();
    if (!sweeping && schedule.isDue(millis(), written)) {
      sweep(written);
    }
  }

  private void publishState() {
    vertx.eventBus().publish(Addresses.DUMPING, new JsonObject().put("on", controls.state().on()));
  }

  private void sweep(long written) {
    sweeping = true;
    long startMillis = millis();
    sweeper
        .executeBlocking(() -> retention.sweep(System.currentTimeMillis(), () -> stopping))
        .onSuccess(left -> schedule.swept(millis(), millis() - startMillis, written, left))
        .onFailure(
            cause -> {
              LOG.error("old files could not be looked for", cause);
              sweepCounters.brokeOff();
              schedule.failed(millis());
            })
        .onComplete(ignored -> sweeping = false);
  }

  private void answer(Message<JsonObject> message) {
    Map<String, Object> asked = Answers.fields(message);
    if ("status".equals(asked.get("query"))) {
      Replies.give(message, new JsonObject(status()));
      return;
    }
    if (!"file".equals(asked.get("query")) && !"read".equals(asked.get("query"))) {
      Answers.to(message).refuse("no such query: " + asked.get("query"));
      return;
    }
    try {
      int worker = FileQueries.worker(asked, config.workers());
      vertx
          .eventBus()
          .<JsonObject>request(Addresses.query(SERVICE, worker), message.body())
          .onSuccess(answer -> Replies.give(message, answer.body()))
          .onFailure(cause -> Answers.to(message).refuse(cause.getMessage()));
    } catch (IllegalArgumentException e) {
      Answers.to(message).refuse(e.getMessage());
    }
  }

  private Map<String, Object> status() {
    DumpState state = controls.state();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("on", state.on());
    status.put("directory", config.directory().toString());
    status.put("format", config.isPcapng() ? "pcapng" : "pcap");
    status.put("onError", config.onError());
    status.put("filter", state.filter().fields());
    status.put("workers", config.workers());
    status.put("maxSize", config.maxBytes());
    status.put("maxAgeMillis", config.maxAgeMillis());
    return status;
  }

  private void change(Message<JsonObject> message) {
    Answers.acknowledge(vertx, SERVICE, instance, message, controls::apply);
    publishState();
  }

  /** The writers have stopped before it. */
  @Override
  public Future<?> stop() {
    stopping = true;
    vertx.cancelTimer(timer);
    return publisher.stop().compose(ignored -> sweeper.close());
  }

  private static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
