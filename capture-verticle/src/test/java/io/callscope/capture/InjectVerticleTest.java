package io.callscope.capture;

import static io.callscope.capture.packet.CaptureFile.START;
import static io.callscope.capture.packet.Frames.datagram;
import static io.callscope.capture.packet.Frames.invite;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.Addresses;
import io.callscope.bus.BusCodecs;
import io.callscope.bus.DumpPlan;
import io.callscope.bus.EventTime;
import io.callscope.bus.SipBatch;
import io.callscope.bus.SourceNames;
import io.callscope.bus.SourceStatus;
import io.callscope.bus.SourceStatus.State;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.config.FileInput;
import io.callscope.capture.packet.CaptureFile;
import io.callscope.capture.tcp.TcpTimeouts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a real bus, with a tracker that only acknowledges. */
@Timeout(60)
class InjectVerticleTest {
  private static final int MOST_READERS = 64;

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<JsonObject> counters = new LinkedBlockingQueue<>();
  private final BlockingQueue<SourceStatus> ended = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() {
    BusCodecs.register(vertx.eventBus());
    var bus = vertx.eventBus();
    bus.<SipBatch>consumer(Addresses.sip(0), batch -> batch.reply(null)).completion().await();
    bus.<JsonObject>consumer(Addresses.COUNTERS, message -> counters.add(message.body()))
        .completion()
        .await();
    bus.<JsonObject>consumer(Addresses.SOURCES, message -> note(SourceStatus.of(message.body())))
        .completion()
        .await();
    vertx
        .deployVerticle(
            new InjectVerticle(
                SourceNames.INJECT,
                1,
                DumpPlan.NONE,
                DecodeOptions.DEFAULTS.tcp().timeouts(),
                InjectVerticleTest::reader))
        .await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void note(SourceStatus status) {
    if (status.state() == State.ENDED) {
      ended.add(status);
    }
  }

  private static CaptureVerticle reader(String source, FileInput input, TcpTimeouts timeouts) {
    return new CaptureVerticle(
        new CaptureConfig(source, source, input, "", DecodeOptions.DEFAULTS, 1, 2));
  }

  private Object ask(Object request) {
    try {
      return vertx.eventBus().request(Addresses.INJECT, request).await().body();
    } catch (ReplyException e) {
      return e.failureCode();
    }
  }

  @Test
  void requestsThatMakeNoSenseFailAloneHoweverManyThereAre() {
    for (int i = 0; i < 100; i++) {
      assertThat(ask(null)).isEqualTo(400);
      assertThat(ask("begin")).isEqualTo(400);
      assertThat(ask(new JsonObject().put("inject", "nonsense"))).isEqualTo(400);
      assertThat(ask(new JsonObject().put("inject", "piece").put("bytes", 7))).isEqualTo(400);
    }
    assertThat(ask(new JsonObject().put("inject", "begin"))).isInstanceOf(JsonObject.class);
  }

  @Test
  void aPieceThatIsNoneIsRefusedAndTold() {
    JsonObject begun = (JsonObject) ask(new JsonObject().put("inject", "begin"));
    JsonObject piece =
        new JsonObject().put("inject", "piece").put("upload", begun.getString("upload"));
    assertThat(ask(piece.copy().put("bytes", 7))).isEqualTo(400);
    assertThat(ask(piece.copy().put("bytes", "!"))).isEqualTo(400);
  }

  @Test
  void whatIsNoCaptureIsRefusedByItsName() {
    JsonObject begun =
        (JsonObject) ask(new JsonObject().put("inject", "begin").put("name", "notes.txt"));
    String upload = begun.getString("upload");
    ask(
        new JsonObject()
            .put("inject", "piece")
            .put("upload", upload)
            .put("bytes", "no capture at all, whatever it is".getBytes(UTF_8)));
    Future<Message<Object>> end =
        vertx
            .eventBus()
            .request(Addresses.INJECT, new JsonObject().put("inject", "end").put("upload", upload));
    assertThatThrownBy(end::await)
        .isInstanceOf(ReplyException.class)
        .hasMessageContaining("notes.txt")
        .hasMessageNotContaining("callscope-upload");
  }

  /** A tracker whose clock is long after the capture, with what it hears of. */
  private void clock(String... sources) {
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.query("tracker", 0),
            question ->
                question.reply(
                    new JsonObject()
                        .put("clock", "2026-01-01T00:00:00Z")
                        .put("sources", new JsonArray(List.of(sources)))))
        .completion()
        .await();
  }

