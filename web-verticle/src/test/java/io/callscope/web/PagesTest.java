package io.callscope.web;

import static io.callscope.web.FakeServices.HOSTILE;
import static io.callscope.web.FakeServices.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists, tables and statistics of every service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
  private final TestSite site = new TestSite(2);

  @BeforeAll
  void start() {
    site.services.partition(0, call("0-1", "a@h", 1), call("0-2", HOSTILE, 3));
    site.services.partition(1, call("1-1", "b@h", 2), call("1-2", "c@h", 4));
    site.controls.eventStage();
    site.controls.collector();
    site.controls.process();
    site.start();
    site.services.publishCounters();
  }

  @AfterAll
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/calls",
        "/calls/list",
        "/calls/list/query",
        "/calls/timeout",
        "/regs",
        "/regs/list",
        "/regs/list/query",
        "/regs/cfg",
        "/events",
        "/events/query",
        "/events/blst",
        "/evrateblst",
        "/evrateblst/list",
        "/evrateblst/list/query",
        "/evrateblst/rates",
        "/evrateblst/forcegc",
        "/evrateblst/gccfg1",
        "/evrateblst/gccfg2",
        "/ipfix/list",
        "/cluster",
        "/counters/avg",
        "/stats/avg",
        "/stats/rate",
        "/pcapdump",
        "/tcp/timeouts",
        "/debug/forcetimeout",
        "/debug/options",
        "/debug/vars",
        "/debug/pprof/",
        "/debug/pprof/cmdline",
        "/debug/pprof/threads"
      })
  void everyPathHasThreeFormsAndEscapesWhatItShows(String path) throws Exception {
    HttpResponse<String> page = site.html(path);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("<!doctype html>", "<h1>", "</html>")
        .doesNotContain("<script>alert", "\u202e", "\u0007");
    HttpResponse<String> text = site.get(path);
    assertThat(text.statusCode()).isEqualTo(200);
    assertThat(text.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
    assertThat(text.body()).endsWith("\n").doesNotContain("<html", "\u202e", "\u0007");
    assertThat(site.json(path)).isNotEmpty();
    assertThat(site.controls.changes).as("only looked at").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "calls/tables",
        "calls/query",
        "calls/timeout",
        "regs",
        "regs/tables",
        "regs/cfg",
        "events/blst",
        "evrateblst",
        "evrateblst/tables",
        "evrateblst/rates",
        "evrateblst/gccfg2",
        "ipfix",
        "counters/avg",
        "stats/raw",
        "stats/avg",
        "stats/rate",
        "debug/vars",
        "debug/options",
        "tcp/timeouts"
      })
  void theApiHasThemToo(String path) throws Exception {
    assertThat(new JsonObject(site.html("/api/v1/" + path).body())).isNotEmpty();
  }

  private static List<String> column(JsonObject list, String name, String field) {
    return list.getJsonArray(name).stream()
        .map(one -> String.valueOf(((JsonObject) one).getValue(field)))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0-1 1-1 0-2 1-2",
    "?desc=1, 1-2 0-2 1-1 0-1",
    "?s=1&n=2, 1-1 0-2",
    "?desc&s=1&n=2, 0-2 1-1",
    "?sort=cid&n=2, 0-2 0-1",
    "?sort=cid&desc=1&s=1&n=2, 1-1 0-1",
    "?n=0, ''",
    "?s=9, ''",
  })
  void callsOfAllPartitionsAreOneListInEveryOrder(String query, String ids) throws Exception {
    assertThat(String.join(" ", column(site.json("/calls/list" + query), "calls", "id")))
        .isEqualTo(ids);
  }

  @Test
  void columnsSortAndTurnTheListAround() throws Exception {
    String page = site.html("/calls/list?cid=a&sort=cid").body();
    assertThat(page)
        .contains("aria-sort=\"ascending\"", "sort&#x3D;cid&amp;desc&#x3D;1", "sort&#x3D;from");
    assertThat(site.html("/calls/list?sort=cid&desc=1").body())
        .contains("aria-sort=\"descending\"");
  }

  @Test
  void bindingsAreListedWithTheirCall() throws Exception {
    String[] lines = site.get("/regs/list?n=1&aor=x").body().split("\n", -1);
    assertThat(lines[0]).isEqualTo("Registrations: start 0, max 1, filter aor \"x\", regexp false");
    assertThat(lines[1]).startsWith("0. \"sip:user0@example.com\" -> \"<script>");
    assertThat(column(site.json("/regs/list?s=1&n=2"), "bindings", "aor"))
        .containsExactly("sip:user1@example.com", "sip:user2@example.com");
    assertThat(site.html("/regs/list").body())
        .contains("href=\"/calls/a%40h\"", "being removed", "192.0.2.1:40123");
    JsonObject asked = site.services.asked.get(site.services.asked.size() - 1);
    assertThat(asked.getString("query")).isEqualTo("bindings");
  }

  @ParameterizedTest
  @CsvSource({
    "/calls, Calls Hash Stats: Total: 4 Crt: 4, unlimited",
    "/regs, Regs Hash Stats: Total: 14 Crt: 14, unlimited",
    "/evrateblst, Rates Hash Stats: Total: 5 Crt: 5, 100 (5% used)",
  })
  void tablesTellHowFullTheyAre(String path, String line, String limit) throws Exception {
    assertThat(site.get(path).body()).startsWith(line).contains(limit);
  }

  @Test
  void ratesAreListedWithTheirSlots() throws Exception {
    String text = site.get("/evrateblst/list?n=2&ridx=2").body();
    assertThat(text)
        .startsWith("Event rates: start 0, max 2, regexp false, ridx \"2\"\ntotal_events: 0 ")
        .contains(
            "\n0. call-end:192.0.2.0 N: 50 v: false created: 2024-01-01 00:00:00.000 (1m0s)\n",
            "\n1. auth-failed:192.0.2.1 N: 40 v: true ",
            "\tstate: true rate_id: 0 ex: 3 ok: 0 ExChgT: 30s ExLastT: - OkLastT: 20s\n",
            "\trate0*: 23.00 old: 0.50 intvl: 1s used: 22ms\n",
            "\trate2!: 25.00 old: 0.50 intvl: 1h0m0s used: 22ms\n")
        .doesNotContain("192.0.2.2");
    assertThat(column(site.json("/evrateblst/list?sort=total"), "rates", "ip").get(0))
        .isEqualTo("192.0.2.4");
    assertThat(site.html("/evrateblst/list?ip=192.0.2.0/24&n=2").body())
        .doesNotContain("as an SBC")
        .contains("over limit", "/events?name&#x3D;call-end&amp;src&#x3D;192.0.2.0")
        .contains("s&#x3D;2&amp;n&#x3D;2&amp;ip&#x3D;192.0.2.0%2F24");
  }

  @ParameterizedTest
  @CsvSource({
    "name=call-end, type, call-end",
    "ip=192.0.2.0/24, ip, 192.0.2.0/24",
    "ip=[[:digit:]]1&re, ip, [\\p{Digit}]1",
    "val=0, exceeded, false",
    "val=1, exceeded, true",
    "val=-1, exceeded, null",
    "rate=5, comparison, >=",
    "rate=5&rop=<, comparison, <",
    "rate=5, slot, 0",
    "ridx=1, slot, 1",
    "ridx=1, rate, 0",
    "'', rate, null",
  })
  void filtersOfRatesGoToTheEventStage(String query, String field, String value) throws Exception {
    String coded = query.replace("[", "%5B").replace("]", "%5D").replace("<", "%3C");
    JsonObject filter = site.json("/evrateblst/list?" + coded).getJsonObject("filter");
    assertThat(String.valueOf(filter.getValue(field))).isEqualTo(value);
  }

  @Test
  void connectionsAreListedNewestFirst() throws Exception {
    assertThat(site.get("/ipfix/list?s=2").body())
        .startsWith(
            "IPFIX: 0.0.0.0:4739 (1/3)\n2 [0] 192.0.2.5:51234 -> 192.0.2.1:4739 id: 2 pkts: 120 sip: 118\n\tstarted: 2024-02-15 14:58:08.000 (")
        .contains(
            "\ttimeout: 60s keepalive: 30s\n\thandshake: 1 version 1.2 flags 0xfc 0x0 0x0 system 7 keepalive 30 s product 0x435a 9.1.0 host \"sbc01\"\n");
    assertThat(site.get("/ipfix/list").body())
        .contains("\nEnded connections (1)\n0 [0] ", "\tended: ", "\treason: ");
    assertThat(site.get("/ipfix/list?n=1000000").body()).startsWith("n cut to 100000\n");
    assertThat(site.get("/ipfix/list?n=-3").statusCode()).isEqualTo(200);
    assertThat(site.html("/ipfix/list").body()).contains("Connections that have ended");
    assertThat(site.json("/ipfix/list?sbc=sbc%2001").getString("sbc")).isEqualTo("sbc 01");
    assertThat(site.html("/ipfix/list?sbc=sbc01&n=1").body())
        .contains("<b>sbc01</b> only", "/ipfix/list?s&#x3D;1&amp;n&#x3D;1&amp;sbc&#x3D;sbc01");
  }

  @ParameterizedTest
  @CsvSource({
    "/calls/list?n=x&s=-1&sort=nope&filter=zzz, 4",
    "/calls/list?s=99999&n=100, 1",
    "/calls/list?s=19999&n=100&sort=cid, 1",
    "/regs/list?n=-1&sort=cid, 2",
    "/regs/list?aor=(&re, 1",
    "/evrateblst/list?n=x&ip=nope&val=x&rate=x&rop=~&ridx=3&name=nope, 7",
    "/evrateblst/list?ip=(&re, 1",
    "/ipfix/list?n=x&s=-1, 2",
    "/stats/avg?d=5, 1",
    "/stats/avg?d=0, 1",
    "/stats/rate?d=-1s, 1",
    "/events?sort=type&desc=1&nope=1, 3",
    "/events?name=nope&proto=x&status=2xx&sport=a&order=up, 5",
    "/events/live?name=nope, 1",
    "/calls/list?state=answered, 1",
    "/calls/list?filter=state&val=answered&re, 1",
    "/calls/list?val=x, 1",
    "/counters/avg?d=x, 1",
    "/events/query?format=xml, 1",
  })
  void allBadParametersAreToldAtOnce(String path, int errors) throws Exception {
    HttpResponse<String> answer = site.get(path.replace("(", "%28"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).hasLineCount(errors);
    assertThat(answer.body().lines()).allMatch(line -> line.startsWith("ERROR: "));
    assertThat(site.html(path.replace("(", "%28")).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/events/stream?name=nope&view=x, 2",
    "/api/v1/calls.csv?state=answered&nope=1, 2",
    "/api/v1/calls?state=answered&nope=1&n=x, 3",
  })
  void theApiTellsThemToo(String path, int errors) throws Exception {
    HttpResponse<String> answer = site.get(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()).getJsonArray("errors")).hasSize(errors);
  }

  @Test
  void ratesOfStatisticsNeedTheirWindow() throws Exception {
    assertThat(site.get("/stats/rate?d=60m").body()).startsWith("rate per 1h0m0s: not yet avail");
    assertThat(site.json("/stats/rate?d=1h").getBoolean("available")).isFalse();
    assertThat(site.get("/stats/avg?d=1h").body()).startsWith("average per 1h0m0s, uptime: ");
    assertThat(site.get("/counters/avg?d=1h").body())
        .contains("avg_1h0m0s.pkt_stats.parse_ok")
        .doesNotContain("calls.active");
  }

  @Test
  void variablesAreOneObject() throws Exception {
    JsonObject vars = site.json("/debug/vars");
    assertThat(vars.getLong("pkt_stats.parse_ok")).isEqualTo(90);
    assertThat(vars.getString("cmdline")).isEqualTo("callscope -http_port 8080");
    assertThat(vars.getJsonObject("memstats").getLong("heapUsedBytes")).isPositive();
  }

  @Test
  void threadsAreShown() throws Exception {
    assertThat(site.get("/debug/pprof/threads").body()).contains("\"main\"", "\tat ");
    assertThat(site.post("/debug/pprof/heap", "").body()).contains("java.lang.String");
    assertThat(site.post("/debug/pprof/profile", "seconds=0").statusCode()).isEqualTo(400);
    assertThat(site.get("/debug/pprof/profile").statusCode()).isEqualTo(400);
  }

  @Test
  void theConfigurationTellsWhatHoldsNow() throws Exception {
    String settings = site.json("/about/config").getJsonArray("settings").encode();
    assertThat(settings)
        .contains("{\"name\":\"reg_del_delay\",\"value\":\"5\",\"origin\":\"run time\"}")
        .contains("{\"name\":\"event_types_blst\",\"value\":\"msg-probe\",\"origin\":\"run time\"}")
        .contains(
            "{\"name\":\"evr_limits\",\"value\":\"20.0 240.0 3600.0\",\"origin\":\"default\"}")
        .contains("{\"name\":\"http_port\",\"value\":\"8080\",\"origin\":\"command line\"}");
  }
}
