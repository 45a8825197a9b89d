package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventJson;
import io.callscope.launcher.Program;
import io.callscope.pcap.PacketReader;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One process a service does what one JVM does. */
@Timeout(300)
class SplitTest {
  private static final String[] INPUT = {"-pcap", Program.DEMO.toString()};

  @TempDir Path folder;

  /** What came of the capture; what comes by the wall clock after its end is left out. */
  private record Result(List<String> events, List<String> calls, Map<String, String> files) {}

  @Test
  void theSameCaptureGivesTheSameEventsCallsAndFilesAsInOneJvm() throws Exception {
    Result alone = alone();
    assertThat(alone.events).hasSizeGreaterThan(300);
    assertThat(alone.calls).isNotEmpty();
    assertThat(alone.files).hasSizeGreaterThan(100);
    Result split = split();
    // The first difference alone: all of them would fill pages.
    assertThat(without(split.events, alone.events)).isEqualTo(without(alone.events, split.events));
    assertThat(split.events.equals(alone.events)).as("in the same order").isTrue();
    assertThat(split.calls).isEqualTo(alone.calls);
    assertThat(split.files.keySet()).isEqualTo(alone.files.keySet());
    assertThat(split.files.equals(alone.files)).as("with the same content").isTrue();
  }

  private static List<String> without(List<String> some, List<String> others) {
    return some.stream().filter(one -> !others.contains(one)).limit(1).toList();
  }

  private Result alone() throws Exception {
    int port = Program.freePort();
    Path files = folder.resolve("files-alone");
    try (Program program = new Program(Files.createDirectories(folder.resolve("alone")))) {
      program.start(
          Stream.of(
                  INPUT,
                  dump(files),
                  new String[] {"-http_port", "" + port, "-run_forever", "-partitions", "4"})
              .flatMap(Stream::of)
              .toArray(String[]::new));
      program.awaitReport();
      return result(program, port, files);
    }
  }

  private static String[] dump(Path files) {
    return new String[] {"-pcap_dump_dir", files.toString(), "-pcap_dump_on"};
  }

  private Result split() throws Exception {
    int port = Program.freePort();
    Path files = folder.resolve("files-split");
    try (Cluster cluster = new Cluster(folder.resolve("split"), 4, 5)) {
      cluster.start(0, "tracker", dump(files));
      cluster.start(1, "tracker", dump(files));
      Program web = cluster.start(2, "web", "-http_port", "" + port);
      cluster.start(3, "pcapdump", dump(files));
      cluster.join();
      cluster.awaitShared(2);
      web.awaitPages(port);
      cluster.await(() -> cluster.owners("pcapdump").size() == Cluster.WRITERS);
      Program capture = cluster.start(4, "capture", INPUT);
      assertThat(capture.end()).as(cluster::errors).isZero();
      Result seen = result(web, port, files);
      Instant end = endOfCapture();
      List<String> events =
          cluster.events().stream()
              .sorted(Comparator.comparingLong(CallEvent::number))
              .map(event -> EventJson.of(event).encode())
              .filter(e -> isBefore(e, end))
              .toList();
      return new Result(events, seen.calls, seen.files);
    }
  }

  private static boolean isBefore(String event, Instant end) {
    return !Instant.parse(new JsonObject(event).getString("@timestamp")).isAfter(end);
  }

  private static Result result(Program web, int port, Path files) throws Exception {
    Instant end = endOfCapture();
    List<String> events =
        web.get(port, "/api/v1/events.ndjson?n=100000", "*/*")
            .body()
            .lines()
            .filter(e -> isBefore(e, end))
            .toList();
    List<String> calls =
        web.get(port, "/api/v1/calls.ndjson?n=100000", "*/*")
            .body()
            .lines()
            .map(JsonObject::new)
            .filter(call -> call.getString("stateName").equals("inv_established"))
            .map(call -> call.getString("callId") + " " + call.getString("messageTrace"))
            .sorted()
            .toList();
    return new Result(events, calls, content(files));
  }

  private static Instant endOfCapture() throws IOException {
    Instant last = Instant.EPOCH;
    try (PacketReader reader = PacketReader.open(Program.DEMO.toString())) {
      while (reader.next()) {
        last = Instant.EPOCH.plusNanos(reader.captureNanos());
      }
    }
    return last;
  }

  private static Map<String, String> content(Path directory) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(
            directory.relativize(file).toString(),
            HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return content;
  }
}
