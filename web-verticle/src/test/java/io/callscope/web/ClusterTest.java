package io.callscope.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Addresses;
import io.callscope.bus.EventType;
import io.callscope.bus.ProcessName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pages of a web server in a cluster, the other processes being fakes. */
@Timeout(60)
class ClusterTest {
  private static final String EDGE = "edge1-aaaaaa";
  private static final String TRACKER = "trk1-bbbbbb";
  private static final String WEB = "web1-dddddd";

  private final TestSite site = new TestSite(2);
  private volatile JsonObject members = members();

  @BeforeEach
  void start() {
    site.services.partition(0);
    site.services.partition(1);
    consume(Addresses.query("cluster"), query -> members);
    consume(Addresses.query("ipfix") + "." + EDGE, query -> connections("ipfix.0@" + EDGE, 5, 3));
    consume(
        Addresses.query("ipfix") + "." + TRACKER, query -> connections("ipfix.0@" + TRACKER, 4));
    consume(
        Addresses.query("process") + "." + TRACKER,
        query ->
            query.getString("query").equals("config")
                ? new JsonObject()
                    .put("commandLine", "callscope -roles tracker")
                    .put(
                        "settings",
                        new JsonArray()
                            .add(
                                new JsonObject()
                                    .put("name", "log_level")
                                    .put("value", "2")
                                    .put("origin", "default")))
                : new JsonObject().put("logging", new JsonObject().put("log_level", 3)));
    site.start(new ProcessName(WEB));
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private interface Answer {
    JsonObject to(JsonObject query);
  }

  private void consume(String address, Answer answer) {
    site.vertx
        .eventBus()
        .<JsonObject>consumer(address, message -> message.reply(answer.to(message.body())))
        .completion()
        .await();
  }

  private static JsonObject member(String process, String... roles) {
    return new JsonObject()
        .put("process", process)
        .put("address", "10.0.0.1:5701")
        .put("roles", new JsonArray(List.of(roles)))
        .put("version", "0.1.0")
        .put("tls", true)
        .put("leaving", false)
        .put("sinceMillis", 1_700_000_000_000L);
  }

  private static JsonObject owner(String what, int number, String process) {
    return new JsonObject()
        .put("what", what)
        .put("number", number)
        .put("process", process)
        .put("term", 2)
        .put("sinceMillis", 1_700_000_000_000L);
  }

  private static JsonObject members() {
    return new JsonObject()
        .put("cluster", "callscope")
        .put("partitions", 2)
        .put("process", TRACKER)
        .put(
            "members",
            new JsonArray()
                .add(member(TRACKER, "tracker", "ipfix"))
                .add(member(EDGE, "capture", "ipfix")))
        .put(
            "owners",
            new JsonArray()
                .add(owner("eventstage", 0, TRACKER))
                .add(owner("tracker", 0, TRACKER))
                .add(owner("tracker", 1, TRACKER)));
  }

  /** The seconds at which they began, newest first. */
  private static JsonObject connections(String collector, int... seconds) {
    JsonArray all = new JsonArray();
    for (int second : seconds) {
      all.add(
          new JsonObject()
              .put("collector", collector)
              .put("id", second)
              .put("remote", "192.0.2." + second)
              .put("since", "2024-01-01T00:00:0" + second + "Z"));
    }
    return new JsonObject()
        .put("listening", new JsonArray().add("0.0.0.0:4739"))
        .put("total", seconds.length)
        .put("connections", all)
        .put("ended", new JsonArray());
  }

  private void tell(String service, String instance, JsonObject group) {
    site.vertx
        .eventBus()
        .publish(
            Addresses.COUNTERS,
            new JsonObject()
                .put("service", service)
                .put("instance", instance)
                .put("timeMillis", System.currentTimeMillis())
                .put("groups", new JsonArray().add(group)));
  }

  private static JsonObject group(String name, String kind, Object... counters) {
    JsonArray all = new JsonArray();
    for (int i = 0; i < counters.length; i += 2) {
      all.add(
          new JsonObject()
              .put("name", counters[i])
              .put("kind", kind)
              .put("description", "")
              .put("value", counters[i + 1]));
    }
    return new JsonObject().put("name", name).put("counters", all);
  }

  private void tellFigures() {
    tell(
        "capture",
        "capture@" + EDGE,
        group("feed", "COUNTER", "records_sent", 100, "credit_waits", 7));
    tell("capture", "capture@" + EDGE + "x", group("feed", "COUNTER", "records_sent", 1));
    tell(
        "process",
        "process@" + EDGE,
        group("process", "GAUGE_MAX", "heap_bytes", 64L << 20, "threads", 9));
    tell(
        "process",
        "process@" + TRACKER,
        group("process", "GAUGE_MAX", "heap_bytes", 32L << 20, "threads", 5));
  }

  private JsonObject counters(String query) throws Exception {
    JsonObject found = new JsonObject();
    for (Object group : site.json("/counters" + query).getJsonArray("groups")) {
      for (Object counter : ((JsonObject) group).getJsonArray("counters")) {
        found.put(
            ((JsonObject) group).getString("name") + "." + ((JsonObject) counter).getString("name"),
            ((JsonObject) counter).getLong("value"));
      }
    }
    return found;
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void thePageShowsProcessesOwnersAndCredits() throws Exception {
    tellFigures();
    await(() -> site.json("/cluster").getJsonArray("sources").size() == 2);
    JsonObject json = site.json("/api/v1/cluster");
    assertThat(json.getString("cluster")).isEqualTo("callscope");
    assertThat(json.getJsonArray("members").getJsonObject(1).getMap())
        .containsEntry("process", EDGE)
        .containsEntry("state", "alive")
        .containsEntry("heapBytes", 64 << 20)
        .containsEntry("threads", 9);
    assertThat(json.getJsonArray("work")).hasSize(3);
    assertThat(json.getJsonArray("work").getJsonObject(1).getMap())
        .containsEntry("what", "tracker")
        .containsEntry("process", TRACKER)
        .containsEntry("term", 2)
        .containsKey("behindMillis");
    JsonObject source = json.getJsonArray("sources").getJsonObject(0);
    assertThat(source.getString("instance")).isEqualTo("capture@" + EDGE);
    assertThat(source.getLong("open")).isEqualTo(100);
    assertThat(source.getLong("creditWaits")).isEqualTo(7);
    assertThat(site.get("/cluster").body())
        .startsWith("cluster: callscope\nprocess " + TRACKER + ": alive roles: tracker,ipfix ")
        .contains("event stage: " + TRACKER + " term: 2\n", "tracker 1: " + TRACKER)
        .contains("source capture@" + EDGE + ": alive sent: 100 open: 100 credit waits: 7");
    assertThat(site.html("/cluster").body())
        .contains("<th scope=\"row\" class=\"mono\">" + EDGE + "</th>", "?process&#x3D;" + EDGE);
  }

  @Test
  void aProcessThatTellsNothingIsSilent() throws Exception {
    tell("process", "process@" + TRACKER, group("process", "GAUGE_MAX", "threads", 5));
    await(() -> state(1).equals("alive") || state(0).equals("alive"));
    assertThat(state(1)).isEqualTo("silent");
    JsonObject leaving = members();
    leaving.getJsonArray("members").getJsonObject(0).put("leaving", true);
    members = leaving;
    await(() -> state(0).equals("leaving"));
  }

  private String state(int member) throws Exception {
    return site.json("/cluster").getJsonArray("members").getJsonObject(member).getString("state");
  }

  @Test
  void countersAreSeenInSumAndOfOneProcess() throws Exception {
    tellFigures();
    await(() -> counters("").getLong("process.threads", 0L) == 14);
    assertThat(counters("?process=" + EDGE).getLong("process.threads")).isEqualTo(9);
    assertThat(counters("?process=" + EDGE).getLong("feed.records_sent")).isEqualTo(100);
    assertThat(counters("").getLong("feed.records_sent")).isEqualTo(101);
    assertThat(site.html("/counters").body()).contains("/counters?process&#x3D;" + TRACKER);
    assertThat(site.get("/counters?process=nobody").statusCode()).isEqualTo(400);
  }

  @Test
  void whatAGoneProcessHasCountedStaysAndWhatItHeldDoesNot() throws Exception {
    tell("tracker", "tracker.0@" + EDGE, group("calls", "GAUGE_MAX", "active", 50));
    tell("tracker", "tracker.1@" + EDGE, group("partition", "COUNTER", "messages", 10));
    await(() -> counters("").getLong("calls.active", 0L) == 50);
    await(() -> counters("").getLong("calls.active", 0L) == 0);
    assertThat(counters("").getLong("partition.messages")).isEqualTo(10);
  }

  @Test
  void aSourceOfASilentProcessIsReadNoMore() throws Exception {
    site.vertx
        .eventBus()
        .publish(
            Addresses.SOURCES,
            new JsonObject().put("source", "iface:eth0@" + EDGE).put("state", "running"));
    await(() -> site.json("/api/v1/sources").getJsonArray("sources").size() == 1);
    assertThat(site.json("/api/v1/sources").getJsonArray("sources").getJsonObject(0).getMap())
        .containsEntry("state", "failed")
        .containsEntry("error", EDGE + " is silent");
  }

  @Test
  void connectionsOfAllCollectorsAreMergedNewestFirst() throws Exception {
    JsonObject all = site.json("/ipfix/list");
    assertThat(ids(all)).containsExactly(5L, 4L, 3L);
    assertThat(all.getLong("total")).isEqualTo(3);
    assertThat(ids(site.json("/ipfix/list?s=1&n=1"))).containsExactly(4L);
  }

  private static List<Long> ids(JsonObject list) {
    return list.getJsonArray("connections").stream()
        .map(one -> ((JsonObject) one).getLong("id"))
        .toList();
  }

  @Test
  void aCollectorThatDoesNotAnswerIsNamed() throws Exception {
    JsonObject more = members();
    more.getJsonArray("members").add(member("gone-cccccc", "ipfix"));
    members = more;
    await(() -> site.get("/ipfix/list").statusCode() == 503);
    HttpResponse<String> list = site.get("/ipfix/list");
    assertThat(list.body())
        .startsWith("ERROR: gone-cccccc is not running\nIPFIX: ")
        .contains("(3/3)");
  }

  @Test
  void theOptionsOfEachProcessAreShown() throws Exception {
    JsonObject other = site.json("/about/config?process=" + TRACKER);
    assertThat(other.getString("commandLine")).isEqualTo("callscope -roles tracker");
    assertThat(other.getString("process")).isEqualTo(TRACKER);
    assertThat(other.getJsonArray("settings").getJsonObject(0).getMap())
        .containsEntry("name", "log_level")
        .containsEntry("value", "3")
        .containsEntry("origin", "run time");
    assertThat(site.html("/about/config").body()).contains("/about/config?process&#x3D;" + EDGE);
    assertThat(site.get("/about/config?process=nobody").statusCode()).isEqualTo(400);
    assertThat(site.get("/about/config?process=" + EDGE).body()).contains(EDGE + " is not running");
  }

  @Test
  void ringsOfOtherWebServersAreNoEventsTwice() throws Exception {
    tell("eventstage", "eventstage@" + TRACKER, group("ev_rate", "COUNTER", "published", 3));
    tell("web", "web.1@other-eeeeee", group("ev_ring0", "COUNTER", "queued", 3));
    site.services.publish(FakeServices.event(2, EventType.CALL_END, 200, "a@h"));
    await(() -> counters("").getLong("ev_ring0.queued", 0L) == 4);
    JsonObject own = counters("?process=" + WEB);
    assertThat(own.getLong("ev_ring0.queued")).isEqualTo(1);
    assertThat(own.getLong("ev_ring0.before")).isEqualTo(2);
    // The own ring has 1, and 2 were published before it was there: nothing is missing.
    assertThat(site.html("/").body()).contains("nothing lost");
  }
}
