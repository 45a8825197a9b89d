package io.callscope.launcher.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.launcher.Program;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators fill in every form that acts, in a real browser, and see what came of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FormsInBrowserTest {
  private static final String INVITE =
      """
      INVITE sip:bob@example.net SIP/2.0
      Via: SIP/2.0/UDP 192.0.2.77:5060;branch=z9hG4bKtyped
      From: <sip:alice@example.com>;tag=typed
      To: <sip:bob@example.net>
      Call-ID: typed@192.0.2.77
      CSeq: 1 INVITE
      """;

  @TempDir static Path folder;
  private static Program program;
  private static Browser browser;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    port = Program.freePort();
    browser = new Browser(port, true).watch();
    program =
        new Program(folder)
            .start(
                "-pcap",
                Program.DEMO.toString(),
                "-http_port",
                "" + port,
                "-pcap_dump_dir",
                folder.resolve("calls").toString(),
                "-run_forever");
    program.awaitReport();
  }

  @AfterAll
  static void stop() {
    if (program != null) {
      program.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nothingIsComplainedOf() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.noted()).isEmpty();
  }

  private static JsonObject json(String path) throws Exception {
    return new JsonObject(program.get(port, path, "application/json").body());
  }

  private static String field(String name) {
    return "main form [name='" + name + "']";
  }

  private static String held(String path, String names) throws Exception {
    JsonObject now = json("/api/v1" + path);
    String[] parts = names.split("\\.", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      now = now.getJsonObject(parts[i]);
    }
    return String.valueOf(now.getValue(parts[parts.length - 1]));
  }

  @ParameterizedTest
  @CsvSource({
    "/calls/timeout, inv_bye_seen, 9s, callTimeouts.inv_bye_seen, 9",
    "/regs/cfg, reg_exp_delta, 41, registrations.regExpDelta, 41",
    "/regs/cfg, reg_del_delay, 3, registrations.regDelDelay, 3",
    "/regs/cfg, contact_ignore_port, 1, registrations.contactIgnorePort, true",
    "/events/blst, msg-probe, 1, dropped, '[\"msg-probe\"]'",
    "/events/blst, reset, 1, dropped, []",
    "/evrateblst/rates, rate1, 77, rates.limits, '[20.0,77.0,3600.0]'",
    "/evrateblst/rates, evr_conseq_report_min, 50, rates.reportMin, 50",
    "/evrateblst/gccfg1, evr_gc_target, 11, collection.target, 11",
    "/evrateblst/gccfg2, light_gc_target, 500, pressure.lightTarget, 500",
    "/tcp/timeouts, tcp_reorder_timeout, 5s, tcp_reorder_timeout, 5s",
    "/debug/options, parse_log_level, 0, logging.parse_log_level, 0",
    "/pcapdump, on, 1, dump.on, true",
    "/pcapdump, cid, ^typed, dump.filter.callId, ^typed",
  })
  @Order(1)
  void aFormSetsWhatHoldsAfterwards(
      String path, String name, String value, String names, String expected) throws Exception {
    browser.open(path);
    browser.fill(field(name), value);
    browser.submit(field(name));
    assertThat(browser.all(".outcomes .badge")).as("who made the change").isNotEmpty();
    assertThat(browser.all("main .alert")).isEmpty();
    assertThat(held(path, names)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/calls/timeout, inv_1st, 3h, 1–7200 s",
    "/regs/cfg, reg_exp_delta, 99999999999, reg_exp_delta",
    "/evrateblst/rates, interval0, -1s, interval0",
    "/evrateblst/gccfg2, light_gc_lifetime, soon, light_gc_lifetime",
    "/tcp/timeouts, tcp_gc_int, 5, tcp_gc_int",
    "/debug/forcetimeout, timeout, soon, timeout",
    "/pcapdump, src, nowhere, src",
  })
  @Order(2)
  void whatIsWrongIsToldAndTheFormIsThereToMendIt(
      String path, String name, String value, String told) {
    browser.open(path);
    browser.fill(field(name), value);
    browser.submit(field(name));
    assertThat(browser.text("main .alert")).contains(told);
    assertThat(browser.all(field(name))).isNotEmpty();
    // The console names the status of the answer.
    assertThat(browser.complaints()).allMatch(line -> line.contains("400"));
  }

  @Test
  @Order(3)
  void aMessageThatIsTypedInBecomesACall() throws Exception {
    browser.open("/inject");
    browser.fill(field("sipmsg"), INVITE);
    browser.fill(field("src"), "192.0.2.77");
    browser.submit(field("sipmsg"));
    assertThat(browser.text(".messages .badge")).startsWith("parsed");
    assertThat(browser.text("pre.raw")).contains("typed@192.0.2.77");
    assertThat(json("/calls/typed%40192.0.2.77").getJsonArray("calls")).hasSize(1);
  }

  @Test
  @Order(4)
  void aCaptureThatIsSentIsReadAndNamedByItsFile() throws Exception {
    long before = json("/debug/vars").getLong("pkt_stats.parse_ok");
    browser.open("/inject");
    browser.fill(field("capture"), Program.DEMO.toRealPath().toString());
    browser.submit(field("capture"));
    assertThat(browser.text("main .alert.ok")).contains("inject.capture.0.demo.pcap", "shifted");
    program.await(
        () -> {
          JsonObject vars = json("/debug/vars");
          return vars.getLong("pkt_stats.parse_ok") > before
              && vars.getLong("pcap.demo_pcap.packets")
                  .equals(vars.getLong("pcap.uploads.packets"));
        });
    browser.open("/");
    browser.await(
        "its progress is there", () -> browser.text("main").contains("inject.capture.0.demo.pcap"));
  }

  @Test
  @Order(5)
  void rateEntriesAreCollected() throws Exception {
    browser.open("/evrateblst/forcegc");
    browser.fill(field("n"), "0");
    browser.submit(field("n"));
    assertThat(browser.all(".outcomes .badge")).isNotEmpty();
    assertThat(browser.text(".figures")).isNotEmpty();
  }

  @Test
  @Order(6)
  void objectsAreCounted() {
    browser.open("/debug/pprof/");
    browser.submit("form[action='/debug/pprof/heap'] button");
    assertThat(browser.text("main")).contains("java.lang.String");
  }

  @Test
  @Order(7)
  void everythingIsLetExpire() throws Exception {
    assertThat(json("/api/v1/calls?n=1").getLong("entries")).isPositive();
    browser.open("/debug/forcetimeout");
    browser.submit(field("timeout"));
    assertThat(browser.all(".outcomes .badge")).isNotEmpty();
    program.await(() -> json("/api/v1/calls?n=1").getLong("entries") == 0);
  }
}
