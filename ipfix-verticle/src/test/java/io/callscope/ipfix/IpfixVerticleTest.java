package io.callscope.ipfix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.Addresses;
import io.callscope.bus.BusCodecs;
import io.callscope.bus.DumpPlan;
import io.callscope.bus.ServiceFailedException;
import io.callscope.bus.SipBatch;
import io.callscope.config.QualityReports;
import io.callscope.net.IpNetwork;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The collector on sockets and a real bus, with a tracker of its own that may stall. */
class IpfixVerticleTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final byte[] INVITE = Examples.of("12.4");

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong lastBatches = new AtomicLong();
  private final AtomicBoolean stalled = new AtomicBoolean();
  private final BlockingQueue<Message<SipBatch>> held = new LinkedBlockingQueue<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final IpfixRegistry registry = new IpfixRegistry();

  @BeforeEach
  void track() {
    BusCodecs.register(vertx.eventBus());
    vertx
        .eventBus()
        .<SipBatch>consumer(
            Addresses.sip(0),
            message -> {
              records.addAndGet(message.body().size());
              lastBatches.addAndGet(message.body().isLast() ? 1 : 0);
              if (stalled.get()) {
                held.add(message);
              } else {
                message.reply(null);
              }
            })
        .completion()
        .await();
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    held.forEach(message -> message.reply(null));
    vertx.close().await();
  }

  private String deploy(int port, String instance, List<IpNetwork> allow, long handoverBytes) {
    return deploy(port, instance, allow, handoverBytes, IpfixConfig.DEFAULT_CONNECTIONS);
  }

  private String deploy(
      int port, String instance, List<IpNetwork> allow, long handoverBytes, int connections) {
    IpfixConfig config =
        new IpfixConfig(
            instance,
            instance,
            "127.0.0.1",
            port,
            0,
            0,
            false,
            false,
            QualityReports.OFF,
            allow,
            connections,
            1,
            IpfixConfig.DEFAULT_CREDITS,
            handoverBytes,
            registry,
            DumpPlan.NONE);
    return vertx.deployVerticle(new IpfixVerticle(config)).await();
  }

  private String deploy() {
    return deploy(0, "ipfix.0", List.of(), IpfixConfig.DEFAULT_HANDOVER_BYTES);
  }

  private int port() {
    String listening = registry.listening().get(0);
    return Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1));
  }

  private Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    sockets.add(socket);
    return socket;
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.onSpinWait();
      TimeUnit.MILLISECONDS.sleep(2); // a poll, not a wait for something to happen by then
    }
  }

  private JsonObject ask() {
    return ask("");
  }

  private JsonObject ask(String sbc) {
    return vertx
        .eventBus()
        .<JsonObject>request(
            Addresses.query("ipfix"), new JsonObject().put("query", "connections").put("sbc", sbc))
        .await()
        .body();
  }

  private JsonArray connections() {
    return ask().getJsonArray("connections");
  }

  @Test
  void aConnectRequestIsAnsweredAndMessagesGoToTheTracker() throws Exception {
    deploy();
    Socket socket = connect(port());
    socket.getOutputStream().write(Examples.of("12.1"));
    assertThat(socket.getInputStream().readNBytes(47)).isEqualTo(Examples.of("12.2"));
    socket.getOutputStream().write(INVITE);
    await(() -> records.get() == 1);
    JsonObject connection = connections().getJsonObject(0);
    assertThat(connection.getString("sbc")).isEqualTo("sbc01");
    assertThat(connection.getInteger("remotePort")).isEqualTo(socket.getLocalPort());
    assertThat(connection.getLong("sip")).isEqualTo(1);
    for (String name : List.of("sbc01", "127.0.0.1", "sbc01 (127.0.0.1)")) {
      assertThat(ask(name).getInteger("total")).as(name).isEqualTo(1);
    }
    assertThat(ask("sbc02").getJsonArray("connections")).isEmpty();
    socket.close();
    await(() -> connections().isEmpty());
    assertThat(ask().getJsonArray("ended").getJsonObject(0).getString("endReason"))
        .isEqualTo("closed by the SBC");
  }

  @Test
  void whoIsNotAllowedIsRefusedBeforeAByteIsRead() throws Exception {
    deploy(0, "ipfix.0", List.of(new IpNetwork(0, 0xffff_c000_0200L, 120)), 1 << 20);
    Socket socket = connect(port());
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
    assertThat(connections()).isEmpty();
    assertThat(ask().getJsonArray("ended")).isEmpty();
  }

  @Test
  void silentConnectionsMakeRoomForAnSbcAndAnSbcDoesNot() throws Exception {
    deploy(0, "ipfix.0", List.of(), IpfixConfig.DEFAULT_HANDOVER_BYTES, 1);
    Socket silent = connect(port());
    await(() -> connections().size() == 1);
    Socket sbc = connect(port());
    assertThat(silent.getInputStream().read()).as("closed").isEqualTo(-1);
    sbc.getOutputStream().write(Examples.of("12.1"));
    assertThat(sbc.getInputStream().readNBytes(47)).isEqualTo(Examples.of("12.2"));

    Socket late = connect(port());
    assertThat(late.getInputStream().read()).as("refused").isEqualTo(-1);

    sbc.getOutputStream().write(INVITE);
    await(() -> records.get() == 1);
    assertThat(connections()).hasSize(1);
    assertThat(ask().getJsonArray("ended").getJsonObject(0).getString("endReason"))
        .isEqualTo(Admission.DISPLACED);
  }

  @Test
  void aStalledTrackerMakesTheSbcWaitAndNothingIsLost() throws Exception {
    stalled.set(true);
    int room = 1 << 20;
    deploy(0, "ipfix.0", List.of(), room);
    Socket socket = connect(port());
    socket.setSendBufferSize(1 << 16);
    AtomicLong sent = new AtomicLong();
    int total = 60_000;
    Thread sbc =
        new Thread(
            () -> {
              try {
                OutputStream out = socket.getOutputStream();
                for (int i = 0; i < total; i++) {
                  out.write(INVITE);
                  sent.incrementAndGet();
                }
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    sbc.start();
    // It has come to a stop when two looks apart see the same; then what is inside is bounded.
    AtomicLong seen = new AtomicLong(-1);
    await(
        () -> {
          long before = seen.getAndSet(sent.get());
          TimeUnit.MILLISECONDS.sleep(200);
          return before == sent.get() && before > 0;
        });
    assertThat(sent.get()).as("the SBC waits").isLessThan(total);
    JsonObject connection = connections().getJsonObject(0);
    assertThat(connection.getLong("bytes")).as("answered while the thread waits").isPositive();
    stalled.set(false);
    held.forEach(message -> message.reply(null));
    sbc.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
    await(() -> records.get() == total);
    assertThat(sent.get()).isEqualTo(total);
  }

  @Test
  void whatAnSbcSentBeforeItClosedIsReadAfterAPause() throws Exception {
    stalled.set(true);
    deploy(0, "ipfix.0", List.of(), 1 << 16);
    int total = 6000;
    for (int i = 0; i < 3; i++) {
      Socket socket = connect(port());
      OutputStream out = socket.getOutputStream();
      byte[] all = new byte[total / 3 * INVITE.length];
      for (int at = 0; at < all.length; at += INVITE.length) {
        System.arraycopy(INVITE, 0, all, at, INVITE.length);
      }
      out.write(all);
      socket.close();
    }
    await(() -> held.size() == IpfixConfig.DEFAULT_CREDITS);
    stalled.set(false);
    held.forEach(message -> message.reply(null));
    await(() -> records.get() == total);
    await(() -> connections().isEmpty());
  }

  @Test
  void whatWasReadIsWorkedOffBeforeTheCollectorStopsAndASuccessorServesAtOnce() throws Exception {
    String id = deploy();
    int port = port();
    Socket socket = connect(port);
    socket.getOutputStream().write(Examples.of("12.1"));
    socket.getInputStream().readNBytes(47);
    for (int i = 0; i < 100; i++) {
      socket.getOutputStream().write(INVITE);
    }
    await(() -> connections().getJsonObject(0).getLong("messages") == 101);
    vertx.undeploy(id).await();
    assertThat(records.get()).isEqualTo(100);
    assertThat(lastBatches.get()).as("the trackers know that it has ended").isEqualTo(1);
    assertThat(socket.getInputStream().read()).as("closed").isEqualTo(-1);

    deploy(port, "ipfix.0", List.of(), 1 << 20);
    Socket again = connect(port);
    again.getOutputStream().write(Examples.of("12.1"));
    assertThat(again.getInputStream().readNBytes(47)).isEqualTo(Examples.of("12.2"));
  }

  @Test
  void aCollectorWhoseThreadDiesSaysSoAndItsSbcsKnowIt() throws Exception {
    BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
    vertx.exceptionHandler(faults::add);
    deploy();
    Socket socket = connect(port());
    socket.getOutputStream().write(Examples.of("12.1"));
    socket.getInputStream().readNBytes(47);
    Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("callscope-ipfix.0"))
        .forEach(Thread::interrupt);
    assertThat(faults.poll(20, TimeUnit.SECONDS))
        .isInstanceOf(ServiceFailedException.class)
        .hasMessageContaining("ipfix.0 has stopped reading");
    assertThat(socket.getInputStream().read()).as("closed").isEqualTo(-1);
    assertThat(connections()).isEmpty();
  }

  @Test
  void severalCollectorsShareAPort() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    deploy(port, "ipfix.0", List.of(), 1 << 20);
    deploy(port, "ipfix.1", List.of(), 1 << 20);
    for (int i = 0; i < 4; i++) {
      connect(port).getOutputStream().write(INVITE);
    }
    await(() -> records.get() == 4);
    JsonArray connections = connections();
    assertThat(connections.stream().map(c -> ((JsonObject) c).getString("collector")).distinct())
        .containsExactlyInAnyOrder("ipfix.0", "ipfix.1");
    assertThat(connections.stream().map(c -> ((JsonObject) c).getLong("id")))
        .as("newest first")
        .containsExactly(3L, 2L, 1L, 0L);
  }

  @Test
  void aPortInUseIsSaid() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> deploy(taken.getLocalPort(), "ipfix.0", List.of(), 1 << 20))
          .hasMessageContaining("cannot listen on 127.0.0.1, port " + taken.getLocalPort());
    }
  }

  @Test
  void anUnknownQueryIsRefused() {
    deploy();
    assertThatThrownBy(
            () ->
                vertx
                    .eventBus()
                    .request(Addresses.query("ipfix"), new JsonObject().put("query", "x"))
                    .await())
        .hasMessageContaining("no such query: x");
  }
}
