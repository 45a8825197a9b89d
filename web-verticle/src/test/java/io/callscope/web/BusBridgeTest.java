package io.callscope.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.Addresses;
import io.callscope.bus.BusCodecs;
import io.callscope.bus.EventType;
import io.callscope.bus.ProcessName;
import io.callscope.web.security.SecurityConfig;
import io.callscope.web.security.TestUsers;
import io.callscope.web.server.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The event bus as a program gets it that is no part of it. */
@Timeout(60)
class BusBridgeTest {
  private static final long PATIENCE_MILLIS = 300;
  private static final String EVENTS = Addresses.event(EventType.CALL_END);

  private final Vertx vertx = Vertx.vertx();
  private final FakeServices services = new FakeServices(vertx);
  private WebSocketClient sockets;
  private WebVerticle web;

  @TempDir Path folder;

  @BeforeEach
  void prepare() {
    BusCodecs.register(vertx.eventBus());
    sockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxConnections(200).setMaxFrameSize(1 << 20));
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void start(boolean bridge, SecurityConfig security) {
    start(bridge, security, ServerConfig.PATIENCE_MILLIS);
  }

  private void start(boolean bridge, SecurityConfig security, long patienceMillis) {
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
                new ServerConfig("", "", 200, patienceMillis, bridge),
                security,
                ProcessName.ALONE));
    vertx.deployVerticle(web).await();
  }

  private WebSocket connect(String... headers) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(web.port())
            .setURI("/bus/websocket");
    for (int i = 0; i < headers.length; i += 2) {
      options.addHeader(headers[i], headers[i + 1]);
    }
    return sockets.connect(options).await();
  }

  /** A program that listens. */
  private final class Listener {
    private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    Listener(String... headers) {
      socket = connect(headers);
      socket.binaryMessageHandler(bytes -> frames.add(new JsonObject(bytes)));
      socket.closeHandler(
          done -> {
            Short status = socket.closeStatusCode();
            closed.add(status == null ? 0 : status.intValue());
          });
    }

    void send(JsonObject frame) {
      socket.writeTextMessage(frame.encode()).await();
    }

    void ask(String address) {
      send(new JsonObject().put("type", "register").put("address", address));
    }

    void listenTo(String address) throws InterruptedException {
      ask(address);
      JsonObject answer = next();
      while (!answer.getString("type").equals("registered")) {
        answer = next();
      }
      assertThat(answer.getString("address")).isEqualTo(address);
    }

    JsonObject next() throws InterruptedException {
      JsonObject frame = frames.poll(20, TimeUnit.SECONDS);
      assertThat(frame).as("a frame in time").isNotNull();
      return frame;
    }

    void sync() throws InterruptedException {
      send(new JsonObject().put("type", "ping"));
      while (!next().getString("type").equals("pong")) {}
    }

    int closedWith() throws InterruptedException {
      Integer status = closed.poll(20, TimeUnit.SECONDS);
      assertThat(status).as("closed in time").isNotNull();
      return status;
    }
  }

  private static String basic(String user) {
    return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  private long counter(String name) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + web.port() + "/counters?group=web.bridge"))
            .header("Accept", "application/json")
            .build();
    JsonObject json =
        new JsonObject(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
    // Counters are there once they have been published for the first time.
    for (Object group : json.getJsonArray("groups", new JsonArray())) {
      for (Object counter : ((JsonObject) group).getJsonArray("counters")) {
        if (name.equals(((JsonObject) counter).getString("name"))) {
          return ((JsonObject) counter).getLong("value");
        }
      }
    }
    return -1;
  }

  private void awaitCounter(String name, long value) throws Exception {
    while (counter(name) != value) {
      Thread.onSpinWait();
    }
  }

  @Test
  void eventsComeAsJsonAsTheyAreDocumented() throws Exception {
    start(true, SecurityConfig.OPEN);
    Listener listener = new Listener();
    listener.listenTo(EVENTS);
    services.publish(FakeServices.event(7, EventType.CALL_START, 200, "other@h"));
    services.publish(FakeServices.event(8, EventType.CALL_END, 200, "a@h"));
    JsonObject frame = listener.next();
    assertThat(frame.getString("type")).isEqualTo("rec");
    assertThat(frame.getString("address")).isEqualTo(EVENTS);
    JsonObject event = frame.getJsonObject("body");
    assertThat(event.getString("type")).isEqualTo("call-end");
    assertThat(event.encode()).contains("a@h");
    awaitCounter("sent", 1);
  }

  @Test
  void countersAndSourcesCome() throws Exception {
    start(true, SecurityConfig.OPEN);
    Listener listener = new Listener();
    listener.listenTo(Addresses.COUNTERS);
    listener.listenTo(Addresses.SOURCES);
    vertx.eventBus().publish(Addresses.SOURCES, new JsonObject().put("source", "pcap:x"));
    boolean source = false;
    boolean counters = false;
    while (!source || !counters) {
      JsonObject frame = listener.next();
      source |= frame.getString("address").equals(Addresses.SOURCES);
      counters |= frame.getJsonObject("body").containsKey("groups");
    }
  }

  @Test
  void noOtherAddressIsHeard() throws Exception {
    start(true, SecurityConfig.OPEN);
    Listener listener = new Listener();
    for (String address :
        List.of(
            Addresses.sip(0),
            Addresses.query("tracker", 0),
            Addresses.control("tracker"),
            Addresses.acknowledgements("tracker"),
            Addresses.COUNTERS_NOW,
            Addresses.event(EventType.CALL_END) + ".more",
            "callscope.*",
            "x")) {
      listener.ask(address);
      JsonObject answer = listener.next();
      assertThat(answer.getString("type")).as(address).isEqualTo("err");
    }
    awaitCounter("refused", 8);
  }

  @Test
  void whoSendsOrPublishesIsCutOffAndNothingArrives() throws Exception {
    start(true, SecurityConfig.OPEN);
    BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    vertx
        .eventBus()
        .consumer(Addresses.control("tracker"), m -> arrived.add(m.body()))
        .completion()
        .await();
    vertx
        .eventBus()
        .consumer(Addresses.query("tracker", 0), m -> arrived.add(m.body()))
        .completion()
        .await();
    for (String type : List.of("publish", "send")) {
      for (String address :
          List.of(Addresses.control("tracker"), Addresses.query("tracker", 0), EVENTS)) {
        Listener listener = new Listener();
        listener.send(
            new JsonObject()
                .put("type", type)
                .put("address", address)
                .put("body", new JsonObject()));
        assertThat(listener.closedWith()).isEqualTo(1008);
      }
    }
    assertThat(arrived).isEmpty();
  }

  @Test
  void withoutTheOptionThereIsNone() {
    start(false, SecurityConfig.OPEN);
    assertRefused(404);
  }

  private void assertRefused(int status, String... headers) {
    assertThatThrownBy(() -> new Listener(headers))
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class,
            refused -> assertThat(refused.getStatus()).isEqualTo(status));
  }

  @Test
  void whereUsersAreItTakesOne() throws Exception {
    start(true, TestUsers.config(TestUsers.write(folder)));
    assertRefused(401);
    assertRefused(401, "Authorization", basic("bob:wrong"));
    Listener viewer = new Listener("Authorization", basic("bob:" + TestUsers.BOB));
    viewer.listenTo(EVENTS);
    services.publish(FakeServices.event(8, EventType.CALL_END, 200, "a@h"));
    assertThat(viewer.next().getString("address")).isEqualTo(EVENTS);
  }

  @Test
  void whoIsNoUserAnyMoreIsCutOff() throws Exception {
    Path users = TestUsers.write(folder);
    start(true, TestUsers.config(users));
    Listener viewer = new Listener("Authorization", basic("bob:" + TestUsers.BOB));
    viewer.sync();
    List<String> others =
        Files.readAllLines(users).stream().filter(line -> !line.startsWith("bob:")).toList();
    Files.write(users, others);
    assertThat(viewer.closedWith()).isEqualTo(1008);
  }

  @Test
  void noPageOfAnotherSiteMayListen() {
    start(true, SecurityConfig.OPEN);
    assertRefused(403, "Origin", "http://evil.example");
    assertRefused(403, "Sec-Fetch-Site", "cross-site");
    new Listener("Origin", "http://127.0.0.1:" + web.port());
  }

  @Test
  void oldWaysOfSockJsAreNotServed() throws Exception {
    start(true, SecurityConfig.OPEN);
    for (String path :
        List.of(
            "/bus/",
            "/bus/iframe.html",
            "/bus/1/2/xhr",
            "/bus/1/2/xhr_streaming",
            "/bus/1/2/eventsource",
            "/bus/1/2/htmlfile",
            "/bus/1/2/jsonp?c=x",
            "/bus/x")) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path)).build();
      assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
          .as(path)
          .isEqualTo(404);
    }
  }

  @Test
  void aFrameThatIsTooLongEndsTheConnection() throws Exception {
    start(true, SecurityConfig.OPEN);
    Listener listener = new Listener();
    listener.socket.writeTextMessage("{\"type\":\"ping\",\"x\":\"" + "x".repeat(8192) + "\"}");
    assertThat(listener.closedWith()).isNotEqualTo(1000);
  }

  @Test
  void thereAreOnlySoManyClients() throws Exception {
    start(true, SecurityConfig.OPEN);
    List<Listener> listeners = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      listeners.add(new Listener());
      listeners.get(i).sync();
    }
    WebSocket last = connect();
    awaitCounter("turned_away", 1);
    while (!last.isClosed()) {
      Thread.onSpinWait();
    }
    listeners.get(0).socket.close().await();
    awaitCounter("clients", 63);
    Listener next = new Listener();
    next.sync();
  }

  @Test
  void whoListensIsNotTakenForASlowClient() throws Exception {
    start(true, SecurityConfig.OPEN, PATIENCE_MILLIS);
    Listener listener = new Listener();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(12 * PATIENCE_MILLIS);
    while (System.nanoTime() < until) {
      listener.sync();
    }
    assertThat(listener.closed).isEmpty();
  }

  @Test
  void whoDoesNotReadMissesWhatComesAndIsCounted() throws Exception {
    start(true, SecurityConfig.OPEN);
    Listener slow = new Listener();
    slow.listenTo(Addresses.SOURCES);
    slow.socket.pause();
    JsonObject large = new JsonObject().put("source", "x".repeat(100_000));
    for (int i = 0; i < 500; i++) {
      vertx.eventBus().publish(Addresses.SOURCES, large); // more than all buffers on the way take
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (counter("missed") < 1) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
    }
  }
}
