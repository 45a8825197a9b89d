package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.launcher.Program;
import io.callscope.pcap.PacketReader;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What came of a capture.
 *
 * @param events as JSON, in their order
 * @param calls that are established, with their messages
 * @param files of calls, by name
 */
record Outcome(List<String> events, List<String> calls, Map<String, String> files) {

  /** As a web process tells it. */
  static Outcome of(Program web, int port, Path files) throws Exception {
    List<String> events =
        web.get(port, "/api/v1/events.ndjson?n=100000", "*/*").body().lines().toList();
    return new Outcome(events, calls(web, port), content(files));
  }

  private static List<String> calls(Program web, int port) throws Exception {
    return web.get(port, "/api/v1/calls.ndjson?n=100000", "*/*")
        .body()
        .lines()
        .map(JsonObject::new)
        .filter(call -> call.getString("stateName").equals("inv_established"))
        .map(call -> call.getString("callId") + " " + call.getString("messageTrace"))
        .sorted()
        .toList();
  }

  /** With other events. */
  Outcome with(List<String> others) {
    return new Outcome(others, calls, files);
  }

  /** Without events after a time. */
  Outcome until(Instant end) {
    return with(
        events.stream()
            .filter(
                event -> !Instant.parse(new JsonObject(event).getString("@timestamp")).isAfter(end))
            .toList());
  }

  /** Of these calls alone. */
  Outcome of(Set<String> callIds) {
    Map<String, String> own = new TreeMap<>(files);
    own.keySet().removeIf(name -> !callIds.contains(callId(name)));
    return new Outcome(
        events.stream().filter(event -> callIds.contains(callIdOf(event))).toList(),
        calls.stream().filter(call -> callIds.contains(call.split(" ", -1)[0])).toList(),
        own);
  }

  private static String callIdOf(String event) {
    return new JsonObject(event).getJsonObject("sip").getString("call_id");
  }

  private static String callId(String file) {
    return file.substring(file.indexOf('_') + 1, file.lastIndexOf('.'));
  }

  void assertSameAs(Outcome other) {
    // The first difference alone: all of them would fill pages.
    assertThat(without(events, other.events)).isEqualTo(without(other.events, events));
    assertThat(events.equals(other.events)).as("as often, in the same order").isTrue();
    assertThat(calls).isEqualTo(other.calls);
    assertThat(files.keySet()).isEqualTo(other.files.keySet());
    assertThat(files.equals(other.files)).as("with the same content").isTrue();
  }

  private static List<String> without(List<String> some, List<String> others) {
    Set<String> known = Set.copyOf(others);
    return some.stream().filter(one -> !known.contains(one)).limit(1).toList();
  }

  /** Time of the last packet. */
  static Instant end(Path capture) throws IOException {
    Instant last = Instant.EPOCH;
    try (PacketReader reader = PacketReader.open(capture.toString())) {
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