  private JsonObject upload(String name, String times) throws Exception {
    byte[] capture =
        Files.readAllBytes(
            Path.of(
                new CaptureFile()
                    .packet(START, datagram(invite("call-1")))
                    .write(folder.resolve(name))));
    String upload =
        ((JsonObject) ask(new JsonObject().put("inject", "begin").put("name", name)))
            .getString("upload");
    ask(new JsonObject().put("inject", "piece").put("upload", upload).put("bytes", capture));
    Object answer =
        ask(new JsonObject().put("inject", "end").put("upload", upload).put("times", times));
    return answer instanceof JsonObject json ? json : new JsonObject().put("refused", answer);
  }

  @Test
  void besideLiveTrafficACaptureHappensNowAtItsOwnPace() throws Exception {
    clock("iface:eth0", "inject");
    JsonObject answer = upload("a.pcap", "auto");
    assertThat(answer.getString("source")).isEqualTo("inject.replay.0.a.pcap");
    assertThat(answer.getBoolean("paced")).isTrue();
    SourceStatus status = ended.poll(30, TimeUnit.SECONDS);
    assertThat(EventTime.text(status.firstNanos())).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(upload("a.pcap", "captured").getInteger("refused")).isEqualTo(400);
  }

  @Test
  void anOlderCaptureFollowsWhatWasTracked() throws Exception {
    clock("inject");
    JsonObject answer = upload("b.pcap", "auto");
    assertThat(answer.getString("source")).isEqualTo("inject.capture.0.b.pcap");
    assertThat(answer.getLong("shiftMillis")).isPositive();
    assertThat(ended.poll(30, TimeUnit.SECONDS).firstNanos())
        .isEqualTo(EventTime.nanos("2026-01-01T00:00:00Z"));
  }

  @Test
  void whereNothingWasTrackedACaptureKeepsItsTimes() throws Exception {
    JsonObject answer = upload("c.pcap", "captured");
    assertThat(answer.getLong("shiftMillis")).isZero();
    assertThat(ended.poll(30, TimeUnit.SECONDS).firstNanos()).isEqualTo(START);
  }

  @Test
  void whileFilesAreReadNoCaptureIsTaken() throws Exception {
    clock("pcap");
    assertThat(upload("d.pcap", "auto").getInteger("refused")).isEqualTo(400);
    assertThat(upload("d.pcap", "sometime").getInteger("refused")).isEqualTo(400);
  }

  @Test
  void countersOfOlderCapturesAreKeptInOneGroup() throws Exception {
    byte[] capture =
        Files.readAllBytes(
            Path.of(
                new CaptureFile()
                    .packet(START, datagram(invite("call-1")))
                    .write(folder.resolve("one.pcap"))));
    int uploads = MOST_READERS + 3;
    for (int i = 0; i < uploads; i++) {
      upload(capture);
      assertThat(ended.poll(30, TimeUnit.SECONDS)).as("the end of a capture").isNotNull();
    }
    counters.clear();
    vertx.eventBus().publish(Addresses.COUNTERS_NOW, new JsonObject());
    Map<String, JsonObject> instances = new HashMap<>();
    while (instances.size() < 1 + MOST_READERS) {
      JsonObject ofInstance = counters.poll(30, TimeUnit.SECONDS);
      assertThat(ofInstance).as("counters").isNotNull();
      instances.put(ofInstance.getString("instance"), ofInstance);
    }
    assertThat(total(instances, "pkt_stats", "sip_udp")).isEqualTo(uploads);
    assertThat(sum(instances.get(SourceNames.INJECT), "pcap.uploads", "packets")).isEqualTo(3);
    assertThat(total(instances, "pcap.uploads", "packets")).isEqualTo(uploads);
  }

  private void upload(byte[] capture) {
    JsonObject begun = (JsonObject) ask(new JsonObject().put("inject", "begin"));
    String upload = begun.getString("upload");
    ask(new JsonObject().put("inject", "piece").put("upload", upload).put("bytes", capture));
    assertThat(ask(new JsonObject().put("inject", "end").put("upload", upload)))
        .isInstanceOf(JsonObject.class);
  }

  private static long total(Map<String, JsonObject> instances, String group, String name) {
    return instances.values().stream().mapToLong(each -> sum(each, group, name)).sum();
  }

  private static long sum(JsonObject instance, String group, String name) {
    long sum = 0;
    JsonArray groups = instance.getJsonArray("groups");
    for (int g = 0; g < groups.size(); g++) {
      if (!groups.getJsonObject(g).getString("name").equals(group)) {
        continue;
      }
      JsonArray all = groups.getJsonObject(g).getJsonArray("counters");
      for (int c = 0; c < all.size(); c++) {
        if (all.getJsonObject(c).getString("name").equals(name)) {
          sum += all.getJsonObject(c).getLong("value");
        }
      }
    }
    return sum;
  }
}
