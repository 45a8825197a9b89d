package io.callscope.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.BusCodecs;
import io.callscope.bus.ProcessName;
import io.callscope.web.security.TestUsers;
import io.callscope.web.server.ServerConfig;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, over all paths there are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {
  private static final Set<String> OPEN = Set.of("/health/live", "/health/ready", "/metrics");
  private static final List<Integer> TURNED_AWAY = List.of(401, 403);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String viewer = basic("bob:" + TestUsers.BOB);
  private final String operator = basic("ann:" + TestUsers.ANN);
  private WebVerticle web;

  @TempDir static Path folder;

  @BeforeAll
  void start() throws Exception {
    BusCodecs.register(vertx.eventBus());
    FakeServices services = new FakeServices(vertx);
    services.partition(0, FakeServices.call("0-1", "a@h", 1));
    FakeControls controls = new FakeControls(vertx);
    controls.instance("tracker", "tracker.0");
    controls.instance("capture", "capture.0");
    controls.eventStage();
    controls.process();
    controls.dump(new byte[0]);
    web =
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
                TestUsers.config(TestUsers.write(folder)),
                ProcessName.ALONE));
    vertx.deployVerticle(web).await();
    services.alive("tracker", "tracker.0");
    services.alive("capture", "capture.0");
    services.alive("eventstage", "eventstage");
    services.alive("pcapdump", "pcapdump.0");
  }

  @AfterAll
  void stop() {
    vertx.close().await();
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** The status alone: streams do not end. */
  private int status(String method, String path, String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, HttpRequest.BodyPublishers.ofString(""));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpResponse<java.io.InputStream> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    answer.body().close();
    return answer.statusCode();
  }

  @Test
  void everyActionIsTheOperatorsAlone() throws Exception {
    List<String> actions = web.routes().paths(true);
    assertThat(actions).contains("/calls/timeout", "/debug/forcetimeout", "/inject");
    for (String path : actions) {
      assertThat(status("POST", path, "")).as("nobody POST " + path).isEqualTo(401);
      assertThat(status("POST", path, viewer)).as("viewer POST " + path).isEqualTo(403);
      assertThat(status("GET", path + "?x=1", viewer)).as("viewer GET " + path).isEqualTo(403);
      assertThat(status("GET", path, viewer)).as("the form of " + path).isNotIn(TURNED_AWAY);
      // A recording takes 30 s where nothing else is asked for.
      String act = path.endsWith("/profile") ? path + "?seconds=1" : path;
      assertThat(status("POST", act, operator)).as("operator POST " + path).isNotIn(TURNED_AWAY);
    }
  }

  @Test
  void aViewerSeesWhatHoldsButNoFormsThatAct() throws Exception {
    for (String path : web.routes().paths(true)) {
      if (!path.startsWith("/api/")) {
        String page = page(path, viewer);
        assertThat(page).as(path).doesNotContain("method=\"post\" action=\"" + path);
        if (!path.endsWith("/profile")) {
          assertThat(page).as(path).contains("nly an operator may");
        }
      }
    }
    assertThat(page("/debug/forcetimeout", operator))
        .contains("method=\"post\" action=\"/debug/forcetimeout\"");
  }

  private String page(String path, String authorization) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", authorization)
                .header("Accept", "text/html")
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void everythingElseIsForWhoeverHasLoggedIn() throws Exception {
    List<String> pages = web.routes().paths(false);
    assertThat(pages).contains("/", "/events", "/calls/list", "/api/v1/calls");
    for (String path : pages) {
      assertThat(status("GET", path, viewer)).as("viewer GET " + path).isNotIn(TURNED_AWAY);
      if (!OPEN.contains(path)) {
        assertThat(status("GET", path, "")).as("nobody GET " + path).isEqualTo(401);
      }
      int post = status("POST", path, viewer);
      assertThat(post).as("viewer POST " + path).isIn(200, 400, 405);
    }
  }
}
