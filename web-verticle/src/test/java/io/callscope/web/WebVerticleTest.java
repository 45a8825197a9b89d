package io.callscope.web;

import static io.callscope.web.FakeServices.HOSTILE;
import static io.callscope.web.FakeServices.call;
import static io.callscope.web.FakeServices.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.BusCodecs;
import io.callscope.bus.EventType;
import io.callscope.config.EffectiveSetting;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebVerticleTest {
  private static final String LONG_ID = "x".repeat(60_000);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final FakeServices services = new FakeServices(vertx);
  private WebVerticle web;

  @BeforeAll
  void start() throws Exception {
    BusCodecs.register(vertx.eventBus());
    services.partition(0, call("0-1", "a@h", 1), call("0-2", "c/d e%", 3), call("0-3", LONG_ID, 5));
    services.partition(1, call("1-1", "b@h", 2), call("1-2", HOSTILE, 4), call("1-3", "a@h", 6));
    web = deploy(10, 2);
    services.publishCounters();
    services.publishSource("running");
    for (int i = 0; i < 6; i++) {
      int status = i == 5 ? 0 : List.of(200, 202, 420, 404, 503).get(i);
      services.publish(
          event(
              i,
              i % 2 == 0 ? EventType.CALL_START : EventType.CALL_END,
              status,
              i == 4 ? HOSTILE : "a@h"));
    }
    until(web, "/events", "Total Generated: 6");
    until(web, "/counters", "calls.active");
  }

  @AfterAll
  void stop() {
    vertx.close().await();
  }

  private WebVerticle deploy(int size, int partitions) {
    return deploy(vertx, size, partitions);
  }

  private static WebVerticle deploy(Vertx vertx, int size, int partitions) {
    WebVerticle verticle = new WebVerticle(config(size, partitions));
    vertx.deployVerticle(verticle).await();
    return verticle;
  }

  static WebConfig config(int size, int partitions) {
    return new WebConfig(
        "127.0.0.1",
        0,
        size,
        partitions,
        List.of(new EffectiveSetting("http_port", "8080", "command line")),
        "0.1",
        "callscope -http_port 8080",
        System.nanoTime());
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return get(web, path, headers);
  }

  private HttpResponse<String> get(WebVerticle server, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request = request(server, path);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(WebVerticle server, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  private String text(String path) throws Exception {
    return get(path).body();
  }

  private HttpResponse<String> html(String path) throws Exception {
    return get(path, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
  }

  private JsonObject json(String path) throws Exception {
    return new JsonObject(get(path, "Accept", "application/json").body());
  }

  /** What is published arrives soon, but when is the bus's affair. */
  private void until(WebVerticle server, String path, String expected) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!get(server, path).body().contains(expected)) {
      assertThat(System.nanoTime()).as(path + " shows " + expected).isLessThan(deadline);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"calls", "calls/a@h", "events", "counters", "stats", "sources", "config", "about"})
  void theApiAnswersInJsonWhateverIsAccepted(String path) throws Exception {
    HttpResponse<String> answer = html("/api/v1/" + path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(answer.body())).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/nothing", "/calls/list?n=x", "/health/live"})
  void everyAnswerCarriesTheSecurityHeaders(String path) throws Exception {
    HttpResponse<String> page = html(path);
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'", "style-src 'self'", "script-src 'self'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("referrer-policy")).hasValue("same-origin");
    assertThat(page.headers().firstValue("cache-control")).hasValue("no-store");
  }

  @Test
  void assetsComeFromTheJarAndMayBeKept() throws Exception {
    String page = html("/").body();
    for (String part : page.split("\"", -1)) {
      if (part.startsWith("/assets/")) {
        HttpResponse<String> asset = get(part);
        assertThat(asset.statusCode()).isEqualTo(200);
        assertThat(asset.headers().firstValue("cache-control").orElseThrow()).contains("immutable");
      }
    }
    assertThat(page).contains("/pico.css", "/callscope.css").doesNotContain("http://", "https://");
    assertThat(get("/assets/../web/layout.hbs").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/calls/", "/regs/", "/api/v1/nothing", "/calls/a/b"})
  void unknownPathsAreNotFound(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
    assertThat(html(path).statusCode()).isEqualTo(404);
  }

  @Test
  void otherMethodsAreRefusedAndNamed() throws Exception {
    HttpResponse<String> answer =
        client.send(request(web, "/events").DELETE().build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).hasValue("GET, HEAD");
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() throws Exception {
    HttpResponse<String> answer =
        client.send(
            request(web, "/about/config")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
  }

  @Test
  void callsOfAllPartitionsComeInOrderOfCreation() throws Exception {
    assertThat(ids(json("/calls/list"))).containsExactly("0-1", "1-1", "0-2", "1-2", "0-3", "1-3");
    assertThat(ids(json("/calls/list?s=2&n=3"))).containsExactly("0-2", "1-2", "0-3");
    assertThat(ids(json("/calls/list?n=0"))).isEmpty();
    assertThat(json("/calls/list?n=1").getLong("matches")).isEqualTo(6);
    String page = html("/calls/list?s=2&n=2").body();
    assertThat(page)
        .contains("/calls/list?s&#x3D;4&amp;n&#x3D;2", "/calls/list?s&#x3D;0&amp;n&#x3D;2");
  }

  private static List<String> ids(JsonObject list) {
    return list.getJsonArray("calls").stream().map(c -> ((JsonObject) c).getString("id")).toList();
  }

  @Test
  void filtersOfCallsGoToTheTrackersAllOfThem() throws Exception {
    services.asked.clear();
    get("/calls/list?cid=a&filter=state&val=early&re=1");
    JsonObject query = services.asked.get(0);
    assertThat(query.getJsonArray("filters"))
        .isEqualTo(
            JsonArray.of(
                new JsonObject().put("field", "cid").put("value", "a").put("regex", true),
                new JsonObject().put("field", "state").put("value", "early").put("regex", true)));
  }

  @Test
  void thePlainListHasALineACallWithItsFieldsInOrder() throws Exception {
    String[] lines = text("/calls/list?n=1").split("\n", -1);
    assertThat(lines[0]).isEqualTo("Calls: start 0, max 1, regexp false");
    assertThat(lines[1])
        .startsWith(
            "0. key: \"a@h\" \"f1\" \"t1\" method: INVITE state: established cseq: 1:0 status: 200:0")
        .contains("reqs: 2:0-1:0 repls: 3:0-0:0", "req_sig: 26abc expire: 3600s");
    assertThat(text("/calls/list").split("\n", -1)).hasSize(8);
  }

  @Test
  void hostileValuesAreEscapedEverywhere() throws Exception {
    for (String path : List.of("/", "/calls/list", "/events", "/stats")) {
      assertThat(html(path).body()).doesNotContain("<script>", "\u202e", "\u0007", "alert('x')");
      assertThat(text(path)).doesNotContain("\u202e", "\u0007", "\r");
    }
    assertThat(html("/events?cid=%3Cscript%3E%22").body()).doesNotContain("<script>");
    assertThat(html("/%3Cscript%3E").body()).doesNotContain("<script>");
    assertThat(html("/calls/list").body()).contains("(60000 characters)");
  }

  @Test
  void aCallIsShownWithAllItsEntriesMessagesAndEvents() throws Exception {
    String page = html("/calls/a@h").body();
    assertThat(page)
        .contains("Entry 0", "Entry 1", "first invite", "repeated 1×", "2 older messages");
    assertThat(page).contains("Events of this call", "[2001:db8::2]:5080");
    JsonObject json = json("/calls/a%40h");
    assertThat(ids(json)).containsExactly("0-1", "1-3");
    assertThat(json.getJsonArray("events")).hasSize(5);
    assertThat(ids(json("/calls/c%2Fd%20e%25"))).containsExactly("0-2");
  }

  private static JsonObject message(int second, boolean fromCaller, String text) {
    return new JsonObject()
        .put("time", "2024-01-01T00:00:0" + second + "Z")
        .put("arrival", "2024-01-01T00:00:0" + second + "Z")
        .put("transport", "udp")
        .put("source", fromCaller ? "192.0.2.1" : "2001:db8::2")
        .put("sourcePort", 5060)
        .put("destination", fromCaller ? "2001:db8::2" : "192.0.2.1")
        .put("destinationPort", 5060)
        .put("parsed", true)
        .put("text", text);
  }

  @Test
  void theMessagesOfACallAreShownThoughItHasEnded() throws Exception {
    services.messages.put(
        "ended@h",
        JsonArray.of(
            message(2, false, "SIP/2.0 486 Busy\r\nX: <b>&\u202e\r\n\r\n"),
            message(1, true, "INVITE sip:bob@x SIP/2.0\r\n\r\n")));

    HttpResponse<String> page = html("/calls/ended%40h");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body().indexOf("INVITE sip:bob@x"))
        .as("in order of time")
        .isBetween(0, page.body().indexOf("486 Busy"));
    assertThat(page.body())
        .contains("[2001:db8::2]:5060 → 192.0.2.1:5060", "X: &lt;b&gt;&amp;\\u202e\n", "+1s");
    assertThat(text("/calls/ended@h"))
        .contains("2024-01-01 00:00:01.000 udp 192.0.2.1:5060 -> [2001:db8::2]:5060\n\tINVITE");
    JsonObject messages = json("/calls/ended@h").getJsonObject("messages");
    assertThat(messages.getBoolean("kept")).isTrue();
    assertThat(messages.getJsonArray("list")).hasSize(2 * 2);
  }

  @Test
  void aCallThatEndedIsNotFoundButItsEventsAre() throws Exception {
    HttpResponse<String> page = html("/calls/gone");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).contains("may have ended");
    assertThat(text("/calls/gone")).startsWith("ERROR: no call \"gone\"");
    assertThat(get("/calls/%ff").statusCode()).isEqualTo(400);
    assertThat(get("/calls/%c3").statusCode()).isEqualTo(400);
  }

  @Test
  void plainEventsComeOldestFirstPagesNewestFirst() throws Exception {
    assertThat(text("/events"))
        .startsWith(
            "Events: start 0, max 100, regexp false\nTotal Generated: 6 Max. Buffered: 10\n\n0 [0]\n\tType: call-start\n");
    assertThat(numbers(json("/events?s=2&n=2"))).containsExactly(2L, 3L);
    assertThat(numbers(json("/events?order=newest&n=2"))).containsExactly(5L, 4L);
    assertThat(numbers(json("/events?order=newest&n=2&s=3"))).containsExactly(3L, 2L);
    assertThat(numbers(json("/events?s=6"))).isEmpty();
    assertThat(html("/events?n=2").body()).contains("/events?s&#x3D;3&amp;n&#x3D;2");
  }

  private static List<Long> numbers(JsonObject list) {
    return list.getJsonArray("events").stream()
        .map(e -> ((JsonObject) e).getJsonObject("event").getLong("number"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "status=20&name=START, 0 2",
    "name=call-end, 1 3 5",
    "src=192.0.2.1&dst=.2.2, 0 1 2 3 4 5",
    "sport=50, 0 1 2 3 4 5",
    "dport=5060, ''",
    "proto=UDP&n=1, 0",
    "cid=A@H, 0 1 2 3 5",
    "cid=A@H&re, ''",
    "cid=^a@[[:alpha:]]$&re, 0 1 2 3 5",
    "fu=alice&tu=bob&method=inv&uri=bob&contact=alice&ua=phone&uas=switch, 0 1 2 3 4 5",
    "reason=503, 4",
    "filter=status&val=503, 4",
    "filter=status&val=503&status=404, 3",
    "re=0&reason=5.3, ''",
  })
  void filtersOfEventsAreCombined(String query, String expected) throws Exception {
    String coded = query.replace("^", "%5E").replace("[", "%5B").replace("]", "%5D");
    List<String> found = numbers(json("/events?" + coded)).stream().map(String::valueOf).toList();
    assertThat(String.join(" ", found)).isEqualTo(expected);
  }

  @Test
  void allBadParametersAreToldAtOnce() throws Exception {
    HttpResponse<String> plain = get("/events?n=x&s=-1&filter=zzz&order=up&format=xml");
    assertThat(plain.statusCode()).isEqualTo(400);
    assertThat(get("/events?n=x&s=-1&filter=zzz&order=up").body().split("\n", -1))
        .hasSize(5)
        .allMatch(line -> line.isEmpty() || line.startsWith("ERROR: "));
    assertThat(html("/calls/list?n=-1&s=9999999").body())
        .contains("parameter n", "parameter s", "<form");
    assertThat(json("/calls/list?n=-1&s=x").getJsonArray("errors")).hasSize(2);
    assertThat(get("/events?cid=%28&re").body())
        .startsWith("ERROR: filter cid: bad regular")
        .hasLineCount(1);
  }

  @Test
  void anExpressionThatWouldTakeForEverIsStopped() throws Exception {
    Vertx own = Vertx.vertx();
    BusCodecs.register(own.eventBus());
    WebVerticle alone = deploy(own, 10, 1);
    FakeServices source = new FakeServices(own);
    for (int i = 0; i < 10; i++) {
      source.publish(event(i, EventType.CALL_START, 200, "a".repeat(300)));
    }
    until(alone, "/events", "9 [9]");
    HttpResponse<String> answer =
        get(alone, "/events?re&cid=%28a%2B%2B%7Ca%29*%28a%7Ca%3F%29%2B%28%28a%2B%29%2B%29%2Bb");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("ERROR: ");
  }

  @Test
  void countersHaveTheirVectors() throws Exception {
    assertThat(get("/counters?group=x&group=y&flags=q&short=maybe").body()).hasLineCount(4);
    assertThat(text("/counters")).startsWith("uptime: ");
    String line = "calls.active                  :     12           M:     40";
    assertThat(text("/counters?counter=calls.active&short=1")).isEqualTo(line + "\n");
    assertThat(text("/counters?group=calls&nz&short=1"))
        .isEqualTo("calls.inv_established         :     12\n" + line + "\n\n");
    assertThat(text("/counters?group=pkt_stats&short=true"))
        .contains("pkt_stats.http.reqs")
        .doesNotContain("calls.");
    assertThat(text("/counters?flags=val%7Crec")).contains("pkt_stats:\n").doesNotContain("about");
    assertThat(text("/counters?flags=2")).doesNotContain("http");
    assertThat(text("/counters?flags=1f&short=1")).contains("about").doesNotContain("fail_new");
    HttpResponse<String> form =
        client.send(
            request(web, "/counters")
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("short=1"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(form.body()).doesNotContain("uptime", "about");
    assertThat(json("/counters?group=calls").getJsonArray("groups")).hasSize(1);
  }

  @Test
  void theRingCountsWhatItStored() throws Exception {
    until(web, "/counters?nz", "ev_ring0.queued");
    assertThat(text("/counters?counter=ev_ring0.evtype.call-end")).contains(":      3");
  }

  @Test
  void statisticsComeByTopicAndRaw() throws Exception {
    assertThat(text("/stats"))
        .contains("total_packets:   1000", "CR missing:      7", "INVITE:     50");
    assertThat(text("/stats/raw")).contains("total_packets: 1000\nudp: 67\n");
    assertThat(json("/stats/raw").getLong("sip_udp")).isEqualTo(60);
  }

  @Test
  void theDashboardShowsInputHealthAndCalls() throws Exception {
    assertThat(html("/").body())
        .contains("nothing lost", "<progress", "25 %", ">12<", "not yet available");
    assertThat(text("/")).contains("[0. /]", "calls: 12");
  }

  @Test
  void theConfigurationIsListedWithOrigins() throws Exception {
    assertThat(text("/about/config")).isEqualTo("callscope -http_port 8080\n\thttp_port: 8080\n");
    assertThat(json("/api/v1/config").getJsonArray("settings").getJsonObject(0).getString("origin"))
        .isEqualTo("command line");
  }

  @Test
  void aPartitionThatDoesNotAnswerSpoilsNothing() throws Exception {
    services.silentPartition(2);
    WebVerticle three = deploy(3, 3);
    HttpResponse<String> late = get(three, "/calls/list", "Accept", "text/html");
    assertThat(late.statusCode()).isEqualTo(504);
    assertThat(late.body()).contains("partition 2 did not answer", "a@h");
    assertThat(get(three, "/health/ready").statusCode()).isEqualTo(503);
  }

  @Test
  void aPartitionThatDoesNotRunIsTold() throws Exception {
    WebVerticle more = deploy(3, 2 + 7);
    HttpResponse<String> answer = get(more, "/calls");
    assertThat(answer.statusCode()).isBetween(503, 504);
    assertThat(answer.body())
        .contains("ERROR: partition 8 is not running", "Calls Hash Stats: Total: 6");
  }

  @Test
  void healthIsForMachines() throws Exception {
    assertThat(text("/health/live")).isEqualTo("ok\n");
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void listsAreExportedWholeInBothFormats() throws Exception {
    services.asked.clear();
    String[] events = get("/api/v1/events.ndjson").body().split("\n", -1);
    assertThat(new JsonObject(events[0]).getString("type")).isNotEmpty();
    assertThat(get("/api/v1/events.csv").body().split("\r\n", -1)).hasSize(events.length + 1);
    HttpResponse<String> calls = get("/api/v1/calls.csv");
    assertThat(services.asked)
        .filteredOn(query -> query.getString("query").equals("calls"))
        .isNotEmpty()
        .as("as long as the export waits")
        .allMatch(query -> query.getLong("waitMillis", 0L) == 10_000);
    assertThat(calls.headers().firstValue("content-type").orElseThrow()).startsWith("text/csv");
    assertThat(calls.headers().firstValue("content-disposition")).isPresent();
    assertThat(calls.body()).startsWith("id,callId,").contains("0-1,", "1-3,");
    assertThat(get("/api/v1/calls.ndjson?n=2").body().split("\n", -1)).hasSize(3);
    HttpResponse<String> wrong = get("/api/v1/calls.csv?n=x&filter=y");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("must be a whole number from 0 to", "not one of");
    assertThat(get("/api/v1/events.csv?cid=no-such-call").body()).hasLineCount(1);
  }

  @Test
  void anExportThatFailsOnTheWayIsCutOff() throws Exception {
    services.asked.clear();
    WebVerticle lost = deploy(10, 9);
    assertThatThrownBy(() -> get(lost, "/api/v1/calls.csv")).isInstanceOf(IOException.class);
  }

  @Test
  void metricsAreForPrometheus() throws Exception {
    HttpResponse<String> answer = html("/metrics");
    assertThat(answer.headers().firstValue("content-type").orElseThrow())
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body())
        .contains(
            "callscope_build_info{version=\"0.1\"} 1\n",
            "callscope_pkt_stats_total_packets_total 1000\n",
            "callscope_calls_active 12\n",
            "callscope_stage_in_total{stage=\"packets\"} 1000\n",
            "callscope_events_total{type=\"call-start\"}");
    for (String line : answer.body().split("\n", -1)) {
      assertThat(line)
          .matches("|# (HELP|TYPE) callscope_\\w+ .*|callscope_\\w+(\\{\\w+=\".*\"})? [-0-9.E]+");
    }
  }

  @Test
  void aPortInUseFailsTheStartWithAddressAndPort() {
    WebConfig taken =
        new WebConfig(
            "127.0.0.1", web.port(), 1, 1, List.of(), "0", "callscope", System.nanoTime());
    assertThatThrownBy(() -> vertx.deployVerticle(new WebVerticle(taken)).await())
        .hasMessageContaining("cannot listen on 127.0.0.1:" + web.port());
  }

  @Test
  void tooLargeABodyIsRefused() throws Exception {
    HttpResponse<String> answer =
        client.send(
            request(web, "/counters")
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("short=" + "1".repeat(100_000)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isBetween(400, 499);
  }
}
