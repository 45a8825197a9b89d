package io.callscope.launcher.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.launcher.Program;
import io.callscope.testdata.sbc.CallScript;
import io.callscope.testdata.sbc.Sbc;
import io.callscope.web.security.PasswordHash;
import io.callscope.web.security.User;
import io.callscope.web.security.UserFile;
import io.callscope.web.security.UserRole;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every page there is, in a real browser: whole, sound, fit for a telephone and a wall, the same
 * without scripts. Which there are is told by the document of the API, and that it leaves out none
 * by a test of the web server.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryPageInBrowserTest {
  private static final String PASSWORD = "night-shift-7";
  private static final String BASIC =
      "Basic "
          + Base64.getEncoder()
              .encodeToString(("ann:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
  private static final int TELEPHONE = 360;
  private static final int DESK = 1280;
  private static final int WALL = 2560;

  private final HttpClient client = HttpClient.newHttpClient();
  private final TreeSet<String> pages = new TreeSet<>();
  private final TreeSet<String> others = new TreeSet<>();
  private Browser browser;
  private Browser plain;
  private Program program;
  private Program sbcs;
  private Sbc sbc;
  private int port;
  private int portOfSbcs;
  private String call;
  private String leg;

  @TempDir static Path folder;

  /**
   * One process of a cluster, so that the pages have all there can be on them; and one with an SBC.
   */
  @BeforeAll
  void start() throws Exception {
    Path capture = Files.copy(Program.DEMO, folder.resolve("nightshift".repeat(10) + ".pcap"));
    port = Program.freePort();
    portOfSbcs = Program.freePort();
    int collector = Program.freePort();
    browser = new Browser(port, true).watch();
    plain = new Browser(port, false);
    browser.resize(DESK);
    browser.dark(false);
    User ann = new User("ann", UserRole.OPERATOR, PasswordHash.of(PASSWORD, 10_000));
    Path users = Files.writeString(folder.resolve("users"), UserFile.with("", ann));
    program =
        new Program(folder)
            .start(
                "-cluster",
                "-cluster_name",
                "test-" + UUID.randomUUID(),
                "-partitions",
                "2",
                "-pcap",
                capture.toString(),
                "-pcap_dump_dir",
                folder.resolve("calls").toString(),
                "-pcap_dump_on",
                "-http_port",
                "" + port,
                "-http_users",
                users.toString(),
                "-run_forever");
    sbcs =
        new Program(Files.createDirectory(folder.resolve("sbcs")))
            .start("-ipfix_port", "" + collector, "-http_port", "" + portOfSbcs);
    sbcs.awaitPages(portOfSbcs);
    sbcs.await(() -> sbcs.get(portOfSbcs, "/ipfix/list", "*/*").body().startsWith("IPFIX: "));
    callOfAnSbc(new InetSocketAddress(InetAddress.getLoopbackAddress(), collector));
    program.awaitReport();
    call =
        encoded(
            json("/calls/list?state=established")
                .getJsonArray("calls")
                .getJsonObject(0)
                .getString("callId"));
    findPages();
    logIn(browser);
    logIn(plain);
  }

  private void callOfAnSbc(InetSocketAddress collector) throws Exception {
    CallScript script = new CallScript("sbc", CallScript.Kind.UDP4, null, true);
    sbc = new Sbc("sbc-of-a-long-name.example.com", collector);
    sbc.connect(30, false);
    sbc.call(script, 1, System.currentTimeMillis() * 1_000_000 - 100_000_000);
    leg = encoded(script.callIds(1).get(0));
    sbcs.await(
        () ->
            sbcs.get(portOfSbcs, "/events?name=call-quality", "*/*")
                .body()
                .contains("call-quality"));
  }

  /** Those that answer a browser with a page; beside them stand downloads. */
  private void findPages() throws Exception {
    JsonObject paths = json("/api/v1/openapi.json").getJsonObject("paths");
    for (String described : paths.fieldNames()) {
      String path = paths.getJsonObject(described).getString("x-page", described);
      if (!path.startsWith("/api/")) {
        path = path.replace("{callId}", call);
        String type = get(path, "text/html").headers().firstValue("content-type").orElse("");
        (type.startsWith("text/html") ? pages : others).add(path);
      }
    }
  }

  private static void logIn(Browser browser) {
    browser.open("/login");
    browser.fill("input[name=name]", "ann");
    browser.fill("input[name=password]", PASSWORD);
    browser.submit("input[name=name]");
    assertThat(browser.path()).isEqualTo("/");
    browser.complaints(); // of earlier
  }

  @AfterAll
  void stop() throws IOException {
    if (sbc != null) {
      sbc.close();
    }
    Stream.of(program, sbcs).filter(one -> one != null).forEach(Program::close);
    Stream.of(browser, plain).filter(one -> one != null).forEach(Browser::close);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> get(String path, String accept) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Accept", accept)
            .header("Authorization", BASIC)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonObject json(String path) throws Exception {
    return new JsonObject(get(path, "application/json").body());
  }

  List<String> pages() {
    return List.copyOf(pages);
  }

  @Test
  void whatIsNoPageIsADownload() throws Exception {
    assertThat(pages).contains("/", "/calls/" + call, "/inject", "/events/blst");
    assertThat(others)
        .containsExactlyInAnyOrder(
            "/metrics",
            "/debug/pprof/profile",
            "/calls/" + call + ".pcap",
            "/calls/" + call + ".pcapng",
            "/calls/" + call + ".txt",
            "/pcapdump/file/" + call);
    for (String path : others) {
      int status =
          path.endsWith("/profile") ? 400 : 200; // it takes its time, and must be asked for
      assertThat(get(path, "*/*").statusCode()).as(path).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyPageIsWholeSoundAndFits(String path) {
    browser.open(path);
    List<String> skeleton = browser.skeleton();
    assertSound(path);
    plain.open(path);
    assertThat(plain.complaints()).as("console of %s without scripts", path).isEmpty();
    assertThat(plain.skeleton()).as("%s without scripts", path).isEqualTo(skeleton);
  }

  /** Lists of one thing, of nothing, and what is said of mistakes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nope",
        "/calls/no-such-call",
        "/calls/list?cid=no-such-call",
        "/calls/list?state=answered",
        "/calls/timeout?inv_1st=3h",
        "/counters?group=calls&nz",
        "/evrateblst/list?name=call-end&val=1",
        "/events?cid=no-such-call",
        "/events/live?name=call-end",
        "/stats/rate?d=1h",
      })
  void soAreTheOtherStatesOfPages(String path) {
    browser.open(path);
    assertThat(browser.complaints())
        .allMatch(line -> line.contains("the server responded with a status of 40"));
    assertSound(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/ipfix/list", "/calls/LEG", "/events", "/evrateblst/list"})
  void soAreThePagesOfAnSbc(String path) {
    browser.openAt(portOfSbcs, path.replace("LEG", leg));
    assertThat(browser.all("main table")).isNotEmpty();
    assertSound(path);
  }

  @Test
  void soIsTheLogIn() {
    browser.openAt("localhost", port, "/login");
    assertThat(browser.all("input[name=password]")).hasSize(1);
    assertSound("/login");
  }

  private void assertSound(String path) {
    assertThat(browser.title()).endsWith("Callscope");
    assertThat(browser.all("main h1")).hasSize(1);
    assertThat(browser.noted()).as("policy of %s", path).isEmpty();
    assertThat(browser.complaints()).as("console of %s", path).isEmpty();
    browser.resize(WALL);
    List<String> tooWide = new ArrayList<>(browser.tooWide());
    browser.resize(TELEPHONE);
    browser.dark(true);
    tooWide.addAll(browser.tooWide());
    List<String> faults = new ArrayList<>(browser.accessibilityFaults());
    browser.resize(DESK);
    browser.dark(false);
    faults.addAll(browser.accessibilityFaults());
    assertThat(tooWide).as("what does not fit on %s", path).isEmpty();
    assertThat(faults).as("axe on %s", path).isEmpty();
    assertThat(browser.complaints().stream().filter(line -> !line.contains("axe"))).isEmpty();
  }
}
