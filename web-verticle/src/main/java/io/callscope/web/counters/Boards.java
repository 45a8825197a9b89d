package io.callscope.web.counters;

import io.callscope.bus.Addresses;
import io.callscope.counters.CounterTable;
import io.callscope.web.health.Health;
import io.callscope.web.health.Stages;
import io.callscope.web.health.StuckStages;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * The latest that each service instance said of its counters and each source of itself. All on the
 * context that made it; what it hands out may be read anywhere.
 */
public final class Boards {
  private static final long FRESH_WAIT_MILLIS = 250;
  private static final int MOST = 4096;
  private static final long RECENT_NANOS = 5_000_000_000L;

  private final Vertx vertx;
  private final TreeMap<String, JsonObject> counters = new TreeMap<>();
  private final TreeMap<String, Long> heardNanos = new TreeMap<>();
  private final TreeMap<String, JsonObject> sources = new TreeMap<>();
  private final RateWindow rates = new RateWindow();
  private final StuckStages stuck = new StuckStages();
  private final List<Wait> waits = new ArrayList<>();
  private CounterTable figures = new CounterTable();
  private boolean stale;

  private record Wait(Set<String> missing, Promise<Void> done) {}

  public Boards(Vertx vertx) {
    this.vertx = vertx;
  }

  public Future<?> start() {
    vertx.setPeriodic(1000, id -> sample());
    return Future.all(
        vertx
            .eventBus()
            .<JsonObject>consumer(Addresses.COUNTERS, m -> onCounters(m.body()))
            .completion(),
        vertx
            .eventBus()
            .<JsonObject>consumer(Addresses.SOURCES, m -> onSource(m.body()))
            .completion());
  }

  private void onCounters(JsonObject snapshot) {
    String instance = snapshot.getString("instance", "");
    if (counters.size() < MOST || counters.containsKey(instance)) {
      counters.put(instance, snapshot);
      stale = true;
      heardNanos.put(instance, System.nanoTime());
    }
    for (Wait wait : List.copyOf(waits)) {
      if (wait.missing.remove(instance) && wait.missing.isEmpty()) {
        wait.done.tryComplete();
      }
    }
  }

  private void onSource(JsonObject source) {
    String name = source.getString("source", "");
    if (sources.size() < MOST || sources.containsKey(name)) {
      sources.put(name, source);
    }
  }

  private void sample() {
    long now = System.nanoTime();
    CounterTable figures = figures();
    rates.sample(now, RateTotals.of(figures));
    stuck.sample(Stages.of(figures), now);
  }

  public Health health() {
    return Health.of(figures(), stuck.at(System.nanoTime()));
  }

  public RateWindow rates() {
    return rates;
  }

  public CounterTable figures() {
    if (stale) {
      figures = CounterTables.of(counters.values());
      stale = false;
    }
    return figures;
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

  public List<JsonObject> sources() {
    return List.copyOf(sources.values());
  }

  /** Whether there was input and all of it has ended. */
  public boolean inputEnded() {
    return !sources.isEmpty()
        && sources.values().stream()
            .allMatch(source -> Set.of("ended", "failed").contains(source.getString("state", "")));
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
