package io.callscope.launcher.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.launcher.Program;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The pages of a real run in a real browser. */
class PagesInBrowserTest {
  @TempDir static Path folder;
  private static Program program;
  private static Browser browser;
  private static Browser plain;
  private static int port;
  private static String call;

  @BeforeAll
  static void start() throws Exception {
    port = Program.freePort();
    browser = new Browser(port, true);
    plain = new Browser(port, false);
    program =
        new Program(folder)
            .start("-pcap", Program.DEMO.toString(), "-http_port", "" + port, "-run_forever");
    program.awaitReport();
    call = longest(json("/calls/list?n=1000").getJsonArray("calls"));
  }

  @AfterAll
  static void stop() {
    if (program != null) {
      program.close();
    }
    if (browser != null) {
      browser.close();
    }
    if (plain != null) {
      plain.close();
    }
  }

  private static JsonObject json(String path) throws Exception {
    return new JsonObject(program.get(port, path, "application/json").body());
  }

  /** The Call-ID with most messages. */
  private static String longest(JsonArray calls) throws Exception {
    String best = "";
    int most = 0;
    for (Object one : calls) {
      String callId = ((JsonObject) one).getString("callId");
      int messages = messages(callId).size();
      if (messages > most) {
        most = messages;
        best = callId;
      }
    }
    return best;
  }

  private static JsonArray messages(String callId) throws Exception {
    return json(path(callId)).getJsonObject("messages").getJsonArray("list");
  }

  private static String path(String callId) {
    return "/calls/" + URLEncoder.encode(callId, StandardCharsets.UTF_8);
  }

  @Test
  void theLadderOfACallIsRight() throws Exception {
    JsonArray messages = messages(call);
    browser.open(path(call));
    assertThat(browser.all(".rungs .row")).hasSize(messages.size()).hasSizeGreaterThan(3);
    long addresses =
        messages.stream()
            .map(JsonObject.class::cast)
            .flatMap(m -> List.of(m.getString("source"), m.getString("destination")).stream())
            .distinct()
            .count();
    assertThat(browser.all(".heads .column")).hasSize((int) addresses);
    List<?> labels =
        (List<?>)
            browser.run(
                "return [...document.querySelectorAll('.rungs a')].map(a => a.getAttribute('aria-label'))");
    List<?> texts =
        (List<?>)
            browser.run(
                "return [...document.querySelectorAll('.messages pre')].map(p => p.textContent)");
    for (int i = 0; i < messages.size(); i++) {
      JsonObject message = messages.getJsonObject(i);
      String first = message.getString("text").lines().findFirst().orElseThrow();
      String what =
          first.startsWith("SIP/2.0 ")
              ? first.substring(8, 11)
              : first.substring(0, first.indexOf(' '));
      String ends =
          message.getString("source")
              + ":"
              + message.getInteger("sourcePort")
              + " → "
              + message.getString("destination")
              + ":"
              + message.getInteger("destinationPort");
      assertThat((String) labels.get(i)).contains(": " + what).contains(ends);
      assertThat((String) texts.get(i)).startsWith(first);
    }
  }

