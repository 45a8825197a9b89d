package io.callscope.web.counters;

import io.callscope.bus.Addresses;
import io.callscope.bus.ProcessName;
import io.callscope.counters.CounterTable;
import io.callscope.web.health.Health;
import io.callscope.web.health.Stages;
import io.callscope.web.health.StuckStages;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The latest that each service instance said of its counters and each source of itself. All on the
 * context that made it; what it hands out may be read anywhere.
 */
public final class Boards {
  private static final long FRESH_WAIT_MILLIS = 250;
  private static final int MOST = 4096;
  private static final long RECENT_NANOS = 5_000_000_000L;

  /** Instances that are gone whose figures are kept apart: those of ten processes. */
  static final int MOST_GONE = 256;

  private final Vertx vertx;
  private final String process;
  private final TreeMap<String, JsonObject> counters = new TreeMap<>();
  private final TreeMap<String, Long> heardNanos = new TreeMap<>();
  private final SourceBoard sources = new SourceBoard(this::ofNow);
  private final RateWindow rates = new RateWindow();
  private final StuckStages stuck = new StuckStages();
  private final List<MessageConsumer<JsonObject>> consumers = new ArrayList<>();
  private final List<Wait> waits = new ArrayList<>();
  private final FigureSum all = new FigureSum();
  private final FigureSum accounted = new FigureSum();
  private CounterTable figures = new CounterTable();
  private CounterTable accounts = figures;
  private Set<String> lastGone = Set.of();
  private boolean stale;

  private record Wait(Set<String> missing, Promise<Void> done) {}

  /**
   * @param process the name of this process in a cluster, empty where one is all there is
   */
  public Boards(Vertx vertx, String process) {
    this.vertx = vertx;
    this.process = process;
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
    if (snapshot.getJsonArray("groups", new JsonArray()).isEmpty()) {
      // Another has what it counted, as of uploads that were read; there is no end of those.
      counters.remove(instance);
      heardNanos.remove(instance);
      stale = true;
    } else {
      keep(instance, snapshot);
    }
    for (Wait wait : List.copyOf(waits)) {
      if (wait.missing.remove(instance) && wait.missing.isEmpty()) {
        wait.done.tryComplete();
      }
    }
  }

  private void keep(String instance, JsonObject snapshot) {
    if (counters.size() >= MOST && !counters.containsKey(instance)) {
      foldOne();
    }
    if (counters.size() < MOST || counters.containsKey(instance)) {
      counters.put(instance, snapshot);
      stale = true;
      heardNanos.put(instance, System.nanoTime());
    }
  }

  /** Processes come and go, each with instances of new names: no more is told of one by itself. */
  private void foldOne() {
    heardNanos.entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .filter(oldest -> System.nanoTime() - oldest.getValue() > RECENT_NANOS)
        .map(Map.Entry::getKey)
        .ifPresent(
            instance -> {
              fold(instance);
              setGone(gone(System.nanoTime()));
            });
  }

  /** Should it come back after all, what it had counted before counts twice. */
  private void fold(String instance) {
    JsonObject snapshot = counters.remove(instance);
    heardNanos.remove(instance);
    all.fold(snapshot);
    if (isAccounted(snapshot)) {
      accounted.fold(snapshot);
    }
  }

  /**
   * Those that have been gone for longest are folded where their process is gone too: where it
   * lives, what has moved away may come back and count on.
   */
  private void setGone(Set<String> gone) {
    Set<String> alive =
        heardNanos.keySet().stream()
            .filter(instance -> !gone.contains(instance))
            .map(ProcessName::of)
            .collect(Collectors.toSet());
    gone.stream()
        .filter(instance -> !alive.contains(ProcessName.of(instance)))
        .sorted(Comparator.comparing(heardNanos::get))
        .limit(Math.max(0, gone.size() - MOST_GONE))
        .toList()
        .forEach(
            longest -> {
              fold(longest);
              gone.remove(longest);
            });
    lastGone = gone;
    List<JsonObject> snapshots = gone.stream().map(counters::get).toList();
    all.gone(snapshots);
    accounted.gone(accounted(snapshots));
    stale = true;
  }

