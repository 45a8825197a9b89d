package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Addresses;
import io.callscope.bus.CallEvent;
import io.callscope.bus.EventText;
import io.callscope.launcher.Program;
import io.callscope.testdata.Generate;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills one of two trackers while a generated capture is replayed at its own speed, and holds what
 * comes out against what the generator says must come out. Also to be run by hand, for figures:
 *
 * <pre>
 * java -cp … io.callscope.cluster.KilledTracker /tmp/killed 2000 30
 * </pre>
 */
final class KilledTracker {
  private static final Logger LOG = LoggerFactory.getLogger(KilledTracker.class);
  private static final int PARTITIONS = 8;
  private static final int TALK_SECONDS = 3;

  /**
   * What came of it.
   *
   * @param calls in the capture
   * @param silent calls of which nothing at all was told
   * @param missing events that must come and did not; a call may have several
   * @param surplus events that came and must not, or twice
   * @param touched calls that miss an event or have one too many
   * @param ownerlessMillis from the kill until the last partition had an owner that listens; 0 if
   *     that was not heard
   * @param counters of the trackers in the end, sums by name
   */
  record Result(
      int calls,
      int silent,
      int missing,
      int surplus,
      int touched,
      long ownerlessMillis,
      Map<String, Long> counters) {}

  private final Map<String, Map<String, Long>> counters = new ConcurrentHashMap<>();

  /** When the last partition was taken over. */
  private volatile long movedNanos;

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int callsPerSecond = Integer.parseInt(arguments[1]);
    int seconds = Integer.parseInt(arguments[2]);
    boolean kills = arguments.length < 4;
    Result result = new KilledTracker().run(folder, callsPerSecond, seconds, kills);
    System.out.println(result);
  }

  /** Two trackers, one of which dies in the middle if it is to. */
  Result run(Path folder, int callsPerSecond, int seconds, boolean kills) throws Exception {
    Path capture = folder.resolve("calls.pcap");
    int calls = callsPerSecond * seconds;
    int generated =
        Generate.run(
            new String[] {
              capture.toString(),
              "--golden",
              "--calls=" + calls,
              "--cps=" + callsPerSecond,
              "--duration=" + TALK_SECONDS,
              "--two-legs=0",
              "--mix=answered=6,early=2,reinvite=1,reject=1,cancel=1"
            },
            System.out,
            System.err);
    assertThat(generated).isZero();
    try (Cluster cluster = new Cluster(folder, PARTITIONS, 3)) {
      Program first = cluster.start(0, "tracker");
      cluster.start(1, "tracker");
      cluster.join();
      listen(cluster);
      cluster.awaitShared(2);
      Program source =
          cluster.start(
              2, "capture", "-pcap", capture.toString(), "-replay", "-end_force_timeout", "200ms");
      cluster.await(() -> cluster.events().size() > calls / 3);
      long ownerlessMillis = 0;
      if (kills) {
        long killed = System.nanoTime();
        movedNanos = killed;
        first.kill();
        awaitNewOwners(cluster);
        ownerlessMillis = TimeUnit.NANOSECONDS.toMillis(movedNanos - killed);
      }
      cluster.await(() -> !source.isAlive());
      assertThat(source.end()).as(cluster::errors).isZero();
      return result(golden(folder.resolve("calls.events")), cluster.events(), ownerlessMillis);
    }
  }

  /** What is asked of a process that has just died is answered by nobody. */
  private static void awaitNewOwners(Cluster cluster) throws Exception {
    while (true) {
      try {
        cluster.awaitShared(1);
        return;
      } catch (TimeoutException | ReplyException e) {
        LOG.info("nobody has answered, asking again");
      }
    }
  }

  private void listen(Cluster cluster) {
    cluster
        .vertx()
        .eventBus()
        .<JsonObject>consumer(
            Addresses.MOVED,
            message -> {
              if (message.body().getString("address").startsWith("callscope.sip.")) {
                movedNanos = System.nanoTime();
              }
            })
        .completion()
        .await();
    cluster
        .vertx()
        .eventBus()
        .<JsonObject>consumer(Addresses.COUNTERS, message -> note(message.body()))
        .completion()
        .await();
  }

  private void note(JsonObject snapshot) {
    if (!snapshot.getString("service").equals("tracker")) {
      return;
    }
    Map<String, Long> values = new HashMap<>();
    for (Object group : snapshot.getJsonArray("groups")) {
      String name = ((JsonObject) group).getString("name");
      for (Object counter : ((JsonObject) group).getJsonArray("counters")) {
        JsonObject c = (JsonObject) counter;
        values.put(name + "." + c.getString("name"), c.getLong("value"));
        if (c.containsKey("max")) {
          values.put(name + "." + c.getString("name") + ".max", c.getLong("max"));
        }
      }
    }
    counters.put(snapshot.getString("instance"), values);
  }

  /** The events that must come: how often each type, by Call-ID. */
  private static Map<String, Map<String, Integer>> golden(Path file) throws Exception {
    Map<String, Map<String, Integer>> golden = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] fields = line.split("\t", -1);
      count(golden, fields[1], fields[0]);
    }
    return golden;
  }

  private static void count(Map<String, Map<String, Integer>> counts, String callId, String type) {
    counts.computeIfAbsent(callId, id -> new HashMap<>()).merge(type, 1, Integer::sum);
  }

  private Result result(
      Map<String, Map<String, Integer>> golden, List<CallEvent> events, long ownerlessMillis) {
    Map<String, Map<String, Integer>> told = new HashMap<>();
    for (CallEvent event : events) {
      count(told, event.text(EventText.CALL_ID), event.type().text());
    }
    Set<String> callIds = new HashSet<>(golden.keySet());
    callIds.addAll(told.keySet());
    int missing = 0;
    int surplus = 0;
    int silent = 0;
    int touched = 0;
    for (String callId : callIds) {
      Map<String, Integer> must = golden.getOrDefault(callId, Map.of());
      Map<String, Integer> has = told.getOrDefault(callId, Map.of());
      int less = less(has, must);
      int more = less(must, has);
      missing += less;
      surplus += more;
      touched += less + more > 0 ? 1 : 0;
      silent += has.isEmpty() ? 1 : 0;
    }
    return new Result(golden.size(), silent, missing, surplus, touched, ownerlessMillis, sums());
  }

  /** How many events of the second the first has not. */
  private static int less(Map<String, Integer> first, Map<String, Integer> second) {
    int less = 0;
    for (Map.Entry<String, Integer> type : second.entrySet()) {
      less += Math.max(0, type.getValue() - first.getOrDefault(type.getKey(), 0));
    }
    return less;
  }

  private Map<String, Long> sums() {
    Map<String, Long> sums = new TreeMap<>();
    for (Map<String, Long> values : counters.values()) {
      values.forEach(
          (name, value) -> {
            if (name.startsWith("state.") || name.startsWith("partition.")) {
              sums.merge(name, value, name.endsWith(".max") ? Math::max : Long::sum);
            }
          });
    }
    return sums;
  }
}
