package io.callscope.web.counters;

import io.callscope.bus.CounterJson;
import io.callscope.bus.ProcessName;
import io.callscope.counters.CounterTable;
import io.vertx.core.json.JsonObject;
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
 * The latest that each service instance said of its counters, and what those that are gone had
 * counted. One thread; time is an argument, of any clock that no one sets.
 */
final class CounterBoard {
  private static final int MOST = 4096;
  private static final long RECENT_NANOS = 5_000_000_000L;

  /** Instances that are gone whose figures are kept apart: those of ten processes. */
  static final int MOST_GONE = 256;

  private final String process;
  private final TreeMap<String, JsonObject> counters = new TreeMap<>();
  private final TreeMap<String, Long> heardNanos = new TreeMap<>();
  private final FigureSum all = new FigureSum();
  private final FigureSum accounted = new FigureSum();
  private CounterTable figures = new CounterTable();
  private CounterTable accounts = figures;
  private Set<String> lastGone = Set.of();
  private boolean stale;

  /**
   * @param process the name of this process in a cluster, empty where one is all there is
   */
  CounterBoard(String process) {
    this.process = process;
  }

  void hear(String instance, JsonObject snapshot, long nowNanos) {
    if (CounterJson.isEmpty(snapshot)) {
      counters.remove(instance);
      heardNanos.remove(instance);
      stale = true;
      return;
    }
    if (counters.size() >= MOST && !counters.containsKey(instance)) {
      foldOne(nowNanos);
    }
    if (counters.size() < MOST || counters.containsKey(instance)) {
      counters.put(instance, snapshot);
      stale = true;
      heardNanos.put(instance, nowNanos);
    }
  }

  /** Notes who has fallen silent, or spoken again, since the last time. */
  void settle(long nowNanos) {
    Set<String> gone = gone(nowNanos);
    if (!gone.equals(lastGone)) {
      setGone(gone);
    }
  }

  /** Processes come and go, each with instances of new names: no more is told of one by itself. */
  private void foldOne(long nowNanos) {
    heardNanos.entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .filter(oldest -> nowNanos - oldest.getValue() > RECENT_NANOS)
        .map(Map.Entry::getKey)
        .ifPresent(
            instance -> {
              fold(instance);
              setGone(gone(nowNanos));
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

  /**
   * The figures that must add up: each web server gets all events, so the own ring counts alone.
   */
  CounterTable accounts() {
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

  CounterTable figures() {
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
  CounterTable figuresOf(String instance) {
    JsonObject snapshot = counters.get(instance);
    return CounterTables.of(snapshot == null ? List.of() : List.of(snapshot));
  }

  /** What the instances of a process of a cluster said last. */
  CounterTable figuresOfProcess(String process) {
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
          if (!isRecent(heard, nowNanos) && !ProcessName.of(instance).isEmpty()) {
            gone.add(instance);
          }
        });
    return gone;
  }

  private static boolean isRecent(long heardNanos, long nowNanos) {
    return nowNanos - heardNanos < RECENT_NANOS;
  }

  /** The instances that were heard in the last seconds. */
  Set<String> heard(long nowNanos) {
    Set<String> heard = new HashSet<>();
    heardNanos.forEach(
        (instance, nanos) -> {
          if (isRecent(nanos, nowNanos)) {
            heard.add(instance);
          }
        });
    return heard;
  }

  /** Of them, those of a service. */
  Set<String> heard(String service, long nowNanos) {
    Set<String> heard = heard(nowNanos);
    heard.removeIf(instance -> !service.equals(counters.get(instance).getString("service")));
    return heard;
  }

  /** Whether a process of a cluster has told figures in the last seconds. */
  boolean isHeard(String process, long nowNanos) {
    return heardNanos.entrySet().stream()
        .anyMatch(
            one ->
                isRecent(one.getValue(), nowNanos) && process.equals(ProcessName.of(one.getKey())));
  }

  /** Processes of a cluster that have told figures, also those that are gone. */
  Set<String> processes() {
    Set<String> processes = new TreeSet<>();
    heardNanos.keySet().forEach(instance -> processes.add(ProcessName.of(instance)));
    processes.remove("");
    return processes;
  }

  /** The seconds since each instance was heard. */
  Map<String, Long> silentSeconds(long nowNanos) {
    Map<String, Long> seconds = new TreeMap<>();
    heardNanos.forEach(
        (instance, nanos) -> seconds.put(instance, (nowNanos - nanos) / 1_000_000_000L));
    return seconds;
  }
}
