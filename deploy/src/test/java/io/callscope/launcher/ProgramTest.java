package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user runs it: a process, a real file, HTTP on loopback. */
class ProgramTest {
  private static final Path DEMO = Path.of("..", "testdata", "captures", "demo.pcap");
  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private Process process;

  private void start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "-Xmx256m"));
    command.add("io.callscope.launcher.Main");
    command.addAll(Arrays.asList(options));
    process =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
  }

  private int end() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
    return process.exitValue();
  }

  private int run(String... options) throws Exception {
    start(options);
    return end();
  }

  private String out() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  @AfterEach
  void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private HttpResponse<String> get(int port, String path, String accept) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", accept).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Waits until the report of the end of the input is out. */
  private void awaitReport() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!out().contains("SIP messages/s") || !out().contains("Replies:")) {
      assertThat(process.isAlive()).as(err()).isTrue();
      assertThat(System.nanoTime()).as("report in time").isLessThan(deadline);
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
  }

  @Test
  void aReplayedCaptureIsBrowsedInHtmlTextAndJson() throws Exception {
    int port = freePort();
    start("-pcap", DEMO.toString(), "-http_port", "" + port, "-run_forever");
    awaitReport();

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
      HttpResponse<String> page = get(port, path, "text/html");
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      assertThat(page.headers().firstValue("content-type").orElse("")).startsWith("text/html");
      assertThat(page.body()).as(path).contains("</html>");
      assertThat(get(port, path, "application/json").statusCode()).as(path).isEqualTo(200);
    }
    assertThat(get(port, "/stats/raw", "*/*").body()).contains("total_packets: 2170");
    assertThat(get(port, "/stats", "*/*").body()).contains("parse_ok:   2170");
    assertThat(get(port, "/health/ready", "*/*").statusCode()).isEqualTo(200);
    assertThat(get(port, "/no/such/page", "*/*").statusCode()).isEqualTo(404);

    String events = get(port, "/events?name=call-end&n=10000", "text/plain").body();
    assertThat(events.split("call-end", -1).length - 1).isGreaterThanOrEqualTo(122);
    JsonObject calls = new JsonObject(get(port, "/api/v1/calls", "application/json").body());
    String callId = calls.getJsonArray("calls").getJsonObject(0).getString("callId");
    assertThat(get(port, "/calls/list", "*/*").body()).contains(callId);
    assertThat(get(port, "/calls/" + callId, "text/html").body()).contains(callId);

    process.destroy();
    assertThat(end()).isZero();
  }

  @Test
  void forcedTimeoutsAreInTheReport() throws Exception {
    assertThat(run("-pcap", DEMO.toString(), "-end_force_timeout", "200ms")).isZero();
    assertThat(out())
        .containsPattern("active call entries: 36")
        .contains("active call entries: 0")
        .containsPattern("ev_rate\\.published +: +43\\d");
  }

  @Test
  void badFilesAreSaidInOneLineEachAndFail() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pcap"));
    Path text = Files.writeString(folder.resolve("text.pcap"), "this is no capture at all");
    byte[] whole = Files.readAllBytes(DEMO);
    Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length / 2 + 5));
    Path missing = folder.resolve("missing.pcap");

    String files = missing + " " + empty + " " + text + " " + cut + " " + folder;
    assertThat(run("-pcap", files)).isEqualTo(255);

    assertThat(err())
        .contains(missing + ": no such file")
        .contains(empty + ": ")
        .contains(text + ": ")
        .contains(folder + ": is a directory")
        .containsPattern("cut\\.pcap: cut off [^\n]*at byte \\d+");
    assertThat(out()).as("what could be read was used").containsPattern("parse_ok: +1\\d\\d\\d");
  }

  @Test
  void aPortInUseEndsTheStartAndNothingIsProcessed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = "" + taken.getLocalPort();
      assertThat(run("-pcap", DEMO.toString(), "-http_port", port)).isEqualTo(255);
      assertThat(err()).contains("127.0.0.1:" + port);
      assertThat(out()).doesNotContain("messages/s");
    }
  }

  @Test
  void wrongOptionsAreAllSaidAtOnce() throws Exception {
    assertThat(run("-pcap", "x.pcap", "-event_buffer_size", "0", "-no_such", "-iface", "lo"))
        .isEqualTo(2);
    assertThat(err())
        .contains("event_buffer_size")
        .contains("no_such")
        .contains("nothing was started");
    assertThat(run("-iface", "lo")).isEqualTo(2);
    assertThat(err()).contains("live capture").contains("iface");
  }

  @Test
  void severalFilesAndLoopsAreReadInOrder() throws Exception {
    Path config = folder.resolve("callscope.yaml");
    Files.write(config, List.of("pcap_loop: 2", "stats_groups: [pcap]"), StandardCharsets.UTF_8);
    String files = DEMO + " " + DEMO.resolveSibling("basic-udp4.pcap");
    assertThat(run("-config", config.toString(), "-pcap", files)).isZero();
    assertThat(out())
        .containsPattern("pcap\\.demo_pcap\\.packets +: +4340")
        .containsPattern("pcap\\.basic-udp4_pcap\\.packets +: +14")
        .doesNotContain("ev_rate.");
  }
}
