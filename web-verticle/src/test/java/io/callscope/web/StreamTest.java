package io.callscope.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.BusCodecs;
import io.callscope.bus.EventType;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of server-sent events as a client gets them. */
@Timeout(30)
class StreamTest {
  /** Takes years of a long run of the letter. */
  private static final String SLOW = "a*a*a*a*a*a*b";

  private final Vertx vertx = Vertx.vertx();
  private final FakeServices services = new FakeServices(vertx);
  private final HttpClient client = HttpClient.newHttpClient();
  private WebVerticle web;

  @BeforeEach
  void deploy() {
    BusCodecs.register(vertx.eventBus());
    web = new WebVerticle(WebVerticleTest.config(5, 1));
    vertx.deployVerticle(web).await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void publish(int from, int to) {
    for (int n = from; n < to; n++) {
      services.publish(
          FakeServices.event(
              n, n % 2 == 0 ? EventType.CALL_START : EventType.CALL_END, 200, "a@" + n));
    }
  }

  private void awaitEvents(int count) throws Exception {
    String wanted = "\"generated\":" + count + ",";
    while (!get("/api/v1/events?n=0").body().replace(" ", "").contains(wanted)) {
      Thread.onSpinWait();
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  /** A client that follows. */
  private final class Follower implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    Follower(String path, String lastId) throws Exception {
      // What of a stream is told when it ends differs by version; browsers without TLS use this
      // one.
      HttpRequest.Builder request = request(path).version(HttpClient.Version.HTTP_1_1);
      if (!lastId.isEmpty()) {
        request.header("Last-Event-ID", lastId);
      }
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The next frame that says anything, as its lines. */
    List<String> frame() throws Exception {
      List<String> frame = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty() && frame.stream().anyMatch(one -> one.startsWith("data:"))) {
          return frame;
        }
        if (line.isEmpty()) {
          frame.clear();
        } else {
          frame.add(line);
        }
      }
      throw new IllegalStateException("the stream ended");
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  @Test
  void eventsArriveAsTheyHappen() throws Exception {
    publish(0, 2);
    awaitEvents(2);
    try (Follower follower = new Follower("/api/v1/events/stream", "")) {
      assertThat(follower.response.headers().firstValue("content-type").orElseThrow())
          .startsWith("text/event-stream");
      assertThat(follower.response.headers().firstValue("x-content-type-options")).isPresent();
      publish(2, 4);
      List<String> first = follower.frame();
      assertThat(first.get(0)).isEqualTo("id: 2");
      assertThat(new JsonObject(first.get(1).substring(6)).getString("type"))
          .isEqualTo("call-start");
      assertThat(follower.frame().get(0)).isEqualTo("id: 3");
    }
  }

  @Test
  void aClientThatComesBackGoesOnWhereItWas() throws Exception {
    publish(0, 4);
    awaitEvents(4);
    try (Follower follower = new Follower("/api/v1/events/stream", "1")) {
      assertThat(follower.frame().get(0)).isEqualTo("id: 2");
    }
    publish(4, 9);
    awaitEvents(9);
    try (Follower follower = new Follower("/api/v1/events/stream", "1")) {
      assertThat(follower.frame())
          .as("numbers 2 and 3 are in the ring no more")
          .containsExactly("event: skipped", "data: {\"count\":2,\"overwritten\":2,\"passed\":0}");
      assertThat(follower.frame().get(0)).isEqualTo("id: 4");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775807", "9223372036854775808", "-1", "two"})
  void aNumberThatNoEventCanHaveIsRefused(String last) throws Exception {
    publish(0, 1);
    awaitEvents(1);
    try (Follower follower = new Follower("/api/v1/events/stream", last)) {
      assertThat(follower.response.statusCode()).isEqualTo(400);
    }
  }

  @Test
  void filtersAreThoseOfTheList() throws Exception {
    publish(0, 4);
    awaitEvents(4);
    try (Follower follower = new Follower("/api/v1/events/stream?name=end&s=0&view=row", "")) {
      List<String> frame = follower.frame();
      assertThat(frame.get(0)).isEqualTo("id: 1");
      assertThat(new JsonObject(frame.get(1).substring(6)).getString("href"))
          .isEqualTo("/calls/a%401");
    }
    assertThat(get("/api/v1/events/stream?view=x&n=-1").body()).contains("view", "n");
    assertThat(get("/api/v1/events/stream?re=1&cid=%28").statusCode()).isEqualTo(400);
  }

  @Test
  void figuresComeEachSecond() throws Exception {
    services.publishCounters();
    services.publishSource("running");
    try (Follower follower = new Follower("/api/v1/figures/stream", "")) {
      JsonObject figures = new JsonObject(follower.frame().get(1).substring(6));
      while (figures.getJsonObject("values").getValue("calls") == null) {
        figures = new JsonObject(follower.frame().get(1).substring(6));
      }
      assertThat(figures.getJsonObject("values").getDouble("calls")).isEqualTo(12);
      assertThat(figures.getJsonObject("health").getString("state")).isEqualTo("ok");
      assertThat(figures.getJsonArray("sources").getJsonObject(0).getString("percent"))
          .isEqualTo("25 %");
      JsonObject history = new JsonObject(get("/api/v1/history").body());
      assertThat(history.getJsonArray("times").size())
          .isPositive()
          .isEqualTo(history.getJsonObject("series").getJsonArray("calls").size());
    }
  }

  @Test
  void anExpressionThatIsTooSlowEndsItsOwnStreamAlone() throws Exception {
    Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    vertx.exceptionHandler(faults::add);
    try (Follower slow = new Follower("/api/v1/events/stream?re=1&cid=" + SLOW, "");
        Follower other = new Follower("/api/v1/events/stream", "")) {
      services.publish(FakeServices.event(0, EventType.CALL_START, 200, "a".repeat(200)));
      List<String> last = slow.frame();
      assertThat(last.get(0)).isEqualTo("event: refused");
      assertThat(last.get(1)).contains("it takes too long to match");
      assertThatThrownBy(slow::frame).hasMessage("the stream ended");
      assertThat(other.frame().get(0)).isEqualTo("id: 0");
      awaitClients(1);
      publish(1, 2);
      assertThat(other.frame().get(0)).isEqualTo("id: 1");
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void clientsAreCounted() throws Exception {
    try (Follower one = new Follower("/api/v1/events/stream", "");
        Follower other = new Follower("/api/v1/figures/stream", "")) {
      assertThat(other.frame()).isNotEmpty();
      assertThat(one.response.statusCode()).isEqualTo(200);
      awaitClients(2);
    }
  }

  private void awaitClients(int count) throws Exception {
    String wanted = "(?s).*live.clients *: +" + count + "\\b.*";
    while (!get("/counters?counter=live.clients").body().matches(wanted)) {
      Thread.onSpinWait();
    }
  }
}
