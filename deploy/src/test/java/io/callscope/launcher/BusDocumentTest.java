package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import example.Subscriber;
import io.callscope.bus.Addresses;
import io.callscope.bus.EventType;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds {@code docs/bus.md} and {@code docs/events.md} against what a process that knows nothing of
 * ours gets from the program: it joins as the example does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BusDocumentTest {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Pattern KEY = Pattern.compile("\"(@?\\w+)\":");

  /** Only where an SBC has told them, where it has happened, or where it is asked for. */
  private static final Set<String> SOMETIMES =
      Set.of(
          "sbc",
          "linked",
          "quality",
          "min",
          "max",
          "truncated",
          "base64",
          "bindings",
          "earlyDialog",
          "finalReply",
          "forked",
          "lastExceeded",
          "lastOk");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final List<JsonObject> events = new CopyOnWriteArrayList<>();
  private final List<JsonObject> sources = new CopyOnWriteArrayList<>();
  private final List<JsonObject> counters = new CopyOnWriteArrayList<>();
  private String document;
  private Program program;
  private Vertx vertx;

  @TempDir static Path folder;

  @BeforeAll
  void start() throws Exception {
    document = Files.readString(Path.of("..", "docs", "bus.md"));
    String cluster = "test-" + UUID.randomUUID();
    program = new Program(folder);
    program.start(
        "-cluster",
        "-cluster_name",
        cluster,
        "-partitions",
        "2",
        "-pcap",
        Program.DEMO.toString(),
        "-replay",
        "-replay_scale",
        "0.1",
        "-ipfix_port",
        "" + Program.freePort(),
        "-ipfix_addr",
        LOOPBACK,
        "-pcap_dump_dir",
        folder.resolve("calls").toString(),
        "-pcap_dump_on");
    program.await("is in cluster");
    vertx = Subscriber.join(cluster, LOOPBACK, List.of(LOOPBACK), List.of());
    Subscriber.listen(vertx.eventBus(), new PrintStream(printed, true, StandardCharsets.UTF_8));
    for (EventType type : EventType.values()) {
      listen(Addresses.event(type), events);
    }
    listen(Addresses.SOURCES, sources);
    listen(Addresses.COUNTERS, counters);
  }

  private void listen(String address, List<JsonObject> into) {
    vertx
        .eventBus()
        .<JsonObject>consumer(address, message -> into.add(message.body()))
        .completion()
        .await();
  }

  @AfterAll
  void stop() throws Exception {
    if (vertx != null) {
      vertx.close().await(20, TimeUnit.SECONDS);
    }
    program.close();
  }

  private JsonObject ask(String address, JsonObject query) {
    return vertx.eventBus().<JsonObject>request(address, query).await().body();
  }

  private static JsonObject query(String name) {
    return new JsonObject().put("query", name);
  }

  /** Names of all fields, those in objects within too. */
  private static Set<String> keys(Object value) {
    Set<String> keys = new TreeSet<>();
    if (value instanceof JsonObject object) {
      for (String name : object.fieldNames()) {
        keys.add(name);
        if (!name.equals("callTimeouts")) { // its fields are the states of calls
          keys.addAll(keys(object.getValue(name)));
        }
      }
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        keys.addAll(keys(array.getValue(i)));
      }
    }
    return keys;
  }

  /** Names in quotes or code anywhere in the document. */
  private Set<String> documented() {
    Set<String> names = new TreeSet<>();
    Matcher matcher = Pattern.compile("[\"`](@?\\w+)[\"`]").matcher(document);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** The fields of the example that begins with a text. */
  private Set<String> example(String begin) {
    int start = document.indexOf("```json\n" + begin);
    assertThat(start).as("an example that begins with " + begin).isPositive();
    Matcher matcher = KEY.matcher(document.substring(start, document.indexOf("\n```", start + 8)));
    Set<String> keys = new TreeSet<>();
    while (matcher.find()) {
      keys.add(matcher.group(1));
    }
    return keys;
  }

  private static Set<String> without(Set<String> some, Set<String> others) {
    return some.stream()
        .filter(one -> !others.contains(one))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void holds(String begin, JsonObject live) {
    assertThat(without(example(begin), SOMETIMES)).as(begin).isSubsetOf(keys(live));
    assertThat(keys(live)).as(begin).isSubsetOf(documented());
  }

  private JsonObject first(List<JsonObject> list) throws Exception {
    program.await(() -> !list.isEmpty());
    return list.get(0);
  }

  private JsonObject firstOf(String query, String list) throws Exception {
    Set<JsonObject> found = ConcurrentHashMap.newKeySet();
    program.await(
        () -> {
          for (int partition = 0; partition < 2; partition++) {
            JsonObject answer =
                ask(Addresses.query("tracker", partition), query(query).put("limit", 1));
            answer.getJsonArray(list).forEach(one -> found.add((JsonObject) one));
          }
          return !found.isEmpty();
        });
    return found.iterator().next();
  }

  @Test
  void theExampleOfASubscriberPrintsEvents() throws Exception {
    program.await(() -> printed.toString(StandardCharsets.UTF_8).contains("\"call-start\""));
  }

  @Test
  void everyFieldOfEveryEventIsDescribed() throws Exception {
    program.await(() -> events.stream().map(e -> e.getString("type")).distinct().count() >= 3);
    String described = Files.readString(Path.of("..", "docs", "events.md"));
    for (JsonObject event : events) {
      for (String path : paths("", event)) {
        assertThat(described).as(event.getString("type")).contains("`" + path + "`");
      }
    }
    JsonObject start =
        events.stream().filter(e -> e.getJsonObject("sip") != null).findFirst().orElseThrow();
    assertThat(keys(start)).contains("call_id", "client", "server", "number", "agent");
  }

  private static Set<String> paths(String before, JsonObject object) {
    Set<String> paths = new TreeSet<>();
    for (String name : object.fieldNames()) {
      Object value = object.getValue(name);
      if (value instanceof JsonObject within) {
        paths.addAll(paths(before + name + ".", within));
      } else {
        paths.add(before + name);
      }
    }
    return paths;
  }

  @Test
  void sourcesAndCountersAreAsDescribed() throws Exception {
    holds("{\"source\"", first(sources));
    holds("{\"service\"", first(counters));
  }

  @Test
  void theAnswersOfTrackersAreAsDescribed() throws Exception {
    JsonObject call = firstOf("calls", "calls");
    holds("{\"id\": \"0-42\"", call);
    holds("{\"aor\"", firstOf("bindings", "bindings"));
    JsonObject messages = query("messages").put("callId", call.getString("callId")).put("limit", 9);
    boolean seen = false;
    for (int partition = 0; partition < 2; partition++) {
      String address = Addresses.query("tracker", partition);
      JsonObject ring = ask(address, messages);
      if (!ring.getJsonArray("messages").isEmpty()) {
        seen = true;
        holds("{\"time\"", ring.getJsonArray("messages").getJsonObject(0));
      }
      for (String name : List.of("tables", "settings")) {
        assertThat(keys(ask(address, query(name)))).isSubsetOf(documented());
      }
    }
    assertThat(seen).as("messages of the call").isTrue();
  }

  @Test
  void theAnswersOfTheOthersAreAsDescribed() throws Exception {
    first(events);
    String stage = Addresses.query("eventstage");
    JsonObject rates = ask(stage, query("rates").put("limit", 1));
    holds("{\"id\": \"7\"", rates.getJsonArray("rates").getJsonObject(0));
    for (String name : List.of("tables", "settings")) {
      assertThat(keys(ask(stage, query(name)))).isSubsetOf(documented());
    }
    assertThat(keys(ask(Addresses.query("ipfix"), query("connections")))).isSubsetOf(documented());
    JsonObject file = query("file").put("callId", "a@b");
    assertThat(keys(ask(Addresses.query("pcapdump"), file))).isSubsetOf(documented());
    assertThat(keys(ask(Addresses.query("pcapdump"), query("status")))).isSubsetOf(documented());
    for (String name : List.of("settings", "config")) {
      assertThat(keys(ask(Addresses.query("process"), query(name)))).isSubsetOf(documented());
    }
    holds("{\"cluster\"", ask(Addresses.query("cluster"), query("members")));
  }
}
