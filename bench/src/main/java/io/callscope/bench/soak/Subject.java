package io.callscope.bench.soak;

import io.callscope.bus.CounterJson;
import io.callscope.counters.CounterTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program as a process, by its options, its pages and its signals. */
final class Subject implements AutoCloseable {
  private static final long START_SECONDS = 120;
  private static final long STOP_SECONDS = 60;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port = freePort();
  private final int ipfixPort = freePort();
  private final Process process;

  /**
   * @param root of the source tree
   * @param log takes what it prints
   * @param calls directory for the files of calls, or empty for none
   */
  Subject(Path root, Path log, String calls) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(root.resolve("bin/callscope").toString()));
    command.addAll(List.of("-pcap", "-", "-run_forever", "-http_port", "" + port));
    command.addAll(List.of("-ipfix_port", "" + ipfixPort, "-ipfix_addr", "127.0.0.1"));
    command.addAll(List.of("-vxlan_ports", "4789", "-websocket_ports", "" + TrafficMix.WEB_PORT));
    // What is bounded in an hour is so in minutes too, and can be seen not to grow.
    command.addAll(List.of("-evr_max_entries", "65536", "-event_buffer_size", "10000"));
    if (!calls.isEmpty()) {
      command.addAll(List.of("-pcap_dump_on", "-pcap_dump_dir", calls));
      command.addAll(List.of("-pcap_dump_subdirs", "256", "-pcap_dump_max_size", "1GiB"));
    }
    process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("it does not start:\n" + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return status("/health/ready") == 200;
    } catch (IOException e) {
      return false; // not up yet
    }
  }

  OutputStream input() {
    return process.getOutputStream();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int ipfixPort() {
    return ipfixPort;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(60));
  }

  /** Opens a page as a browser does and returns its status. */
  int status(String path) throws IOException, InterruptedException {
    HttpRequest request = request(path).header("accept", "text/html").build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** Follows what has no end; another thread than the one that reads may close it. */
  InputStream open(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofInputStream()).body();
  }

  private JsonObject json(String path) throws IOException, InterruptedException {
    HttpRequest request = request(path).header("accept", "application/json").build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    return new JsonObject(answer.body());
  }

  /** Puts messages in by hand; returns the status. */
  int inject(String messages) throws IOException, InterruptedException {
    String form = "sipmsg=" + URLEncoder.encode(messages, StandardCharsets.UTF_8);
    HttpRequest request =
        request("/inject")
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  CounterTable counters() throws IOException, InterruptedException {
    CounterTable table = new CounterTable();
    CounterJson.addTo(table, json("/counters"));
    return table;
  }

  /** The account of each stage, as the strip on the pages shows it. */
  JsonArray stages() throws IOException, InterruptedException {
    return json("/").getJsonObject("health").getJsonArray("stages");
  }

  /** Memory of the process that is in the machine's, bytes. */
  long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    return 0;
  }

  /**
   * Stops it as a service manager does; returns how long that took, or -1 if it did not end well.
   */
  double stopSeconds() throws InterruptedException {
    long start = System.nanoTime();
    process.destroy();
    boolean ended = process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    return ended && process.exitValue() == 0 ? (System.nanoTime() - start) / 1e9 : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
