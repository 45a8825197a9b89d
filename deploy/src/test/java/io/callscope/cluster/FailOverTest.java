package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.callscope.bus.EventText;
import io.callscope.bus.EventType;
import io.callscope.launcher.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One cluster, a process a service and two for tracking, on a bad day: each test goes on where the
 * one before ended. Captures are replayed at their own speed meanwhile, and an SBC makes calls.
 */
@Tag("failover")
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FailOverTest {
  private static final int PARTITIONS = 8;
  private static final int CALLS_PER_SECOND = 40;

  /** The longest that a process may be silent and not be taken for dead is 10 s. */
  private static final long FROZEN_SECONDS = 20;

  private static final long TOLD_SECONDS = 30;

  // In the order of their start.
  private static final int TRACKER = 0;
  private static final int TRACKER_AND_WRITER = 1;
  private static final int WRITER = 2;
  private static final int COLLECTOR = 3;
  private static final int WEB = 4;
  private static final int CAPTURE = 5;
  private static final List<String> ROLES =
      List.of("tracker", "tracker,pcapdump", "pcapdump", "ipfix", "web");

  @TempDir static Path folder;

  private static Cluster cluster;
  private static final List<Program> PROGRAMS = new ArrayList<>();
  private static final List<Integer> HEALTH = new ArrayList<>();
  private static CallingSbc sbc;
  private static Path files;
  private static int http;
  private static int ipfix;

  /** What follows on something that failed says nothing. */
  private static boolean failed;

  @BeforeEach
  void goOn() {
    assumeThat(failed).as("something failed before").isFalse();
    failed = true;
  }

  private static void create() throws Exception {
    files = folder.resolve("files");
    http = Program.freePort();
    ipfix = Program.freePort();
    cluster = new Cluster(folder.resolve("split"), PARTITIONS, CAPTURE + 1);
    for (int process = 0; process < ROLES.size(); process++) {
      HEALTH.add(Program.freePort());
      PROGRAMS.add(start(process));
    }
  }

  private static String[] dump(Path directory) {
    return new String[] {
      "-pcap_dump_dir", directory.toString(), "-pcap_dump_on", "-evr_limits", "0,0,0"
    };
  }

  private static Program start(int process) throws Exception {
    return cluster.start(
        process,
        ROLES.get(process),
        with(
            dump(files),
            "-health_port=" + HEALTH.get(process),
            "-http_port=" + http,
            "-ipfix_port=" + ipfix,
            "-ipfix_addr=127.0.0.1"));
  }

  private static String[] with(String[] options, String... more) {
    return Stream.of(options, more).flatMap(Stream::of).toArray(String[]::new);
  }

  private static void awaitReady(int process) throws Exception {
    PROGRAMS.get(process).awaitPages(HEALTH.get(process));
  }

  @AfterAll
  static void end() throws Exception {
    if (sbc != null) {
      sbc.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private static Traffic generate(String name, int seconds, String more) {
    return Traffic.generate(folder, name, CALLS_PER_SECOND, seconds, more);
  }

  /** Returns when it is being read. */
  private static Program replay(Traffic traffic) throws Exception {
    Program capture =
        cluster.start(
            CAPTURE, "capture", with(dump(files), "-replay", "-pcap=" + traffic.capture()));
    Set<String> callIds = traffic.callIds();
    cluster.await(
        () ->
            cluster.events().stream()
                    .filter(event -> callIds.contains(event.text(EventText.CALL_ID)))
                    .count()
                > 50);
    return capture;
  }

  private static EventBalance balance(Traffic traffic) throws Exception {
    EventBalance balance = traffic.balance(cluster.events());
    Traffic.say(balance.toString());
    return balance;
  }

  private static void awaitEnd(Program capture) throws Exception {
    cluster.await(() -> !capture.isAlive());
    assertThat(capture.end()).as(cluster::errors).isZero();
  }

  @Test
  @Order(1)
  void allThatStartAtOnceFindEachOther() throws Exception {
    create();
    Program capture = cluster.start(CAPTURE, "capture", "-pcap", Program.DEMO.toString());
    cluster.join();
    cluster.awaitShared(2);
    for (int process = 0; process < ROLES.size(); process++) {
      awaitReady(process);
    }
    assertThat(capture.end()).as(cluster::errors).isZero();
    cluster.await(() -> cluster.owners("pcapdump").size() == Cluster.WRITERS);
    sbc = new CallingSbc(ipfix);
    cluster.await(() -> sbc.calls() > 0);
    failed = false;
  }

  @Test
  @Order(2)
  void restartedOneByOneTheyKnowTheCallsAndFilesOfOneJvm() throws Exception {
    Traffic rolling = generate("rolling", 50, ",open=1");
    Program capture = replay(rolling);
    for (int process = 0; process < ROLES.size(); process++) {
      PROGRAMS.get(process).terminate();
      assertThat(PROGRAMS.get(process).end()).as(cluster::errors).isZero();
      PROGRAMS.set(process, start(process));
      awaitReady(process);
      cluster.awaitShared(2);
      Traffic.say(ROLES.get(process) + " was restarted");
    }
    Traffic.say("still reading: " + capture.isAlive());
    awaitEnd(capture);
    Set<String> callIds = rolling.callIds();
    EventBalance balance = balance(rolling);
    Outcome.of(PROGRAMS.get(WEB), http, files)
        .of(callIds)
        .with(List.of())
        .assertSameAs(alone(rolling.capture()).of(callIds).with(List.of()));
    cluster.assertOneOwnerTold();
    assertToldOfAllCallsOfTheSbc();
    assertThat(balance.touched()).as(balance.toString()).isZero();
    failed = false;
  }

  private static Outcome alone(Path capture) throws Exception {
    int port = Program.freePort();
    Path own = folder.resolve("files-alone");
    try (Program program = new Program(Files.createDirectories(folder.resolve("alone")))) {
      program.start(with(dump(own), "-http_port=" + port, "-run_forever", "-pcap=" + capture));
      program.awaitReport();
      return Outcome.of(program, port, own);
    }
  }

  /** Of each leg that a call has begun and ended. */
  private static void assertToldOfAllCallsOfTheSbc() throws Exception {
    List<String> certain = sbc.certain();
    assertThat(certain).isNotEmpty();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TOLD_SECONDS);
    while (!callIds(EventType.CALL_END).containsAll(certain) && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(callIds(EventType.CALL_START)).containsAll(certain);
    assertThat(callIds(EventType.CALL_END)).containsAll(certain);
  }

  private static Set<String> callIds(EventType type) {
    return cluster.events().stream()
        .filter(event -> event.type() == type)
        .map(event -> event.text(EventText.CALL_ID))
        .collect(Collectors.toSet());
  }

  @Test
  @Order(3)
  void whereWebCollectorAndWriterAreKilledNoEventIsLost() throws Exception {
    Traffic killed = generate("killed", 25, "");
    Program capture = replay(killed);
    int connections = sbc.connections();
    PROGRAMS.get(WEB).kill();
    PROGRAMS.set(WEB, start(WEB));
    PROGRAMS.get(COLLECTOR).kill();
    PROGRAMS.set(COLLECTOR, start(COLLECTOR));
    PROGRAMS.get(WRITER).kill();
    String other = cluster.nameOf(TRACKER_AND_WRITER);
    cluster.await(
        () -> cluster.owners("pcapdump").equals(Collections.nCopies(Cluster.WRITERS, other)));
    PROGRAMS.set(WRITER, start(WRITER));
    for (int process : List.of(WEB, COLLECTOR, WRITER)) {
      awaitReady(process);
    }
    cluster.await(() -> sbc.connections() > connections);
    awaitEnd(capture);
    EventBalance balance = balance(killed);
    assertThat(balance.touched()).isZero();
    assertToldOfAllCallsOfTheSbc();
    failed = false;
  }

  @Test
  @Order(4)
  void aFrozenTrackerIsReplacedAndGivesUpWhenItGoesOn() throws Exception {
    Traffic traffic = generate("frozen", 50, "");
    Program capture = replay(traffic);
    String stage = cluster.owners("eventstage").get(0);
    int frozen = cluster.nameOf(TRACKER).equals(stage) ? TRACKER : TRACKER_AND_WRITER;
    PROGRAMS.get(frozen).signal("STOP");
    long frozenNanos = System.nanoTime();
    cluster.awaitShared(1);
    long seconds = Traffic.secondsSince(frozenNanos);
    cluster.awaitEvents(50);
    Traffic.say("replaced after " + seconds + " s");
    PROGRAMS.get(frozen).signal("CONT");
    long thawedNanos = System.nanoTime();
    cluster.awaitShared(2);
    Traffic.say("back after " + Traffic.secondsSince(thawedNanos) + " s");
    cluster.awaitEvents(50);
    awaitEnd(capture);
    EventBalance balance = balance(traffic);
    assertThat(seconds).isLessThan(FROZEN_SECONDS);
    assertThat(PROGRAMS.get(frozen).isAlive()).isTrue();
    cluster.assertOneOwnerTold();
    assertThat(balance.touched()).isLessThan(2 * CALLS_PER_SECOND);
  }
}
