package io.callscope.bench.soak;

import io.callscope.counters.CounterTable;
import io.callscope.testdata.sbc.CallScript;
import io.callscope.testdata.sbc.Fleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs the program under mixed traffic and judges: all is accounted for, and neither memory nor
 * threads nor files grow. {@code bench/soak} calls it.
 *
 * <pre>
 * Soak ROOT LOG MINUTES MESSAGES_PER_SECOND [DIRECTORY_OF_CALLS]
 * </pre>
 */
public final class Soak {
  private static final long MEBI = 1 << 20;
  private static final int SBCS = 10;
  private static final double SBC_SHARE = 0.05;
  private static final long SAMPLE_SECONDS = 5;

  /** Half of it may be over before the compiler, the caches and the tables have all they want. */
  private static final double MIN_JUDGED_MINUTES = 6;

  private static final double MAX_BEHIND_SECONDS = 5;
  private static final double MAX_STOP_SECONDS = 10;

  private final Subject subject;
  private final Verdict verdict = new Verdict();
  private final Series heap = new Series("heap after collections, MiB", MEBI, 0.15, 64 * MEBI);
  private final Series resident = new Series("resident memory, MiB", MEBI, 0.1, 128 * MEBI);
  private final Series direct = new Series("direct memory, MiB", MEBI, 0.05, 8 * MEBI);
  private final Series threads = new Series("threads", 1, 0, 3);
  private final Series files = new Series("open files and sockets", 1, 0, 20);
  private final Series calls = new Series("calls followed", 1, 0.1, 1000);
  private final List<Series> all = List.of(heap, resident, direct, threads, files, calls);

  private Soak(Subject subject) {
    this.subject = subject;
  }

  /** Exits with 0 if all is well, else with 1. */
  public static void main(String[] arguments) throws Exception {
    double minutes = Double.parseDouble(arguments[2]);
    double rate = Double.parseDouble(arguments[3]);
    boolean good;
    String calls = arguments.length > 4 ? arguments[4] : "";
    try (Subject subject = new Subject(Path.of(arguments[0]), Path.of(arguments[1]), calls)) {
      Soak soak = new Soak(subject);
      soak.run(minutes, rate);
      System.out.print(soak.verdict.table());
      good = soak.verdict.isGood();
    }
    System.exit(good ? 0 : 1);
  }

  private void run(double minutes, double rate) throws Exception {
    long seconds = Math.round(minutes * 60);
    ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
    var sampling =
        sampler.scheduleWithFixedDelay(
            this::sample, SAMPLE_SECONDS, SAMPLE_SECONDS, TimeUnit.SECONDS);
    Fleet fleet = fleet(seconds, rate * SBC_SHARE);
    Thread sbcs = new Thread(() -> run(fleet), "sbcs");
    sbcs.setDaemon(true);
    People people = new People(subject);
    verdict.say("began", Instant.now().toString());
    try (TrafficMix mix = new TrafficMix(rate * (1 - SBC_SHARE))) {
      sbcs.start();
      mix.write(subject.input(), seconds);
      subject.input().close();
      sbcs.join(TimeUnit.MINUTES.toMillis(5));
      people.goHome();
      sampling.cancel(false);
      sampler.shutdown();
      CounterTable end = settled();
      verdict.say("minutes", String.format("%.1f", minutes));
      verdict.say("packets sent", mix.packets());
      verdict.say(
          "messages a second", Math.round(end.value("pkt_stats.parse_ok") / (double) seconds));
      verdict.check("packets counted", end.value("pkt_stats.total_packets"), mix.packets());
      verdict.limit("behind at most, s", mix.behindSeconds(), MAX_BEHIND_SECONDS);
    }
    CounterTable end = subject.counters();
    verdict.check("records of SBCs handled", end.value("ipfix.sets"), sets(end, fleet));
    verdict.check(
        "messages put in by hand", end.value("pkt_stats.injected_udp"), people.injected());
    verdict.say("pages opened", people.pages());
    verdict.say("MiB of events streamed", people.streamedBytes() / MEBI);
    verdict.check("requests that failed", people.failed(), 0);
    fleet.errors().forEach(verdict::bad);
    account();
    faults(end);
    growth(minutes);
    verdict.limit("stop, s", stopSeconds(), MAX_STOP_SECONDS);
  }

  private static void run(Fleet fleet) {
    try {
      fleet.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Fleet fleet(long seconds, double recordsPerSecond) {
    return new Fleet(
        new Fleet.Plan(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), subject.ipfixPort()),
            "soak",
            SBCS,
            recordsPerSecond,
            seconds,
            List.of(CallScript.Kind.values()),
            null,
            true,
            false,
            30,
            null));
  }

  /** Beside its records an SBC connects and keeps alive. */
  private static long sets(CounterTable end, Fleet fleet) {
    return fleet.sent() + end.value("ipfix.conn_open") + end.value("ipfix.keepalives");
  }

  /** What never ends well is no sample; the end of the program is seen elsewhere. */
  private void sample() {
    try {
      CounterTable table = subject.counters();
      heap.add(table.value("process.heap_live_bytes"));
      direct.add(table.value("process.direct_bytes"));
      threads.add(table.value("process.threads"));
      files.add(table.value("process.open_files"));
      calls.add(table.value("calls.active"));
      resident.add(subject.residentBytes());
    } catch (IOException e) {
      verdict.bad("no sample: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Once nothing moves any more. */
  private CounterTable settled() throws IOException, InterruptedException {
    long before = -1;
    CounterTable table = subject.counters();
    for (int i = 0; i < 60 && before != moved(table); i++) {
      before = moved(table);
      TimeUnit.SECONDS.sleep(3);
      table = subject.counters();
    }
    return table;
  }

  private static long moved(CounterTable table) {
    return table.value("pkt_stats.total_packets")
        + table.value("ipfix.sets")
        + table.value("partition.messages");
  }

  private void account() throws IOException, InterruptedException {
    JsonArray stages = subject.stages();
    for (int i = 0; i < stages.size(); i++) {
      JsonObject stage = stages.getJsonObject(i);
      String name = "stage " + stage.getString("name");
      verdict.check(name + ", not accounted for", stage.getLong("open"), 0);
      if (stage.getLong("lost") != 0) {
        verdict.say(name + ", lost", stage.getLong("lost"));
      }
    }
  }

  private void faults(CounterTable end) {
    for (CounterTable.Row row : end.rows("faults")) {
      verdict.check("faults." + row.name(), row.value(), 0);
    }
    for (String none :
        List.of(
            "partition.failed",
            "partition.leak_checks_failed",
            "partition.events_lost",
            "feed.records_unsent",
            "feed.records_overflow",
            "ipfix.err_bug",
            "ipfix.err_parse",
            "calls.fail_new",
            "calls.fail_lim",
            "ev_stage.forced")) {
      verdict.check(none, end.value(none), 0);
    }
  }

  private void growth(double minutes) {
    for (Series series : all) {
      verdict.say(
          series.name() + ": thirds, most",
          series.third(0) + ", " + series.third(1) + ", " + series.third(2) + "; " + series.most());
      if (minutes >= MIN_JUDGED_MINUTES && series.grows()) {
        verdict.bad(series.name() + " grows");
      }
    }
    if (minutes < MIN_JUDGED_MINUTES) {
      verdict.say("growth", "not judged: too short");
    }
  }

  private double stopSeconds() throws InterruptedException {
    double seconds = subject.stopSeconds();
    if (seconds < 0) {
      verdict.bad("it did not stop in good order");
    }
    return seconds;
  }
}
