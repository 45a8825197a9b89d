package io.callscope.web.counters;

import io.callscope.bus.Addresses;
import io.callscope.bus.ProcessName;
import io.callscope.counters.CounterTable;
import io.callscope.web.health.Health;
import io.callscope.web.health.StageWatch;
import io.callscope.web.health.Stages;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The latest that each service instance said of its counters and each source of itself. All on the
 * context that made it; what it hands out may be read anywhere.
 */
public final class Boards {
  private static final long FRESH_WAIT_MILLIS = 250;

  private final Vertx vertx;
  private final CounterBoard counters;
  private final SourceBoard sources = new SourceBoard(this::ofNow);
  private final RateWindow rates = new RateWindow();
  private final StageWatch watch = new StageWatch();
  private final List<MessageConsumer<JsonObject>> consumers = new ArrayList<>();
  private final List<Wait> waits = new ArrayList<>();

  private record Wait(Set<String> missing, Promise<Void> done) {}

  /**
   * @param process the name of this process in a cluster, empty where one is all there is
   */
  public Boards(Vertx vertx, String process) {
    this.vertx = vertx;
    counters = new CounterBoard(process);
  }

  public Future<?> start() {
    vertx.setPeriodic(1000, id -> sample());
    consumers.add(vertx.eventBus().consumer(Addresses.COUNTERS, m -> onCounters(m.body())));
    consumers.add(vertx.eventBus().consumer(Addresses.SOURCES, m -> sources.hear(m.body())));
    return Future.all(consumers.stream().map(MessageConsumer::completion).toList());
  }

  /** Hears no more: what others publish last would be in vain, and the bus warn of it. */
  public Future<?> stop() {
    return Future.join(consumers.stream().map(MessageConsumer::unregister).toList());
  }

  private void onCounters(JsonObject snapshot) {
    String instance = snapshot.getString("instance", "");
    counters.hear(instance, snapshot, System.nanoTime());
    for (Wait wait : List.copyOf(waits)) {
      if (wait.missing.remove(instance) && wait.missing.isEmpty()) {
        wait.done.tryComplete();
      }
    }
  }

  private void sample() {
    long now = System.nanoTime();
    counters.settle(now);
    rates.sample(now, RateTotals.of(figures()));
    watch.sample(Stages.of(accounts()), now);
  }

  public Health health() {
    return Health.of(accounts(), watch.at(System.nanoTime()));
  }

  /**
   * The figures that must add up: each web server gets all events, so the own ring counts alone.
   */
  public CounterTable accounts() {
    return counters.accounts();
  }

  public RateWindow rates() {
    return rates;
  }

  public CounterTable figures() {
    return counters.figures();
  }

  /** What one instance said last, as it said it. */
  public CounterTable figuresOf(String instance) {
    return counters.figuresOf(instance);
  }

  /** What the instances of a process of a cluster said last. */
  public CounterTable figuresOfProcess(String process) {
    return counters.figuresOfProcess(process);
  }

  /** Whether a process of a cluster has told figures in the last seconds. */
  public boolean isHeard(String process) {
    return counters.isHeard(process, System.nanoTime());
  }

  /** Processes of a cluster that have told figures, also those that are gone. */
  public Set<String> processes() {
    return counters.processes();
  }

  /** Figures from now: of every instance that is alive, or what came within a quarter second. */
  public Future<CounterTable> fresh() {
    Set<String> missing = counters.heard(System.nanoTime());
    if (missing.isEmpty()) {
      return Future.succeededFuture(figures());
    }
    Wait wait = new Wait(missing, Promise.promise());
    waits.add(wait);
    long timer = vertx.setTimer(FRESH_WAIT_MILLIS, id -> wait.done.tryComplete());
    vertx.eventBus().publish(Addresses.COUNTERS_NOW, new JsonObject());
    return wait.done
        .future()
        .map(
            done -> {
              vertx.cancelTimer(timer);
              waits.remove(wait);
              return figures();
            });
  }

  /** The instances of a service that were heard in the last seconds. */
  public Set<String> instances(String service) {
    return counters.heard(service, System.nanoTime());
  }

  /** The sources; that of a process which has gone silent is read no more. */
  public List<JsonObject> sources() {
    return sources.all().stream().map(this::ofNow).toList();
  }

  private JsonObject ofNow(JsonObject source) {
    String process = ProcessName.of(source.getString("source", ""));
    boolean lost =
        !process.isEmpty() && "running".equals(source.getString("state")) && !isHeard(process);
    return lost
        ? source.copy().put("state", "failed").put("error", process + " is silent")
        : source;
  }

  /**
   * The clock of tracking, as far as the sources tell: the latest capture time, ns since 1970; the
   * wall clock where none tells.
   */
  public long clockNanos() {
    long latest =
        sources.all().stream().mapToLong(source -> source.getLong("lastNanos", 0L)).max().orElse(0);
    return latest > 0 ? latest : System.currentTimeMillis() * 1_000_000;
  }

  /** Whether there was input and all of it has ended. */
  public boolean inputEnded() {
    List<JsonObject> all = sources();
    return !all.isEmpty() && all.stream().allMatch(SourceBoard::isOver);
  }

  /** Service instances with the seconds since each was last heard. */
  public List<Instance> instances() {
    return counters.silentSeconds(System.nanoTime()).entrySet().stream()
        .map(one -> Instance.heard(one.getKey(), one.getValue()))
        .toList();
  }

  /** A service instance and whether it is heard. */
  public record Instance(String name, String state, String style) {
    private static Instance heard(String name, long secondsAgo) {
      return secondsAgo < 5
          ? new Instance(name, "alive", "ok")
          : new Instance(name, "silent for " + secondsAgo + " s", "warn");
    }
  }
}
