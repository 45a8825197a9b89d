package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user runs it: a process, a real file, HTTP on loopback. */
class ProgramTest {
  @TempDir Path folder;

  private Program program;

  @BeforeEach
  void prepare() {
    program = new Program(folder);
  }

  @AfterEach
  void stop() {
    program.close();
  }

  @Test
  void aReplayedCaptureIsBrowsedInHtmlTextAndJson() throws Exception {
    int port = Program.freePort();
    program.start("-pcap", Program.DEMO.toString(), "-http_port", "" + port, "-run_forever");
    program.awaitReport();

    for (String path :
        List.of(
            "/",
            "/calls",
            "/calls/list",
            "/events",
            "/counters",
            "/stats",
            "/about",
            "/about/config")) {
      HttpResponse<String> page = program.get(port, path, "text/html");
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      assertThat(page.headers().firstValue("content-type").orElse("")).startsWith("text/html");
      assertThat(page.body()).as(path).contains("</html>");
      assertThat(program.get(port, path, "application/json").statusCode()).as(path).isEqualTo(200);
    }
    assertThat(program.get(port, "/stats/raw", "*/*").body()).contains("total_packets: 2170");
    assertThat(program.get(port, "/stats", "*/*").body()).contains("parse_ok:   2170");
    assertThat(program.get(port, "/health/ready", "*/*").statusCode()).isEqualTo(200);
    assertThat(program.get(port, "/no/such/page", "*/*").statusCode()).isEqualTo(404);

    String events = program.get(port, "/events?name=call-end&n=10000", "text/plain").body();
    assertThat(events.split("call-end", -1).length - 1).isGreaterThanOrEqualTo(122);
    JsonObject calls =
        new JsonObject(program.get(port, "/api/v1/calls", "application/json").body());
    String callId = calls.getJsonArray("calls").getJsonObject(0).getString("callId");
    assertThat(program.get(port, "/calls/list", "*/*").body()).contains(callId);
    assertThat(program.get(port, "/calls/" + callId, "text/html").body()).contains(callId);

    program.terminate();
    assertThat(program.end()).isZero();
  }

  @Test
  void forcedTimeoutsAreInTheReport() throws Exception {
    assertThat(program.run("-pcap", Program.DEMO.toString(), "-end_force_timeout", "200ms"))
        .isZero();
    assertThat(program.out())
        .containsPattern("active call entries: 36")
        .contains("active call entries: 0")
        .containsPattern("ev_rate\\.published +: +43\\d");
  }

  @Test
  void badFilesAreSaidInOneLineEachAndFail() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pcap"));
    Path text = Files.writeString(folder.resolve("text.pcap"), "this is no capture at all");
    byte[] whole = Files.readAllBytes(Program.DEMO);
    Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length / 2 + 5));
    Path missing = folder.resolve("missing.pcap");

    String files = missing + " " + empty + " " + text + " " + cut + " " + folder;
    assertThat(program.run("-pcap", files)).isEqualTo(255);

    assertThat(program.err())
        .contains(missing + ": no such file")
        .contains(empty + ": ")
        .contains(text + ": ")
        .contains(folder + ": is a directory")
        .containsPattern("cut\\.pcap: cut off [^\n]*at byte \\d+");
    assertThat(program.out())
        .as("what could be read was used")
        .containsPattern("parse_ok: +1\\d\\d\\d");
  }

  @Test
  void aPortInUseEndsTheStartAndNothingIsProcessed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = "" + taken.getLocalPort();
      assertThat(program.run("-pcap", Program.DEMO.toString(), "-http_port", port)).isEqualTo(255);
      assertThat(program.err()).contains("127.0.0.1:" + port);
      assertThat(program.out()).doesNotContain("messages/s");
    }
  }

  @Test
  void wrongOptionsAreAllSaidAtOnce() throws Exception {
    assertThat(
            program.run("-pcap", "x.pcap", "-event_buffer_size", "0", "-no_such", "-roles", "web"))
        .isEqualTo(2);
    assertThat(program.err())
        .contains("event_buffer_size")
        .contains("no_such")
        .contains("nothing was started");
    assertThat(program.run("-pcap", "x.pcap", "-roles", "web")).isEqualTo(2);
    assertThat(program.err()).contains("roles: needs -cluster");
  }

  @Test
  void severalFilesAndLoopsAreReadInOrder() throws Exception {
    Path config = folder.resolve("callscope.yaml");
    Files.write(config, List.of("pcap_loop: 2", "stats_groups: [pcap]"), StandardCharsets.UTF_8);
    String files = Program.DEMO + " " + Program.DEMO.resolveSibling("basic-udp4.pcap");
    assertThat(program.run("-config", config.toString(), "-pcap", files)).isZero();
    assertThat(program.out())
        .containsPattern("pcap\\.demo_pcap\\.packets +: +4340")
        .containsPattern("pcap\\.basic-udp4_pcap\\.packets +: +14")
        .doesNotContain("ev_rate.");
  }
}
