package io.callscope.pcapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.Addresses;
import io.callscope.bus.BusCodecs;
import io.callscope.bus.Envelope;
import io.callscope.bus.ProcessName;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.bus.SipBatchBuilder;
import io.callscope.counters.CounterKind;
import io.callscope.counters.CounterTable;
import io.callscope.net.IpAddress;
import io.callscope.pcap.CallFileNames;
import io.callscope.sip.CallIdHash;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipParser;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapDumpVerticleTest {
  private static final int WORKERS = 4;
  private static final int PATIENCE_SECONDS = 30;

  @TempDir Path folder;

  private final Envelope envelope = new Envelope();
  private final CounterTable lastCounters = new CounterTable();
  private int sources;
  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    BusCodecs.register(vertx.eventBus());
    envelope.captureNanos = 1_700_000_000_000_000_000L;
    envelope.sourceLow = IpAddress.lowOfIpv4(1);
    envelope.destinationLow = IpAddress.lowOfIpv4(2);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private PcapDumpConfig config(Path directory, boolean on, long flushMillis, long maxAgeMillis) {
    CallFileNames names = new CallFileNames("callid_", "", "pcap", 10);
    return new PcapDumpConfig(
        ProcessName.ALONE,
        directory,
        names,
        on,
        false,
        WORKERS,
        1,
        flushMillis,
        100,
        1 << 20,
        0,
        maxAgeMillis);
  }

  private String deploy(PcapDumpConfig config) throws Exception {
    return vertx
        .deployVerticle(new PcapDumpVerticle(config))
        .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void send(String callId) throws Exception {
    String text =
        "OPTIONS sip:x@y SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@h>;tag=1\r\n"
            + "To: <sip:x@y>\r\nCall-ID: "
            + callId
            + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    int[] row = new int[SipIndex.SIZE];
    assertThat(new SipParser().parseDatagram(bytes, 0, bytes.length, row)).isZero();
    SipBatchBuilder builder = new SipBatchBuilder("source " + sources++);
    builder.addWhole(RecordKind.MESSAGE, envelope, 0, bytes, 0, row);
    SipBatch batch = builder.build(0, false);
    int worker = CallIdHash.part(row[SipIndex.CALL_ID_HASH], WORKERS);
    vertx
        .eventBus()
        .request(Addresses.dump(worker), batch)
        .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private JsonObject ask(JsonObject query) throws Exception {
    return vertx
        .eventBus()
        .<JsonObject>request(Addresses.query("pcapdump"), query)
        .await(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .body();
  }

  private JsonObject change(JsonObject change) throws Exception {
    Promise<JsonObject> acknowledged = Promise.promise();
    var acks =
        vertx
            .eventBus()
            .<JsonObject>consumer(
                Addresses.acknowledgements("pcapdump"),
                message -> acknowledged.tryComplete(message.body()));
    vertx.eventBus().publish(Addresses.control("pcapdump"), change.put("id", "7"));
    JsonObject answer = acknowledged.future().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    acks.unregister().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(answer.getString("id")).isEqualTo("7");
    assertThat(answer.getString("instance")).isEqualTo("pcapdump");
    return answer;
  }

  @Test
  void fileOfACallIsFoundAndReadOverTheBus() throws Exception {
    deploy(config(folder.resolve("d"), true, 60_000, 0));
    JsonObject query = new JsonObject().put("query", "file").put("callId", "abcdefgh");
    JsonObject none = ask(query);
    assertThat(none.getString("file")).isEqualTo("1/callid_abcdefgh.pcap");
    assertThat(none.getBoolean("exists")).isFalse();
    send("abcdefgh");
    JsonObject found = ask(query);
    assertThat(found.getBoolean("exists")).isTrue();
    Path file = folder.resolve("d/1/callid_abcdefgh.pcap");
    assertThat(found.getLong("bytes")).isEqualTo(Files.size(file)).isGreaterThan(100);

    JsonObject all = ask(query.copy().put("query", "read"));
    assertThat(file).hasBinaryContent(Base64.getDecoder().decode(all.getString("base64")));
    JsonObject part = ask(query.copy().put("query", "read").put("offset", 20).put("limit", 4));
    assertThat(Base64.getDecoder().decode(part.getString("base64"))).containsExactly(1, 0, 0, 0);
    JsonObject beyond = ask(query.copy().put("query", "read").put("offset", 1 << 20));
    assertThat(beyond.getString("base64")).isEmpty();
  }

  @Test
  void wrongQueriesAreRefused() throws Exception {
    deploy(config(folder, true, 1000, 0));
    assertThatThrownBy(() -> ask(new JsonObject().put("query", "file")))
        .hasMessageContaining("callId must be given");
    assertThatThrownBy(() -> ask(new JsonObject().put("query", "nonsense")))
        .hasMessageContaining("no such query");
    assertThatThrownBy(
            () ->
                ask(new JsonObject().put("query", "read").put("callId", "abcd").put("offset", -1)))
        .hasMessageContaining("offset must be");
  }

  @Test
  void dumpingIsSwitchedAndFilteredWhileItRuns() throws Exception {
    Promise<Void> told = Promise.promise();
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.DUMPING,
            message -> {
              if (message.body().getBoolean("on")) {
                told.tryComplete();
              }
            });
    deploy(config(folder.resolve("d"), false, 0, 0));
    send("off1");
    JsonObject on = change(new JsonObject().put("change", "dumping").put("on", true));
    assertThat(on.getJsonObject("result").getBoolean("on")).isTrue();
    told.future().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    JsonObject filter = change(new JsonObject().put("change", "filter").put("callId", "^a"));
    assertThat(filter.getJsonObject("result").getString("callId")).isEqualTo("^a");
    send("abcd");
    send("bcde");
    assertThat(ask(file("off1")).getBoolean("exists")).isFalse();
    assertThat(ask(file("abcd")).getBoolean("exists")).isTrue();
    assertThat(ask(file("bcde")).getBoolean("exists")).isFalse();
    JsonObject wrong = change(new JsonObject().put("change", "filter").put("from", "("));
    assertThat(wrong.getString("error")).contains("bad regular expression");
    JsonObject status = ask(new JsonObject().put("query", "status"));
    assertThat(status.getBoolean("on")).isTrue();
    assertThat(status.getJsonObject("filter").getString("callId")).isEqualTo("^a");
    assertThat(status.getString("directory")).isEqualTo(folder.resolve("d").toString());
  }

  private static JsonObject file(String callId) {
    return new JsonObject().put("query", "file").put("callId", callId);
  }

  @Test
  void undeployingWritesEverythingAndTellsTheLastFigures() throws Exception {
    vertx.eventBus().<JsonObject>consumer(Addresses.COUNTERS, message -> note(message.body()));
    String id = deploy(config(folder.resolve("d"), true, 3_600_000, 0));
    for (int i = 0; i < 100; i++) {
      send("call-" + i % 20);
    }
    assertThat(folder.resolve("d")).doesNotExist();
    vertx.undeploy(id).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(lastWritten(100)).isEqualTo(100);
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(20);
    }
  }

  private synchronized void note(JsonObject snapshot) {
    for (Object each : snapshot.getJsonArray("groups")) {
      JsonObject group = (JsonObject) each;
      for (Object one : group.getJsonArray("counters")) {
        JsonObject counter = (JsonObject) one;
        if (counter.getString("name").equals("written_msgs")) {
          lastCounters.add(
              group.getString("name"),
              "written_msgs",
              CounterKind.COUNTER,
              "",
              counter.getLong("value"),
              0,
              0);
          notifyAll();
        }
      }
    }
  }

  /** The last figures may still be on their way when the service has stopped. */
  private synchronized long lastWritten(long expected) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (lastCounters.value("pcap_dump.written_msgs") < expected
        && System.nanoTime() < deadlineNanos) {
      wait(100);
    }
    return lastCounters.value("pcap_dump.written_msgs");
  }

  @Test
  void oldFilesAreRemovedWhileItRuns() throws Exception {
    Path old = Files.createDirectories(folder.resolve("d/3")).resolve("callid_old.pcap");
    Files.write(old, new byte[100]);
    Files.setLastModifiedTime(old, FileTime.fromMillis(0));
    Promise<Void> swept = Promise.promise();
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.COUNTERS,
            message -> {
              if (!Files.exists(old)) {
                swept.tryComplete();
              }
            });
    deploy(config(folder.resolve("d"), true, 1000, 60_000));
    swept.future().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void fileInPlaceOfTheDirectoryFailsTheStart() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> deploy(config(file, true, 1000, 0)))
        .hasMessageContaining("is not a directory");
  }
}
