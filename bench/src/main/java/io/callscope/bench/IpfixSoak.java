package io.callscope.bench;

import io.callscope.bus.Addresses;
import io.callscope.bus.BusCodecs;
import io.callscope.bus.CounterJson;
import io.callscope.bus.DumpPlan;
import io.callscope.config.QualityReports;
import io.callscope.counters.CounterTable;
import io.callscope.ipfix.IpfixConfig;
import io.callscope.ipfix.IpfixRegistry;
import io.callscope.ipfix.IpfixVerticle;
import io.callscope.testdata.sbc.CallScript;
import io.callscope.testdata.sbc.Fleet;
import io.callscope.tracker.EventStageConfig;
import io.callscope.tracker.EventStageVerticle;
import io.callscope.tracker.TrackerConfig;
import io.callscope.tracker.TrackerVerticle;
import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.leg.LegSettings;
import io.callscope.tracker.rate.GcSettings;
import io.callscope.tracker.rate.RateSettings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Many SBCs feed a collector, trackers and an event stage in this process for a while; then it
 * judges: everything that was sent was followed, nothing was dropped, the memory that survives a
 * collection did not grow.
 *
 * <pre>
 * java -Xmx2g -cp … io.callscope.bench.IpfixSoak [SBCS [RECORDS_PER_SECOND [SECONDS]]]   (200 200000 600)
 * </pre>
 */
public final class IpfixSoak {
  private static final int PARTITIONS = 2;
  private static final long MEBI = 1 << 20;

  /** What may be more in the last third than in the first: whatever the collector leaves. */
  private static final long SLACK_BYTES = 64 * MEBI;

  private static final double MIN_RATE = 0.95;

  /** By then as many calls are forgotten as begin. */
  private static final double MIN_STEADY_SECONDS = 180;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final Map<String, JsonObject> snapshots = new ConcurrentHashMap<>();
  private final IpfixRegistry registry = new IpfixRegistry();
  private final StringBuilder report = new StringBuilder();
  private boolean good = true;

  private IpfixSoak() {}

  /** Exits with 0 if all is well, else with 1. */
  public static void main(String[] arguments) throws Exception {
    int sbcs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    double rate = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 200_000;
    double seconds = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 600;
    IpfixSoak soak = new IpfixSoak();
    soak.run(sbcs, rate, seconds);
    System.out.print(soak.report);
    System.exit(soak.good ? 0 : 1);
  }

  private void run(int sbcs, double rate, double seconds) throws Exception {
    deploy();
    Fleet fleet =
        new Fleet(
            new Fleet.Plan(
                collector(),
                "soak",
                sbcs,
                rate,
                seconds,
                List.of(CallScript.Kind.values()),
                null,
                true,
                false,
                30,
                null));
    List<Long> live = new ArrayList<>();
    Thread sending =
        new Thread(
            () -> {
              try {
                fleet.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    long start = System.nanoTime();
    sending.start();
    while (sending.isAlive()) {
      sending.join(1000);
      live.add(liveBytes());
    }
    double took = (System.nanoTime() - start) / 1e9;
    judge(fleet, took, rate, live);
    vertx.close().await();
  }

  private void deploy() {
    BusCodecs.register(vertx.eventBus());
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.COUNTERS,
            message -> snapshots.put(message.body().getString("instance"), message.body()))
        .completion()
        .await();
    RateSettings rates =
        new RateSettings(
            List.of(0.0, 0.0, 0.0),
            List.of(
                Duration.ofSeconds(1).toNanos(),
                Duration.ofMinutes(1).toNanos(),
                Duration.ofHours(1).toNanos()),
            0,
            0,
            1 << 16,
            GcSettings.defaults(1 << 16));
    vertx
        .deployVerticle(new EventStageVerticle(new EventStageConfig(PARTITIONS, 0, rates)))
        .await();
    LegSettings legs = new LegSettings(1 << 19, TimeUnit.MILLISECONDS.toNanos(200));
    for (int p = 0; p < PARTITIONS; p++) {
      TrackerConfig config = new TrackerConfig(p, CallSettings::new, 32 * MEBI, legs);
      vertx.deployVerticle(new TrackerVerticle(config)).await();
    }
    vertx
        .deployVerticle(
            new IpfixVerticle(
                new IpfixConfig(
                    "ipfix.0",
                    "ipfix:0.0",
                    "127.0.0.1",
                    0,
                    0,
                    0,
                    false,
                    false,
                    QualityReports.RTCP,
                    List.of(),
                    IpfixConfig.DEFAULT_CONNECTIONS,
                    PARTITIONS,
                    IpfixConfig.DEFAULT_CREDITS,
                    IpfixConfig.DEFAULT_HANDOVER_BYTES,
                    registry,
                    DumpPlan.NONE)))
        .await();
  }

  private InetSocketAddress collector() {
    String listening = registry.listening().get(0);
    int colon = listening.lastIndexOf(':');
    return new InetSocketAddress(
        listening.substring(0, colon), Integer.parseInt(listening.substring(colon + 1)));
  }

  /** What was alive after the last collections of all pools of the heap. */
  private static long liveBytes() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getCollectionUsage();
      bytes += usage == null ? 0 : usage.getUsed();
    }
    return bytes;
  }