  private void sample() {
    long now = System.nanoTime();
    Set<String> gone = gone(now);
    if (!gone.equals(lastGone)) {
      setGone(gone);
    }
    CounterTable figures = figures();
    rates.sample(now, RateTotals.of(figures));
    stuck.sample(Stages.of(accounts()), now);
  }

  public Health health() {
    return Health.of(accounts(), stuck.at(System.nanoTime()));
  }

  /**
   * The figures that must add up: each web server gets all events, so the own ring counts alone.
   */
  public CounterTable accounts() {
    refresh();
    return accounts;
  }

  private boolean isAccounted(JsonObject snapshot) {
    return process.equals(ProcessName.of(snapshot.getString("instance", "")))
        || !"web".equals(snapshot.getString("service"));
  }

  private List<JsonObject> accounted(List<JsonObject> snapshots) {
    return snapshots.stream().filter(this::isAccounted).toList();
  }

  public RateWindow rates() {
    return rates;
  }

  public CounterTable figures() {
    refresh();
    return figures;
  }

  private void refresh() {
    if (stale) {
      stale = false;
      List<JsonObject> running = snapshots(instance -> !lastGone.contains(instance));
      figures = all.with(running);
      accounts = process.isEmpty() ? figures : accounted.with(accounted(running));
    }
  }

  /** What one instance said last, as it said it. */
  public CounterTable figuresOf(String instance) {
    JsonObject snapshot = counters.get(instance);
    return CounterTables.of(snapshot == null ? List.of() : List.of(snapshot));
  }

  /** What the instances of a process of a cluster said last. */
  public CounterTable figuresOfProcess(String process) {
    Predicate<String> own = instance -> process.equals(ProcessName.of(instance));
    CounterTable table = CounterTables.of(snapshots(own.and(one -> !lastGone.contains(one))));
    table.add(CounterTables.of(snapshots(own.and(lastGone::contains))).ended());
    return table;
  }

  private List<JsonObject> snapshots(Predicate<String> which) {
    return counters.entrySet().stream()
        .filter(one -> which.test(one.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The instances of a cluster that are silent: they have moved to another process, or died. */
  private Set<String> gone(long nowNanos) {
    Set<String> gone = new HashSet<>();
    heardNanos.forEach(
        (instance, heard) -> {
          if (nowNanos - heard >= RECENT_NANOS && !ProcessName.of(instance).isEmpty()) {
            gone.add(instance);
          }
        });
    return gone;
  }

  /** Whether a process of a cluster has told figures in the last seconds. */
  public boolean isHeard(String process) {
    long now = System.nanoTime();
    return heardNanos.entrySet().stream()
        .anyMatch(
            one ->
                now - one.getValue() < RECENT_NANOS
                    && process.equals(ProcessName.of(one.getKey())));
  }

  /** Processes of a cluster that have told figures, also those that are gone. */
  public Set<String> processes() {
    Set<String> processes = new TreeSet<>();
    heardNanos.keySet().forEach(instance -> processes.add(ProcessName.of(instance)));
    processes.remove("");
    return processes;
  }

  /** Figures from now: of every instance that is alive, or what came within a quarter second. */
  public Future<CounterTable> fresh() {
    Set<String> missing = new HashSet<>();
    long now = System.nanoTime();
    heardNanos.forEach(
        (instance, heard) -> {
          if (now - heard < RECENT_NANOS) {
            missing.add(instance);
          }
        });
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
    long now = System.nanoTime();
    Set<String> names = new HashSet<>();
    counters.forEach(
        (instance, snapshot) -> {
          if (service.equals(snapshot.getString("service"))
              && now - heardNanos.get(instance) < RECENT_NANOS) {
            names.add(instance);
          }
        });
    return names;
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
    long now = System.nanoTime();
    List<Instance> all = new ArrayList<>();
    heardNanos.forEach(
        (instance, heard) -> all.add(Instance.heard(instance, (now - heard) / 1_000_000_000L)));
    return all;
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
