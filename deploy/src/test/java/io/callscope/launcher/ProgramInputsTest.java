package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.testdata.sbc.CallScript;
import io.callscope.testdata.sbc.CallScript.Kind;
import io.callscope.testdata.sbc.Sbc;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed of SBCs beside packets, in one process. */
class ProgramInputsTest {
  @TempDir Path folder;
  private Program program;
  private int http;
  private InetSocketAddress collector;

  @BeforeEach
  void prepare() throws Exception {
    program = new Program(folder);
    http = Program.freePort();
    collector = new InetSocketAddress(InetAddress.getLoopbackAddress(), Program.freePort());
  }

  @AfterEach
  void stop() {
    program.close();
  }

  private JsonObject json(String path) throws Exception {
    return new JsonObject(program.get(http, path, "application/json").body());
  }

  private List<String> events(String callId) throws Exception {
    String encoded = URLEncoder.encode(callId, StandardCharsets.UTF_8);
    JsonArray events = json("/events?n=100&order=oldest&cid=" + encoded).getJsonArray("events");
    return events.stream().map(event -> ((JsonObject) event).getString("type")).toList();
  }

  private JsonArray stages() throws Exception {
    return json("/").getJsonObject("health").getJsonArray("stages");
  }

  private List<String> stageNames() throws Exception {
    return stages().stream().map(stage -> ((JsonObject) stage).getString("name")).toList();
  }

  private long open() throws Exception {
    return stages().stream()
        .mapToLong(stage -> Math.abs(((JsonObject) stage).getLong("open")))
        .sum();
  }

  /** As the last report says. */
  private long counter(String name) throws Exception {
    Matcher matcher =
        Pattern.compile("^" + Pattern.quote(name) + " *: *(\\d+)", Pattern.MULTILINE)
            .matcher(program.out());
    long last = 0;
    while (matcher.find()) {
      last = Long.parseLong(matcher.group(1));
    }
    return last;
  }

  @Test
  void aFileAndTheFeedOfAnSbcGiveTheirCallsAndOneAccount() throws Exception {
    program.start(
        "-pcap",
        Program.DEMO.toString(),
        "-ipfix_port",
        "" + collector.getPort(),
        "-ipfix_addr",
        "127.0.0.1",
        "-http_port",
        "" + http,
        "-evr_limits",
        "0,0,0",
        "-partitions",
        "2",
        "-run_forever");
    program.awaitPages(http);
    program.await(() -> counterNow("pkt_stats.total_packets") == 2170);
    CallScript script = new CallScript("beside", Kind.UDP4, null, false);
    long now = System.currentTimeMillis() * 1_000_000;
    try (Sbc sbc = new Sbc("beside", collector)) {
      sbc.connect(30, false);
      sbc.call(script, 1, now);
      for (String leg : script.callIds(1)) {
        program.await(() -> events(leg).contains("call-end"));
        assertThat(events(leg)).containsExactly("call-start", "call-end");
      }
      program.await(() -> stageNames().contains("ipfix") && open() == 0);
    }
    assertThat(stageNames())
        .contains("packets", "ipfix", "datagrams", "records", "bus", "tracker", "events");
    assertThat(json("/").getJsonObject("health").getString("state")).isEqualTo("ok");
    assertThat(json("/").getJsonArray("sources").stream())
        .extracting(source -> ((JsonObject) source).getString("source"))
        .contains("pcap", "ipfix:" + collector.getPort() + ".0");

    program.terminate();
    assertThat(program.end()).isZero();
    assertThat(program.out()).contains("pcap time").contains("SIP messages/s");
    assertThat(counter("pkt_stats.total_packets")).isEqualTo(2170);
    assertThat(counter("ipfix.parsed")).isPositive();
    assertThat(counter("pkt_stats.parse_ok"))
        .as("of both")
        .isEqualTo(
            counter("pkt_stats.tracked_ok_udp")
                + counter("pkt_stats.tracked_ok_tcp")
                + counter("pkt_stats.tracked_err_udp"));
  }

  private long counterNow(String name) throws Exception {
    return json("/debug/vars").getLong(name, 0L);
  }

  @Test
  void aPortThatIsTakenIsToldBeforeAnyFileIsRead() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int code =
          program.run(
              "-pcap",
              Program.DEMO.toString(),
              "-ipfix_addr",
              "127.0.0.1",
              "-ipfix_port",
              "" + taken.getLocalPort());
      assertThat(code).isEqualTo(ExitCode.RUN_ERROR);
      assertThat(program.err()).contains("ipfix cannot start: cannot listen on 127.0.0.1");
      assertThat(program.out()).doesNotContain("SIP messages/s");
    }
  }
}
