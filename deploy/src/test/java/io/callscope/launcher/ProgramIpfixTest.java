package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.testdata.sbc.CallScript;
import io.callscope.testdata.sbc.CallScript.Kind;
import io.callscope.testdata.sbc.CaptureFeed;
import io.callscope.testdata.sbc.Fault;
import io.callscope.testdata.sbc.FeedMessage.Direction;
import io.callscope.testdata.sbc.Sbc;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SBCs, the collector, the tracker, events and pages: the whole way. */
class ProgramIpfixTest {
  @TempDir static Path folder;
  private static Program program;
  private static int http;
  private static InetSocketAddress collector;

  @BeforeAll
  static void start() throws Exception {
    http = Program.freePort();
    collector = new InetSocketAddress(InetAddress.getLoopbackAddress(), Program.freePort());
    program =
        new Program(folder)
            .start(
                "-ipfix_port",
                "" + collector.getPort(),
                "-ipfix_addr",
                "127.0.0.1",
                "-ipfix_qos",
                "rtcp",
                "-http_port",
                "" + http,
                "-evr_limits",
                "0,0,0",
                "-partitions",
                "2");
    program.await(ProgramIpfixTest::isListening);
  }

  private static boolean isListening() throws Exception {
    return canConnect(collector)
        && canConnect(new InetSocketAddress(InetAddress.getLoopbackAddress(), http));
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  private static JsonObject json(String path) throws Exception {
    return new JsonObject(program.get(http, path, "application/json").body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<JsonObject> events(String callId) throws Exception {
    List<JsonObject> events = new ArrayList<>();
    JsonArray all =
        json("/events?n=100&order=oldest&cid=" + encoded(callId)).getJsonArray("events");
    all.forEach(event -> events.add((JsonObject) event));
    return events;
  }

  private static List<String> types(String callId) throws Exception {
    return events(callId).stream().map(event -> event.getString("type")).toList();
  }

  private static long now() {
    return System.currentTimeMillis() * 1_000_000 - 100_000_000;
  }

  @Test
  void whoConnectsAgainAndAgainDoesNotFillTheLog() throws Exception {
    try (Sbc sbc = new Sbc("of-ours", collector)) {
      sbc.connect(30, false);
    }
    program.await(() -> program.err().contains("SBC of-ours at"));
    int strangers = 300;
    for (int i = 0; i < strangers; i++) {
      new Socket(collector.getAddress(), collector.getPort()).close();
    }
    program.await(
        () -> {
          new Socket(collector.getAddress(), collector.getPort()).close();
          return program.err().contains("messages of this log were left out");
        });
    assertThat(program.err().lines().filter(line -> line.contains("not known as an SBC")).count())
        .isLessThan(strangers / 2);
    String ended = json("/ipfix/list?n=1000").encode();
    assertThat(ended).as("strangers push no SBC out").contains("of-ours");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void bothLegsOfACallAreFollowedLinkedAndMeasured(Kind kind) throws Exception {
    CallScript script = new CallScript("sbc-" + kind, kind, null, true);
    List<String> legs = script.callIds(1);
    try (Sbc sbc = new Sbc("sbc-" + kind, collector)) {
      assertThat(sbc.connect(30, false)).isEqualTo(new Sbc.Answer(30, 0x0c));
      sbc.call(script, 0, now());
      sbc.call(script, 1, now());
      program.await(() -> types(legs.get(0)).contains("call-quality"));
      program.await(() -> types(legs.get(1)).contains("call-end"));
    }
    assertThat(types(legs.get(0))).contains("call-start", "call-end", "call-quality").hasSize(3);
    assertThat(types(legs.get(1))).containsExactly("call-start", "call-end");
    for (String leg : legs) {
      JsonObject end = events(leg).get(1);
      assertThat(end.getString("type")).isEqualTo("call-end");
      JsonObject quality = end.getJsonObject("quality");
      assertThat(quality.getJsonObject("ingress").getDouble("mos")).isEqualTo(4.38);
      assertThat(quality.getJsonObject("egress").getDouble("mos")).isEqualTo(4.4);
      assertThat(end.getJsonObject("client").getString("ip"))
          .startsWith(kind.name().endsWith("6") ? "2001:db8::" : "198.51.100.");
      assertThat(end.getJsonObject("client").getString("transport"))
          .isEqualTo(kind.name().startsWith("TCP") ? "tcp" : "udp");
    }
    for (int leg = 0; leg < 2; leg++) {
      String path = "/calls/" + encoded(legs.get(leg));
      JsonObject call = json(path).getJsonArray("calls").getJsonObject(0);
      assertThat(call.getJsonArray("linked")).containsExactly(legs.get(1 - leg));
      assertThat(call.getString("sbc")).isEqualTo("sbc-" + kind + " (127.0.0.1)");
      String page = program.get(http, path, "text/html").body();
      assertThat(page)
          .contains("Other leg")
          .contains("href=\"/calls/" + encoded(legs.get(1 - leg)) + "\"")
          .contains("MOS 4.38");
    }
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void oneDirectionAloneShowsBothLegsFromOneSide(Direction only) throws Exception {
    CallScript script = new CallScript("only-" + only, Kind.UDP4, only, false);
    List<String> legs = script.callIds(7);
    try (Sbc sbc = new Sbc("only-" + only, collector)) {
      sbc.call(script, 7, now());
      program.await(() -> types(legs.get(0)).contains("call-end"));
      program.await(() -> types(legs.get(1)).contains("call-end"));
    }
    String requests = legs.get(only == Direction.INGRESS ? 0 : 1);
    String replies = legs.get(only == Direction.INGRESS ? 1 : 0);
    assertThat(types(requests)).as("nobody has answered").containsExactly("call-end");
    assertThat(types(replies)).containsExactly("call-start", "call-end");
  }

  @Test
  void aCaptureMayBeFed() throws Exception {
    long[] records = new long[1];
    try (Sbc sbc = new Sbc("replay", collector)) {
      sbc.connect(0, true);
      records[0] =
          CaptureFeed.send(
              Path.of("..", "testdata", "captures", "basic-udp6.pcap").toString(), sbc);
    }
    CaptureFeed.read(
        Path.of("..", "testdata", "captures", "basic-tcp4.pcap").toString(),
        (record, nanos) -> records[0]++);
    assertThat(records[0]).isGreaterThan(10);
    program.await(
        () ->
            program
                .get(http, "/events?src=2001&name=call-start", "application/json")
                .body()
                .contains("call-start"));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void faultsOfOneSbcCostTheOthersNothing(Fault fault) throws Exception {
    CallScript script = new CallScript("good-" + fault, Kind.UDP4, null, false);
    try (Sbc bad = new Sbc("bad", collector);
        Sbc good = new Sbc("good", collector)) {
      bad.connect(30, false);
      good.connect(30, false);
      bad.call(new CallScript("bad-" + fault, Kind.UDP4, null, false), 1, now());
      bad.fault(fault);
      if (fault == Fault.LYING_MESSAGE) {
        assertThat(bad.isClosedByCollector()).isTrue();
      } else if (fault == Fault.CLOCK_OFF || fault == Fault.CLOCK_BACK) {
        bad.call(new CallScript("bad-" + fault, Kind.UDP4, null, false), 2, now());
      }
      good.call(script, 1, now());
      program.await(() -> types(script.callIds(1).get(1)).contains("call-end"));
      JsonObject end = events(script.callIds(1).get(1)).get(1);
      assertThat(
              Math.abs(
                  java.time.Instant.parse(end.getString("@timestamp")).toEpochMilli()
                      - System.currentTimeMillis()))
          .as("the clock stays")
          .isLessThan(60_000);
      String reason = reasonOf(fault);
      program.await(() -> program.get(http, "/ipfix/list", "*/*").body().contains(reason));
    }
  }

  /** What the list of connections says of it; silence only shows after the timeout. */
  private static String reasonOf(Fault fault) {
    return switch (fault) {
      case STALL -> "last io";
      case HALF_MESSAGE -> "closed by the SBC within a message";
      case RESET -> "reason: broken: Connection reset";
      case LYING_SET -> "last: set of a wrong length";
      case LYING_MESSAGE -> "reason: message of 7 bytes";
      case CLOCK_OFF -> " ahead\n";
      case CLOCK_BACK -> " behind\n";
    };
  }

  @Test
  void everyStageAccountsForAllThatCameIn() throws Exception {
    try (Sbc sbc = new Sbc("stages", collector)) {
      sbc.connect(30, false);
      sbc.keepAlive();
      sbc.call(new CallScript("stages", Kind.TCP4, null, true), 1, now());
      program.await(() -> open() == 0);
    }
    JsonArray stages = json("/").getJsonObject("health").getJsonArray("stages");
    assertThat(stages.stream().map(stage -> ((JsonObject) stage).getString("name")))
        .contains("ipfix", "datagrams", "records", "bus", "tracker", "events");
  }

  private static long open() throws Exception {
    JsonArray stages = json("/").getJsonObject("health").getJsonArray("stages");
    return stages.size() < 6
        ? -1
        : stages.stream().mapToLong(stage -> Math.abs(((JsonObject) stage).getLong("open"))).sum();
  }

  @Test
  void aPortInUseEndsTheStartWithAnError(@TempDir Path other) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Program second = new Program(other)) {
      int code = second.run("-ipfix_addr", "127.0.0.1", "-ipfix_port", "" + taken.getLocalPort());
      assertThat(code).isEqualTo(ExitCode.RUN_ERROR);
      assertThat(second.err())
          .contains("ipfix cannot start: cannot listen on 127.0.0.1, port " + taken.getLocalPort())
          .contains("in use");
    }
  }

  @Test
  void aSignalEndsItInGoodOrder(@TempDir Path other) throws Exception {
    int port = Program.freePort();
    InetSocketAddress there = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (Program second = new Program(other)) {
      second.start("-ipfix_port", "" + port);
      second.await(() -> canConnect(there));
      try (Sbc sbc = new Sbc("last", there)) {
        sbc.connect(30, false);
        sbc.call(new CallScript("last", Kind.UDP4, null, false), 1, now());
        sbc.keepAlive();
        sbc.connect(30, false); // answered behind all that was sent before
        second.terminate();
        assertThat(second.end()).isEqualTo(ExitCode.OK);
        assertThat(sbc.isClosedByCollector()).isTrue();
      }
      assertThat(second.out()).contains("BYE").contains("INVITE");
    }
  }

  private static boolean canConnect(InetSocketAddress address) throws IOException {
    Socket probe = new Socket();
    try {
      probe.connect(address);
      return true;
    } catch (ConnectException e) {
      return false; // not yet
    } finally {
      probe.close();
    }
  }
}
