package io.callscope.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.BusCodecs;
import io.callscope.bus.ProcessName;
import io.callscope.web.security.SecurityConfig;
import io.callscope.web.security.TestUsers;
import io.callscope.web.server.ServerConfig;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginTest {
  private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
  private static final String HTML = "text/html";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> cookies = new ArrayList<>();
  private Path users;
  private WebVerticle web;

  @TempDir Path folder;

  @BeforeAll
  void startServices() {
    BusCodecs.register(vertx.eventBus());
    FakeServices services = new FakeServices(vertx);
    services.partition(0, FakeServices.call("0-1", "a@h", 1));
  }

  @AfterAll
  void stop() {
    vertx.close().await();
  }

  @BeforeEach
  void start() throws Exception {
    cookies.clear();
    users = TestUsers.write(folder);
    web = deploy(TestUsers.config(users));
  }

  private WebVerticle deploy(SecurityConfig security) {
    WebVerticle verticle =
        new WebVerticle(
            new WebConfig(
                "127.0.0.1",
                0,
                10,
                1,
                List.of(),
                "0",
                "callscope",
                System.nanoTime(),
                ServerConfig.PLAIN,
                security,
                ProcessName.ALONE));
    vertx.deployVerticle(verticle).await();
    return verticle;
  }

  @AfterEach
  void undeploy() {
    for (String id : vertx.deploymentIDs()) {
      vertx.undeploy(id).otherwiseEmpty().await();
    }
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + web.port() + path))
            .timeout(Duration.ofSeconds(30));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    if (!cookies.isEmpty()) {
      request.header("Cookie", String.join("; ", cookies));
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    for (String set : answer.headers().allValues("set-cookie")) {
      String pair = set.substring(0, set.indexOf(';'));
      String name = pair.substring(0, pair.indexOf('=') + 1);
      cookies.removeIf(cookie -> cookie.startsWith(name));
      if (!pair.equals(name)) {
        cookies.add(pair);
      }
    }
    return answer;
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(request(path, headers).build());
  }

  private HttpResponse<String> post(String path, String form, String... headers) throws Exception {
    return send(
        request(path, headers)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private String token(String path) throws Exception {
    Matcher matcher = TOKEN.matcher(get(path, "Accept", HTML).body());
    assertThat(matcher.find()).as("a token on " + path).isTrue();
    return matcher.group(1);
  }

  private static String form(String... pairs) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      form.append(i == 0 ? "" : "&").append(pairs[i]).append('=');
      form.append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return form.toString();
  }

  private HttpResponse<String> logIn(String name, String password) throws Exception {
    String token = token("/login");
    return post(
        "/login", form("name", name, "password", password, "next", "/events", "csrf", token));
  }

  private String sessionCookie() {
    return cookies.stream().filter(c -> c.startsWith("callscope-session")).findFirst().orElse("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/calls/list",
        "/calls/a@h",
        "/events",
        "/counters",
        "/api/v1/calls",
        "/nothing"
      })
  void withoutALogInNothingIsShown(String path) throws Exception {
    HttpResponse<String> script = get(path);
    assertThat(script.statusCode()).isEqualTo(401);
    assertThat(script.headers().firstValue("www-authenticate").orElseThrow()).startsWith("Basic ");
    assertThat(script.body()).startsWith("ERROR: ").doesNotContain("a@h");
    HttpResponse<String> fetch = get(path, "Sec-Fetch-Site", "same-origin");
    assertThat(fetch.statusCode()).isEqualTo(401);
    assertThat(fetch.headers().firstValue("www-authenticate")).as("no browser dialog").isEmpty();
  }

  @Test
  void aBrowserIsLedToTheLogInAndBack() throws Exception {
    HttpResponse<String> answer = get("/calls/list?n=5", "Accept", HTML);
    assertThat(answer.statusCode()).isEqualTo(303);
    String login = answer.headers().firstValue("location").orElseThrow();
    assertThat(login).isEqualTo("/login?next=%2Fcalls%2Flist%3Fn%3D5");
    HttpResponse<String> page = get(login, "Accept", HTML);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("value=\"/calls/list?n&#x3D;5\"", "type=\"password\"")
        .doesNotContain("/counters\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready"})
  void healthIsOpen(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void figuresAreOpenToThisMachineButNotThroughAProxy() throws Exception {
    assertThat(get("/metrics").statusCode()).isNotEqualTo(401);
    assertThat(get("/metrics", "X-Forwarded-For", "127.0.0.1").statusCode()).isEqualTo(401);
    assertThat(get("/metrics", "Via", "1.1 proxy").statusCode()).isEqualTo(401);
  }

  @Test
  void scriptsUseBasic() throws Exception {
    assertThat(get("/events", "Authorization", basic("ann:" + TestUsers.ANN)).statusCode())
        .isEqualTo(200);
    assertThat(get("/events", "Authorization", basic("bob:" + TestUsers.BOB)).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic YW5uOndyb25n",
        "Basic bm9ib2R5Ong=",
        "Basic %%%",
        "Basic YW5u",
        "Basic",
        "Bearer x",
        ""
      })
  void wrongCredentialsAreRefused(String header) throws Exception {
    assertThat(get("/events", "Authorization", header).statusCode()).isEqualTo(401);
  }

  @Test
  void aLogInOpensThePagesUntilTheLogOut() throws Exception {
    HttpResponse<String> answer = logIn("bob", TestUsers.BOB);
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("location")).hasValue("/events");
    assertThat(answer.headers().firstValue("set-cookie").orElseThrow())
        .containsIgnoringCase("httponly")
        .contains("SameSite=Lax", "Path=/")
        .doesNotContain("Secure");
    HttpResponse<String> page = get("/events", "Accept", HTML);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("bob (viewer)", "action=\"/logout\"");
    assertThat(get("/login").statusCode()).as("no need to").isEqualTo(303);

    String session = sessionCookie();
    assertThat(post("/logout", "").statusCode()).isEqualTo(303);
    assertThat(get("/events").statusCode()).as("a log-out needs the token").isEqualTo(200);
    String token = token("/events");
    assertThat(post("/logout", form("csrf", token)).statusCode()).isEqualTo(303);
    assertThat(sessionCookie()).isEmpty();
    cookies.add(session);
    assertThat(get("/events").statusCode()).as("the old cookie").isEqualTo(401);
  }

  @Test
  @Timeout(60)
  void aLogOutEndsTheOwnStreamAndNoOther() throws Exception {
    Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    vertx.exceptionHandler(faults::add);
    String bob = basic("bob:" + TestUsers.BOB);
    logIn("ann", TestUsers.ANN);
    try (BufferedReader own = follow("/api/v1/figures/stream");
        BufferedReader other = follow("/api/v1/figures/stream", "Authorization", bob)) {
      post("/logout", form("csrf", token("/events")));
      assertThat(own.lines().toList()).as("to its end").contains("event: refused");
      for (int figures = 0; figures < 3; figures++) {
        while (!other.readLine().equals("event: figures")) {
          // what came meanwhile
        }
      }
      assertThat(get("/counters?counter=live.clients", "Authorization", bob).body())
          .containsPattern("live.clients *: +1\\b");
    }
    assertThat(faults).isEmpty();
  }

  private BufferedReader follow(String path, String... headers) throws Exception {
    HttpRequest request = request(path, headers).version(HttpClient.Version.HTTP_1_1).build();
    InputStream body = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
    return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  @Test
  void aCookieFromBeforeTheLogInIsWorthNothingAfterIt() throws Exception {
    get("/login", "Accept", HTML);
    cookies.add("callscope-session-0=planted-by-somebody");
    logIn("ann", TestUsers.ANN);
    String first = sessionCookie();
    assertThat(first).isNotEmpty().doesNotContain("planted");
    String token = token("/events");
    post("/login", form("name", "ann", "password", TestUsers.ANN, "csrf", token));
    assertThat(sessionCookie()).isNotEqualTo(first);
    cookies.clear();
    cookies.add(first);
    assertThat(get("/events").statusCode()).as("the first session").isEqualTo(401);
    cookies.clear();
    cookies.add("callscope-session-0=planted-by-somebody");
    assertThat(get("/events").statusCode()).isEqualTo(401);
  }

  @Test
  void aLogInNeedsTheTokenOfItsForm() throws Exception {
    String good = form("name", "ann", "password", TestUsers.ANN);
    assertThat(post("/login", good).statusCode()).isEqualTo(403);
    assertThat(post("/login", good + "&csrf=x").statusCode()).isEqualTo(403);
    String token = token("/login");
    cookies.clear();
    assertThat(post("/login", good + "&csrf=" + token).statusCode())
        .as("the token of another browser")
        .isEqualTo(403);
    String own = token("/login");
    assertThat(post("/login", good + "&csrf=" + own, "Origin", "http://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(sessionCookie()).isEmpty();
  }

  @Test
  void whoGuessesHasToWaitButNotWhoHasBeenThere() throws Exception {
    assertThat(get("/events", "Authorization", basic("bob:" + TestUsers.BOB)).statusCode())
        .isEqualTo(200);
    int refused = 0;
    for (int i = 0; i < 8; i++) {
      HttpResponse<String> answer = logIn("ann", "wrong" + i);
      assertThat(answer.statusCode()).isIn(401, 429);
      if (answer.statusCode() == 429) {
        refused++;
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(answer.body()).contains("Too many attempts");
      } else {
        assertThat(answer.body()).contains("Wrong name or password");
      }
    }
    assertThat(refused).isGreaterThanOrEqualTo(2);
    assertThat(logIn("ann", TestUsers.ANN).statusCode())
        .as("not even the right one")
        .isEqualTo(429);
    assertThat(get("/events", "Authorization", basic("bob:" + TestUsers.BOB)).statusCode())
        .as("another user at the same address")
        .isEqualTo(200);
  }

  @Test
  void guessingManyNamesIsSlowedDownByAddress() throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      statuses.add(get("/events", "Authorization", basic("user" + i + ":x")).statusCode());
    }
    assertThat(statuses.subList(0, 20)).containsOnly(401);
    assertThat(statuses.subList(20, 24)).containsOnly(429);
  }

  @Test
  void manyRequestsOfOneScriptAtOnceAreOneAttempt() throws Exception {
    List<java.util.concurrent.CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      HttpRequest request =
          request("/events", "Authorization", basic("ann:" + TestUsers.ANN)).build();
      all.add(
          client
              .sendAsync(request, HttpResponse.BodyHandlers.ofString())
              .thenApply(HttpResponse::statusCode));
    }
    for (var one : all) {
      assertThat(one.get()).isEqualTo(200);
    }
  }

  @Test
  void whoIsTakenOutOfTheFileIsLoggedOut() throws Exception {
    logIn("bob", TestUsers.BOB);
    Path other = TestUsers.write(Files.createDirectory(folder.resolve("other")));
    List<String> lines = Files.readAllLines(other);
    lines.removeIf(line -> line.startsWith("bob"));
    Files.writeString(users, String.join("\n", lines));
    until(() -> get("/events").statusCode() == 401);
    cookies.clear();
    assertThat(logIn("bob", TestUsers.BOB).statusCode()).isEqualTo(401);
    assertThat(logIn("ann", TestUsers.ANN).statusCode()).isEqualTo(303);
  }

  private interface Check {
    boolean holds() throws Exception;
  }

  private static void until(Check check) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!check.holds()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ann:boss:x; line 1: the role must be viewer or operator",
        "'# nobody'; has no users",
        "; has no users"
      })
  void aWrongFileOfUsersEndsTheStart(String text, String reason) throws Exception {
    Path file = Files.writeString(folder.resolve("wrong"), text == null ? "" : text);
    assertThatThrownBy(() -> deploy(TestUsers.config(file)))
        .hasMessageContaining("http_users " + file)
        .hasMessageContaining(reason);
    assertThatThrownBy(() -> deploy(TestUsers.config(folder.resolve("missing"))))
        .hasMessageContaining("cannot read")
        .hasMessageContaining("missing");
  }

  @Test
  void openToOthersWithoutUsersEachPageWarnsAndOnlyOurNamesAreServed() throws Exception {
    web =
        deploy(new SecurityConfig("", List.of("noc.example"), List.of(), 1000, 1000, true, false));
    assertThat(get("/", "Accept", HTML).body()).contains("without -http_users");
    assertThat(RawHttp.status(RawHttp.get(web.port(), "/events", "Host: evil.example")))
        .isEqualTo(421);
    assertThat(RawHttp.status(RawHttp.get(web.port(), "/events", "Host: noc.example")))
        .isEqualTo(200);
    assertThat(RawHttp.status(RawHttp.get(web.port(), "/events", "Host: 192.0.2.1:8080")))
        .isEqualTo(200);
    assertThat(RawHttp.status(RawHttp.get(web.port(), "/events", "Host: localhost", "Host: b")))
        .isEqualTo(400);
    assertThat(RawHttp.get(web.port(), "/events", "Host: evil.example")).contains("-http_hosts");
  }

  @Test
  void openToOthersWithUsersButWithoutTlsEachPageWarns() throws Exception {
    web =
        deploy(new SecurityConfig(users.toString(), List.of(), List.of(), 1000, 1000, true, false));
    assertThat(get("/login", "Accept", HTML).body()).contains("without -http_tls_cert");
    assertThat(RawHttp.status(RawHttp.get(web.port(), "/login", "Host: any.example")))
        .as("cookies are bound to their host")
        .isEqualTo(200);
  }
}
