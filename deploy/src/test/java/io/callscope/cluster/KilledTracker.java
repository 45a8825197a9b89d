package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Addresses;
import io.callscope.launcher.Program;
import io.callscope.testdata.Generate;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Kills one of two trackers while a generated capture is replayed at its own speed, and holds what
 * comes out against what the generator says must come out. Also to be run by hand, for figures:
 *
 * <pre>
 * java -cp … io.callscope.cluster.KilledTracker /tmp/killed 2000 30
 * </pre>
 */
final class KilledTracker {
  private static final int PARTITIONS = 8;
  private static final int TALK_SECONDS = 3;

  /**
   * What came of it.
   *
   * @param ownerlessMillis from the kill until the last partition had an owner that listens; 0 if
   *     that was not heard
   * @param counters of the trackers in the end, sums by name
   */
  record Result(EventBalance balance, long ownerlessMillis, Map<String, Long> counters) {}

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
        cluster.awaitShared(1);
        ownerlessMillis = TimeUnit.NANOSECONDS.toMillis(movedNanos - killed);
      }
      cluster.await(() -> !source.isAlive());
      assertThat(source.end()).as(cluster::errors).isZero();
      return new Result(
          EventBalance.of(folder.resolve("calls.events"), cluster.events()),
          ownerlessMillis,
          sums());
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