  private void judge(Fleet fleet, double took, double rate, List<Long> live) throws Exception {
    long sent = fleet.sent();
    CounterTable table = figures();
    // What is on its way is waited for as long as it moves: sockets hold megabytes each.
    long before = -1;
    while (done(table) != before) {
      before = done(table);
      TimeUnit.SECONDS.sleep(3);
      table = figures();
    }
    say("sent by the SBCs", sent);
    say("records a second", Math.round(sent / took));
    check("records handled by the collector", handled(table), sent);
    check(
        "messages followed by trackers",
        table.value("partition.messages"),
        table.value("pkt_stats.parse_ok"));
    check(
        "records sent to trackers",
        table.value("feed.records_sent"),
        table.value("partition.messages") + table.value("partition.others"));
    for (String none :
        List.of(
            "ipfix.err_parse",
            "ipfix.err_timeout",
            "ipfix.err_other",
            "ipfix.err_bug",
            "ipfix.seq_gaps",
            "ipfix.unknown_sets",
            "pkt_stats.parse_errs",
            "feed.records_unsent",
            "feed.records_overflow",
            "calls.fail_lim",
            "calls.fail_new",
            "calls.fail_chain",
            "partition.failed",
            "partition.repeated")) {
      check(none, table.value(none), 0);
    }
    say("reading from sockets paused", table.value("ipfix.pauses"));
    say("call-ends with a report", table.value("legs.attached"));
    if (rate > 0 && sent / took < MIN_RATE * rate) {
      bad("slower than asked for: " + Math.round(sent / took));
    }
    memory(live, took);
    fleet.errors().forEach(this::bad);
  }

  private static long done(CounterTable table) {
    return handled(table)
        + table.value("partition.messages")
        + table.value("partition.others")
        + table.value("ev_rate.published");
  }

  private static long handled(CounterTable table) {
    long sum = table.value("ipfix.qos");
    for (CounterTable.Row row : table.rows("ipfix")) {
      sum += row.name().startsWith("sip_") ? row.value() : 0;
    }
    return sum;
  }

  private void memory(List<Long> live, double took) {
    int third = live.size() / 3;
    long first =
        live.subList(third / 2, Math.max(third, 1)).stream().mapToLong(b -> b).max().orElse(0);
    long last =
        live.subList(live.size() - Math.max(third, 1), live.size()).stream()
            .mapToLong(b -> b)
            .max()
            .orElse(0);
    say("MiB alive in the first third", first / MEBI);
    say("MiB alive in the last third", last / MEBI);
    if (took < MIN_STEADY_SECONDS) {
      report.append("too short to tell whether memory grows: calls are still being gathered\n");
    } else if (last > first + SLACK_BYTES) {
      bad("memory grows");
    }
  }

  private CounterTable figures() throws InterruptedException {
    vertx.eventBus().publish(Addresses.COUNTERS_NOW, new JsonObject());
    TimeUnit.MILLISECONDS.sleep(200);
    CounterTable table = new CounterTable();
    snapshots.values().forEach(snapshot -> CounterJson.addTo(table, snapshot));
    return table;
  }

  private void say(String what, long value) {
    report.append(String.format(Locale.ROOT, "%-34s %,16d%n", what, value));
  }

  private void check(String what, long value, long wanted) {
    say(what, value);
    if (value != wanted) {
      bad(what + ": " + value + ", not " + wanted);
    }
  }

  private void bad(String what) {
    good = false;
    report.append("BAD: ").append(what).append('\n');
  }
}
