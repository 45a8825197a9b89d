package io.callscope.launcher.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.launcher.Program;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls and registrations with something hostile in each of their headers, read from a capture and
 * looked at in a real browser: nothing runs, and no page breaks.
 */
class HostileSipInBrowserTest {
  /** Anything of it that is on a page would have done harm, or could. */
  private static final String FAULTS =
      """
      const faults = [];
      // What somebody typed in stands in its field as it was.
      const text = (e) => [...e.childNodes].map((n) => n.nodeType === 3 ? n.data
        : n.nodeName === "TEXTAREA" ? "" : text(n)).join("");
      for (const e of document.querySelectorAll("*")) {
        for (const a of e.attributes) {
          if (a.name.startsWith("on") || (/^(href|src|action|formaction|xlink:href)$/.test(a.name) && /^\\s*javascript:/i.test(a.value))) {
            faults.push(e.tagName + " " + a.name);
          }
        }
      }
      for (const s of document.scripts) {
        if (!s.src.startsWith(location.origin)) { faults.push("script"); }
      }
      for (const name of ["iframe", "object", "embed", "base", "meta[http-equiv]", "main img", "main style"]) {
        if (document.querySelector(name)) { faults.push(name); }
      }
      if (document.querySelectorAll("main").length !== 1 || !document.querySelector("body > footer")) {
        faults.push("not whole");
      }
      if (/[\\u202a-\\u202e\\u2066-\\u2069\\u0000-\\u0008\\u000b\\u000e-\\u001f\\u007f-\\u009f]/.test(text(document.documentElement))) {
        faults.push("control characters");
      }
      if (document.documentElement.scrollWidth > window.innerWidth) {
        faults.push("wider than the window");
      }
      return faults;
      """;

  @TempDir static Path folder;
  private static Program program;
  private static Browser browser;
  private static Browser plain;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    Path capture = folder.resolve("hostile.pcap");
    HostileSip.write(capture);
    port = Program.freePort();
    browser = new Browser(port, true).watch();
    plain = new Browser(port, false);
    program =
        new Program(folder)
            .start(
                "-pcap",
                capture.toString(),
                "-http_port",
                "" + port,
                "-evr_limits",
                "0 0 0",
                "-event_buffer_size",
                "2000",
                "-run_forever");
    program.awaitReport();
  }

  @AfterAll
  static void stop() {
    if (program != null) {
      program.close();
    }
    for (Browser one : new Browser[] {browser, plain}) {
      if (one != null) {
        one.close();
      }
    }
  }

  private static JsonObject json(String path) throws Exception {
    return new JsonObject(program.get(port, path, "application/json").body());
  }

  private static void assertHarmless(String path) {
    assertThat((List<?>) browser.run(FAULTS)).as(path).isEmpty();
    assertThat(browser.noted()).as("what ran on %s", path).isEmpty();
    assertThat(browser.complaints()).as("console of %s", path).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/calls/list?n=1000",
        "/calls/list?n=1000&sort=from&desc=1",
        "/regs/list?n=1000",
        "/events?n=1000",
        "/events?n=1000&name=parse-error",
        "/evrateblst/list?n=1000",
        "/counters",
        "/about/config",
      })
  void listsShowItAsText(String path) throws Exception {
    browser.open(path);
    assertHarmless(path);
    plain.open(path);
    assertThat((List<?>) plain.run(FAULTS)).as("%s without scripts", path).isEmpty();
  }

  @Test
  void everyCallShowsItAsText() throws Exception {
    Set<String> callIds = new LinkedHashSet<>();
    JsonArray calls = json("/calls/list?n=5000").getJsonArray("calls");
    calls.forEach(call -> callIds.add(((JsonObject) call).getString("callId")));
    JsonArray events = json("/events?n=5000").getJsonArray("events");
    events.forEach(event -> callIds.add(((JsonObject) event).getString("sip.call_id", "")));
    callIds.remove("");
    assertThat(callIds).hasSizeGreaterThan(HostileSip.PAYLOADS.size());
    for (String callId : callIds) {
      String path = "/calls/" + URLEncoder.encode(callId, StandardCharsets.UTF_8);
      if (path.length() < 3000 && !path.contains("%00")) {
        browser.open(path.replace("+", "%20"));
        assertHarmless(path);
      }
    }
  }

  @Test
  void whatIsAskedForIsShownAsText() {
    for (String payload : HostileSip.PAYLOADS) {
      if (payload.length() > 500) {
        continue;
      }
      String coded = URLEncoder.encode(payload.replace("\0", ""), StandardCharsets.UTF_8);
      for (String path :
          List.of(
              "/calls/list?cid=",
              "/calls/list?state=",
              "/calls/list?re=1&cid=",
              "/events?ua=",
              "/events/live?cid=",
              "/regs/list?aor=",
              "/evrateblst/list?ip=",
              "/ipfix/list?sbc=",
              "/calls/timeout?inv_1st=",
              "/counters?group=",
              "/stats/rate?d=",
              "/calls/list?",
              "/")) {
        browser.open(path + coded);
        browser.complaints(); // some are answered with 400 or 404, as they should
        assertThat((List<?>) browser.run(FAULTS)).as(path + payload).isEmpty();
        assertThat(browser.noted()).as(path + payload).isEmpty();
      }
    }
  }

  @Test
  void whatIsTypedInIsShownAsText() {
    for (String payload : HostileSip.PAYLOADS) {
      if (payload.length() > 500 || payload.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
        continue; // no keyboard has these
      }
      browser.open("/inject");
      browser.fill("[name=sipmsg]", HostileSip.typed(payload));
      browser.submit("[name=sipmsg]");
      assertHarmless("/inject of " + payload);
    }
  }

  @Test
  void eventsThatArriveShowItAsText() throws Exception {
    int livePort = Program.freePort();
    Path capture = folder.resolve("hostile.pcap");
    try (Program replay = new Program(Files.createDirectory(folder.resolve("live")))) {
      replay.start(
          "-pcap",
          capture.toString(),
          "-pcap_loop",
          "1000",
          "-replay",
          "-replay_max_delay",
          "20ms",
          "-evr_limits",
          "0 0 0",
          "-http_port",
          "" + livePort);
      replay.awaitPages(livePort);
      browser.openAt(livePort, "/events/live");
      browser.await("rows come", () -> browser.all("#live-rows tr").size() > 40);
      assertHarmless("/events/live");
      browser.open("/about");
      browser.complaints(); // of the stream that was left
    }
  }
}