  @Test
  void aClickShowsTheMessageBesideTheLadder() {
    browser.open(path(call));
    assertThat(browser.one("#panel").isDisplayed()).isFalse();
    browser.one(".rungs a[data-message='1'] .hit").click();
    assertThat(browser.one("#panel").isDisplayed()).isTrue();
    assertThat(browser.text("#panel pre")).contains("Call-ID: " + call);
    browser.one("[data-panel=next]").click();
    assertThat(browser.text("#panel [data-panel=title]")).startsWith("Message 2");
    browser.one("[data-panel=close]").click();
    assertThat(browser.one("#panel").isDisplayed()).isFalse();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void withoutScriptsTheLadderLeadsToTheText() {
    plain.open(path(call));
    assertThat(plain.one("#zone-switch").isDisplayed()).as("scripts are off").isFalse();
    plain.one(".rungs a[data-message='2'] .hit").click();
    assertThat(plain.path()).endsWith("#m2");
    assertThat(plain.one("#m2").isDisplayed()).isTrue();
    assertThat(plain.text("#m2")).contains(call);
    assertThat(plain.complaints()).isEmpty();
  }

  @Test
  void withoutScriptsThereArePlotsAllTheSame() {
    plain.open("/");
    assertThat(plain.all("svg.spark path")).isNotEmpty();
    assertThat(plain.one("svg.spark").isDisplayed()).isTrue();
    plain.open("/events/live");
    assertThat(plain.one("noscript").getText()).contains("curl -N");
  }

  @Test
  void theDashboardIsPlottedAndKeepsUp() {
    browser.open("/");
    browser.await("plots are drawn", () -> browser.all("figure.drawn canvas").size() == 5);
    assertThat(browser.one("svg.spark").isDisplayed()).isFalse();
    browser.run("document.querySelector('.tiles [data-figure=bindings]').textContent = 'old'");
    browser.await(
        "the stream brings a fresh figure",
        () -> browser.text(".tiles [data-figure=bindings]").matches("[0-9,]+"));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void eventsArriveOnTheLivePage() throws Exception {
    int livePort = Program.freePort();
    try (Program replay = new Program(Files.createDirectory(folder.resolve("live")))) {
      // A quarter of an hour's traffic in as many seconds.
      replay.start(
          "-pcap",
          Program.DEMO.toString(),
          "-replay",
          "-replay_scale",
          "0.025",
          "-http_port",
          "" + livePort,
          "-run_forever");
      replay.awaitPages(livePort);
      browser.openAt(livePort, "/events/live?name=call");
      browser.await("connected", () -> browser.text("#live-state").equals("live"));
      browser.await("rows come", () -> browser.all("#live-rows tr").size() > 2);
      assertThat(browser.one("#live-empty").isDisplayed()).isFalse();
      WebElement row = browser.one("#live-rows tr");
      assertThat(row.findElements(By.cssSelector("td"))).hasSize(7);
      assertThat(row.getText()).contains("call-");
      browser.one("#live-pause").click();
      int rows = browser.all("#live-rows tr").size();
      browser.await("events wait", () -> browser.text("#live-pause").contains("waiting"));
      assertThat(browser.all("#live-rows tr")).hasSize(rows);
      browser.one("#live-pause").click();
      browser.await("they come", () -> browser.all("#live-rows tr").size() > rows);
      assertThat(browser.complaints()).isEmpty();
      browser.open("/about");
    }
  }

  @Test
  void timesAreShownInEitherZone() {
    browser.run("window.localStorage.clear()");
    browser.open("/events");
    String utc = browser.one("td time").getDomAttribute("data-utc");
    assertThat(browser.text("td time")).isEqualTo(utc);
    browser.one("#zone-switch").click();
    assertThat(browser.text("#zone")).isNotEqualTo("in UTC");
    browser.open("/calls/list");
    assertThat(browser.text("#zone")).as("the choice is kept").isNotEqualTo("in UTC");
    browser.one("#zone-switch").click();
    assertThat(browser.text("#zone")).isEqualTo("in UTC");
  }

  @Test
  void formsFilterTheLists() {
    browser.open("/events");
    browser.one("details.filter summary").click();
    browser.one("input[name=name]").sendKeys("reg-new");
    browser.one("details.filter button[type=submit]").click();
    browser.await("the form is sent", () -> browser.path().contains("name=reg-new"));
    browser.await("rows are there", () -> !browser.all("tbody tr .badge").isEmpty());
    assertThat(browser.all("tbody tr .badge"))
        .allSatisfy(badge -> assertThat(badge.getText()).isIn("reg-new", "over limit"));
    browser.open("/calls/list?cid=no-such-call");
    assertThat(browser.text(".empty")).contains("No call matches");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theSkipLinkIsFirst() {
    browser.open("/calls/list");
    assertThat(browser.run("return document.querySelector('a').className")).isEqualTo("skip");
  }
}
