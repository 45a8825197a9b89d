package io.callscope.web;

import static io.callscope.web.FakeServices.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What forms change, who is told, and what each answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActionsTest {
  private final TestSite site = new TestSite(2);

  /** A server with nobody behind it. */
  private final TestSite empty = new TestSite(1);

  @BeforeAll
  void start() {
    site.services.partition(0, call("0-1", "a@h", 1));
    site.services.partition(1, call("1-1", "b@h", 2));
    site.controls.instance("tracker", "tracker.0");
    site.controls.instance("tracker", "tracker.1");
    site.controls.instance("capture", "capture.0");
    site.controls.eventStage();
    site.controls.process();
    site.start();
    site.services.alive("tracker", "tracker.0", "tracker.1");
    site.services.alive("eventstage", "eventstage");
    site.services.alive("capture", "capture.0");
    site.services.alive("process", "process.1");
    empty.start();
  }

  @AfterAll
  void stop() {
    site.close();
    empty.close();
  }

  @BeforeEach
  void forget() {
    site.controls.changes.clear();
    site.controls.refusals.clear();
    for (String tracker : List.of("tracker.0", "tracker.1")) {
      site.services.alive("tracker", tracker);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/calls/timeout; inv_1st=2m&inv_established=0; {'change':'call_timeouts','seconds':{'inv_1st':120,'inv_established':0},'to':'tracker.1'}",
        "/calls/timeout; first%20invite=1500ms; {'change':'call_timeouts','seconds':{'inv_1st':1},'to':'tracker.1'}",
        "/regs/cfg; reg_exp_delta=40&reg_del_delay=-1; {'regExpDelta':40,'regDelDelay':0,'change':'registrations','to':'tracker.1'}",
        "/regs/cfg; reg_exp_delta=-1&contact_ignore_port=1; {'regExpDelta':30,'contactIgnorePort':true,'change':'registrations','to':'tracker.1'}",
        "/debug/forcetimeout; timeout=2s; {'change':'force_timeout','millis':2000,'to':'tracker.1'}",
        "/events/blst; call-end=1&reg-new=0&other-ok=x&parse-error=; {'change':'event_types','drop':['call-end','other-ok','parse-error'],'keep':['reg-new'],'to':'eventstage'}",
        "/events/blst; reset=; {'change':'event_types','reset':true,'to':'eventstage'}",
        "/evrateblst/rates; rate1=5&rate2=-1&interval0=2s&interval1=0; {'limits':[20.0,5.0,3600.0],'intervalsMillis':[2000,60000,3600000],'change':'rates','to':'eventstage'}",
        "/evrateblst/rates; evr_conseq_report_min=7&evr_conseq_report_max=0; {'reportMin':7,'reportMax':0,'change':'rates','to':'eventstage'}",
        "/evrateblst/forcegc; n=3; {'change':'force_gc','target':3,'to':'eventstage'}",
        "/evrateblst/gccfg1; evr_gc_interval=0&evr_gc_old_age=1m&evr_gc_target=9&evr_gc_max_run_time=5ms; {'intervalMillis':0,'oldAgeMillis':60000,'maxWalked':50000,'target':9,'change':'collection','to':'eventstage'}",
        "/evrateblst/gccfg2; hard_gc_target=8&light_gc_trigger=7&light_gc_target=6&light_gc_lifetime=1s&light_gc_runtime=1ms; {'hardTarget':8,'lightTrigger':7,'lightTarget':6,'lightAgeMillis':1000,'maxWalked':10000,'change':'pressure','to':'eventstage'}",
        "/evrateblst/gccfg2; max_entries=50; {'change':'rates','maxEntries':50,'to':'eventstage'}",
        "/evrateblst/gccfg2; hard_gc_m0_dt0=5s&hard_gc_m0_opoklastt=ignore; {'criteria':[{'exceeded':false,'ages':[{'comparison':'>','time':'created','millis':5000}]}],'change':'pressure','to':'eventstage'}",
        "/evrateblst/gccfg2; hard_gc_m9_opex===&hard_gc_m9_ex=true; {'criteria':[{'exceeded':false,'ages':[{'comparison':'>','time':'lastOk','millis':600000}]},{'exceeded':true,'ages':[]}],'change':'pressure','to':'eventstage'}",
        "/tcp/timeouts; tcp_gc_int=5s&tcp_reorder_timeout=-1s; {'gcMillis':5000,'reorderMillis':60000,'change':'tcp_timeouts','to':'capture.0'}",
        "/debug/options; log_level=3&log_opt=4; {'log_level':3,'log_opt':4,'change':'logging','to':'process.1'}",
        "/debug/options; debug_calltr=0; {'change':'checks','on':false,'service':'tracker','to':'tracker.1'}",
      })
  void formsAndScriptsMakeTheSameChange(String path, String parameters, String change)
      throws Exception {
    JsonObject expected = new JsonObject(change.replace('\'', '"'));
    for (boolean form : new boolean[] {true, false}) {
      site.controls.changes.clear();
      HttpResponse<String> answer =
          form ? site.post(path, parameters) : site.get(path + "?" + parameters);
      assertThat(answer.body()).contains(": ").doesNotContain("ERROR");
      assertThat(answer.statusCode()).isEqualTo(200);
      JsonObject last =
          site.controls.changes.stream()
              .filter(one -> one.getString("to").equals(expected.getString("to")))
              .reduce((a, b) -> b)
              .orElseThrow()
              .copy();
      last.remove("id");
      assertThat(last).isEqualTo(expected);
    }
  }

  @Test
  void everyInstanceIsToldAndShown() throws Exception {
    JsonObject json = new JsonObject(site.post("/api/v1/calls/timeout", "inv_bye_seen=9s").body());
    assertThat(json.getJsonArray("outcomes").encode())
        .isEqualTo(
            "[{\"instance\":\"tracker.0\",\"result\":{\"changed\":1,\"forced\":3,\"walked\":5}},"
                + "{\"instance\":\"tracker.1\",\"result\":{\"changed\":1,\"forced\":3,\"walked\":5}}]");
    assertThat(site.post("/debug/forcetimeout", "").body())
        .startsWith("tracker.0: ")
        .contains("Timers shortened: 6 of entries walked: 10\n");
  }

  @Test
  void whoRefusesIsNamed() throws Exception {
    site.controls.refusals.put("tracker.1", "no <b>");
    HttpResponse<String> refused = site.post("/calls/timeout", "inv_1st=5s", "Accept", "text/html");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("no &lt;b&gt;", "tracker.0");
  }

  @Test
  void whoIsSilentIsNamed() throws Exception {
    try (TestSite other = new TestSite(1)) {
      other.services.partition(0, call("0-1", "a@h", 1));
      other.controls.instance("tracker", "tracker.0");
      other.start();
      other.services.alive("tracker", "tracker.0", "tracker.1");
      HttpResponse<String> silent = other.post("/calls/timeout", "inv_1st=5s");
      assertThat(silent.statusCode()).isEqualTo(504);
      assertThat(silent.body())
          .startsWith(
              "tracker.0: changed 1, forced 3, walked 5\nERROR: tracker.1: did not answer\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/calls/timeout?inv_1st=3h&inv_bye_seen=5&init=2s, 2",
    "/calls/timeout?inv_1st=100ms, 1",
    "/regs/cfg?reg_exp_delta=x&reg_del_delay=1.5&contact_ignore_port=2, 3",
    "/debug/forcetimeout?timeout=5, 1",
    "/debug/forcetimeout?timeout=-1s, 1",
    "/debug/options?log_level=x&log_opt=-1&parse_log_opt=99&parse_log_level=9, 4",
    "/evrateblst/rates?rate0=x&interval0=-1s&evr_conseq_report_min=-1&rate1=NaN, 4",
    "/evrateblst/rates?interval0=1us, 1",
    "/evrateblst/forcegc?n=x, 1",
    "/evrateblst/gccfg1?evr_gc_interval=-1s&evr_gc_target=-1, 2",
    "/evrateblst/gccfg2?max_entries=-1&light_gc_lifetime=x&hard_gc_m0_opex=~&hard_gc_m0_ex=maybe, 4",
    "/evrateblst/gccfg2?hard_gc_m0_opex=>&hard_gc_m0_dt0=-1s, 2",
    "/tcp/timeouts?tcp_gc_int=5&tcp_reorder_timeout=x, 2",
  })
  void badParametersAreToldAtOnceAndChangeNothing(String path, int errors) throws Exception {
    HttpResponse<String> answer = site.get(path.replace(">", "%3E"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body().lines().filter(line -> line.startsWith("ERROR: "))).hasSize(errors);
    assertThat(site.controls.changes).isEmpty();
    assertThat(site.html(path.replace(">", "%3E")).body()).contains("role=\"alert\"", "<form");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/debug/forcetimeout", "/evrateblst/forcegc", "/events/blst"})
  void aVisitAloneChangesNothing(String path) throws Exception {
    site.get(path);
    site.html(path);
    site.get(path + "?format=json&csrf=x");
    assertThat(site.controls.changes).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "sec-fetch-site, cross-site, false",
    "sec-fetch-site, same-site, false",
    "sec-fetch-site, same-origin, true",
    "origin, http://evil.example, false",
    "origin, null, false",
  })
  void pagesOfOtherSitesCannotAct(String header, String value, boolean acts) throws Exception {
    for (boolean post : new boolean[] {true, false}) {
      site.controls.changes.clear();
      HttpResponse<String> answer =
          post
              ? site.post("/evrateblst/forcegc", "n=1", header, value)
              : site.get("/evrateblst/forcegc?n=1", header, value);
      boolean made = acts && !post; // a form of ours has a token too
      assertThat(answer.statusCode()).isEqualTo(made ? 200 : 403);
      assertThat(site.controls.changes.isEmpty()).isEqualTo(!made);
    }
  }

  @Test
  void formsOfPagesPostWithTheTokenField() throws Exception {
    String page = site.html("/evrateblst/gccfg2").body();
    assertThat(page)
        .contains("method=\"post\" action=\"/evrateblst/gccfg2\"", "Criterion 0", "One more crit")
        .contains("<option value=\"&gt;\" selected>", "10m0s");
    assertThat(site.html("/events/query").body()).contains("method=\"get\" action=\"/events\"");
  }

  @Test
  void whereNobodyAnswersThePageSaysSo() throws Exception {
    try (TestSite alone = new TestSite(3)) {
      alone.services.silentPartition(2);
      alone.start();
      HttpResponse<String> list = alone.html("/regs/list");
      assertThat(list.statusCode()).isEqualTo(504);
      assertThat(list.body()).contains("partition 2 did not answer", "partition 0 is not running");
      HttpResponse<String> settings = alone.html("/evrateblst/rates");
      assertThat(settings.statusCode()).isEqualTo(503);
      assertThat(settings.body()).contains("the event stage is not running", "<form");
      HttpResponse<String> ipfix = alone.get("/ipfix/list");
      assertThat(ipfix.body()).startsWith("ERROR: IPFIX is disabled");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/calls/timeout, inv_1st=2m, partition 0 is not running",
    "/regs/cfg, reg_del_delay=1, partition 0 is not running",
    "/debug/forcetimeout, '', 'tracker: no process tracks calls; start one with -roles tracker'",
    "/events/blst, reset=1, the event stage is not running",
    "/evrateblst/rates, rate0=1, the event stage is not running",
    "/evrateblst/forcegc, n=1, 'eventstage: no process tracks calls'",
    "/evrateblst/gccfg1, evr_gc_target=1, the event stage is not running",
    "/evrateblst/gccfg2, max_entries=9, the event stage is not running",
    "/debug/options, log_level=1, the process is not running",
    "/tcp/timeouts, tcp_gc_int=1s, 'capture: nothing is captured or read; start a process with'",
    "/pcapdump, on=1, 'pcapdump: calls are not dumped; start a process with -pcap_dump_dir'",
    "/pcapdump, cid=x, 'pcapdump: calls are not dumped'",
    "/inject, 'crlfformat=lf&sipmsg=x', nobody takes messages",
  })
  void whatNobodyRunsIsSaidWithoutAWait(String path, String form, String reason) throws Exception {
    HttpResponse<String> answer = empty.post(path, form);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).startsWith("ERROR: " + reason);
    HttpResponse<String> page = empty.post(path, form, "Accept", "text/html");
    assertThat(page.statusCode()).isEqualTo(503);
    assertThat(page.body()).contains(reason.replaceFirst("^[a-z]+: ", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/debug/options?log_level=9; must be a level from -4 to 4: -4 nothing, -3 BUG, ",
        "/debug/options?parse_log_opt=99; must be from 0 to 31, the sum of 1 short source, ",
        "/debug/options?debug_calltr=2; must be 1 (tracked entries are checked) or 0 (no checks)",
        "/regs/cfg?reg_exp_delta=x; must be whole seconds up to 2147483647; negative: the default, 30",
        "/regs/cfg?contact_ignore_port=2; must be 1 (without port) or 0 (with port)",
        "/calls/timeout?inv_1st=3h; is 10800 s, not in the range 1–7200 s",
        "/calls/timeout?inv_1st=soon; must be a duration such as 1h0m0s",
        "/debug/forcetimeout?timeout=-1s; must be a duration of 0 or more",
        "/debug/forcetimeout?timeout=9999h; must be a duration of at most 596h",
        "/evrateblst/rates?rate0=many; must be a number such as 20 or 0.5",
        "/evrateblst/rates?interval0=1us; must be 1ms or more; 0 leaves it as it is",
        "/evrateblst/rates?evr_conseq_report_min=-1; must be a whole number from 0 to 2147483647",
        "/evrateblst/forcegc?n=x; must be a whole number from 0 to ",
        "/evrateblst/gccfg1?evr_gc_target=-1; must be a whole number from 0 to ",
        "/evrateblst/gccfg2?max_entries=x; must be a whole number from 0 to ",
        "/evrateblst/gccfg2?hard_gc_m0_opex=%3C; is not one of ignore == <>",
        "/evrateblst/gccfg2?hard_gc_m0_opt0=~; is not one of ignore == > < >= <= <>",
        "/evrateblst/gccfg2?hard_gc_m0_opex===&hard_gc_m0_ex=so; is not one of 1, true, on, yes, 0,",
        "/tcp/timeouts?tcp_gc_int=5; must be a duration such as 1h0m0s",
        "/pcapdump?on=so; is not one of 1, true, on, yes, 0, false, off, no",
        "/pcapdump?src=x; must be an address or a network such as 192.0.2.0/24",
        "/pcapdump?cid=%28; is a bad regular expression: ",
        "/debug/pprof/profile?seconds=0; must be a whole number from 1 to 300",
        "/inject?sipmsg=x&sport=99999; must be a whole number from 0 to 65535",
        "/inject?sipmsg=x&src=here; must be an IP address such as 192.0.2.7",
        "/evrateblst/list?val=x; must be 1 (over the limit), 0 (not over it) or -1 (all)",
        "/evrateblst/list?name=x; is not one of call-start, call-end, ",
        "/evrateblst/list?ridx=3; must be 0, 1 or 2",
        "/evrateblst/list?rate=-1; must be a whole number of 0 or more",
        "/evrateblst/list?ip=x; must be an address or a network such as 192.0.2.0/24",
        "/calls/list?n=99999; must be a whole number from 0 to 10000",
        "/events?s=-1; must be a whole number of 0 or more",
        "/events?status=2xx; must be digits",
        "/counters?process=x; cannot be: there is but this process",
        "/counters/avg?d=0; must be a duration above 0 such as 1s",
        "/about/config?process=x; cannot be: there is but this process",
      })
  void aRefusalSaysWhatIsAllowed(String path, String allowed) throws Exception {
    HttpResponse<String> answer = site.get(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("ERROR: ").contains(allowed);
    assertThat(site.controls.changes).isEmpty();
  }
}
