package io.callscope.capture;

import static io.callscope.capture.packet.CaptureFile.START;
import static io.callscope.capture.packet.Frames.ACK;
import static io.callscope.capture.packet.Frames.SYN;
import static io.callscope.capture.packet.Frames.datagram;
import static io.callscope.capture.packet.Frames.invite;
import static io.callscope.capture.packet.Frames.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.callscope.bus.Addresses;
import io.callscope.bus.BusCodecs;
import io.callscope.bus.DumpPlan;
import io.callscope.bus.SipBatch;
import io.callscope.bus.SourceStatus;
import io.callscope.bus.SourceStatus.State;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.config.FileInput;
import io.callscope.capture.config.ReplayOptions;
import io.callscope.capture.file.FileSource;
import io.callscope.capture.packet.CaptureFile;
import io.callscope.capture.source.PacketSource;
import io.callscope.capture.source.SourceClock;
import io.callscope.capture.source.SystemClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a real bus, with trackers that only count. */
@Timeout(60)
class CaptureVerticleTest {
  private static final int CREDITS = 3;
  private static final long SECOND = 1_000_000_000;

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<SourceStatus> statuses = new LinkedBlockingQueue<>();
  private final BlockingQueue<JsonObject> counters = new LinkedBlockingQueue<>();
  private final BlockingQueue<JsonObject> acknowledgements = new LinkedBlockingQueue<>();
  private final List<Tracker> trackers = new ArrayList<>();

  /** Acknowledges after a delay, or never. */
  private final class Tracker {
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger mostOpen = new AtomicInteger();
    final AtomicInteger records = new AtomicInteger();
    final AtomicInteger lasts = new AtomicInteger();
    final BlockingQueue<Long> sequences = new LinkedBlockingQueue<>();

    Tracker(int partition, long delayMillis) {
      vertx
          .eventBus()
          .<SipBatch>consumer(
              Addresses.sip(partition),
              message -> {
                mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
                records.addAndGet(message.body().size());
                lasts.addAndGet(message.body().isLast() ? 1 : 0);
                sequences.add(message.body().sequence());
                if (delayMillis > 0) {
                  vertx.setTimer(
                      delayMillis,
                      timer -> {
                        open.decrementAndGet();
                        message.reply(null);
                      });
                }
              })
          .completion()
          .await();
    }
  }

  @BeforeEach
  void listen() {
    BusCodecs.register(vertx.eventBus());
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.SOURCES, message -> statuses.add(SourceStatus.of(message.body())))
        .completion()
        .await();
    vertx
        .eventBus()
        .<JsonObject>consumer(Addresses.COUNTERS, message -> counters.add(message.body()))
        .completion()
        .await();
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.control("capture") + ".ack", message -> acknowledgements.add(message.body()))
        .completion()
        .await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void track(int partitions, long delayMillis) {
    for (int p = 0; p < partitions; p++) {
      trackers.add(new Tracker(p, delayMillis));
    }
  }

  private String deploy(int partitions, String... files) {
    return vertx
        .deployVerticle(
            new CaptureVerticle(
                new CaptureConfig(
                    "capture.0",
                    "pcap",
                    new FileInput(List.of(files), 1, ReplayOptions.OFF),
                    "",
                    DecodeOptions.DEFAULTS,
                    partitions,
                    CREDITS)))
        .await();
  }

  private String file(int messages) throws IOException {
    CaptureFile file = new CaptureFile();
    for (int i = 0; i < messages; i++) {
      file.packet(START + i, datagram(invite("call-" + i)));
    }
    return file.write(folder.resolve("demo.pcap"));
  }

  private SourceStatus end() throws InterruptedException {
    SourceStatus status;
    do {
      status = statuses.poll(30, TimeUnit.SECONDS);
      assertThat(status).as("a status").isNotNull();
    } while (status.state() == State.RUNNING);
    return status;
  }

  private int records() {
    return trackers.stream().mapToInt(tracker -> tracker.records.get()).sum();
  }

  @Test
  void everyMessageArrivesInOrderThroughSlowTrackers() throws Exception {
    track(2, 2);
    deploy(2, file(20_000));
    SourceStatus status = end();
    assertThat(status.state()).isEqualTo(State.ENDED);
    assertThat(status.packets()).isEqualTo(20_000);
    assertThat(status.error()).isEmpty();
    assertThat(status.readBytes()).isEqualTo(status.totalBytes());
    assertThat(records()).isEqualTo(20_000);
    for (Tracker tracker : trackers) {
      assertThat(tracker.open).as("ended means acknowledged").hasValue(0);
      assertThat(tracker.mostOpen.get()).isBetween(2, CREDITS);
      assertThat(tracker.lasts).hasValue(1);
      assertThat(List.copyOf(tracker.sequences)).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void waitsForTrackersThatComeLater() throws Exception {
    deploy(1, file(2_000));
    assertThat(statuses.poll(20, TimeUnit.SECONDS).state()).isEqualTo(State.RUNNING);
    track(1, 1);
    assertThat(end().state()).isEqualTo(State.ENDED);
    assertThat(records()).isEqualTo(2_000);
  }

  @Test
  void tellsItsCountersWhenAsked() throws Exception {
    track(1, 1);
    deploy(1, file(300));
    end();
    counters.clear();
    vertx.eventBus().publish(Addresses.COUNTERS_NOW, new JsonObject());
    JsonObject snapshot = counters.poll(20, TimeUnit.SECONDS);
    assertThat(snapshot.getString("service")).isEqualTo("capture");
    assertThat(snapshot.getString("instance")).isEqualTo("capture.0");
    JsonArray groups = snapshot.getJsonArray("groups");
    assertThat(groups.stream().map(group -> ((JsonObject) group).getString("name")))
        .containsExactly("pkt_stats", "feed", "pcap.demo_pcap", "feed.acks");
    assertThat(value(groups.getJsonObject(0), "sip_INVITE")).isEqualTo(300);
    assertThat(value(groups.getJsonObject(3), "records")).isEqualTo(300);
  }

  private JsonObject change(JsonObject change) throws InterruptedException {
    vertx.eventBus().publish(Addresses.control("capture"), change);
    return acknowledgements.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void timeoutsOfTcpChangeWhileItReads() throws Exception {
    track(1, 1);
    Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    deploy(1, pipe.toString());
    try (OutputStream out = Files.newOutputStream(pipe)) {
      out.write(
          new CaptureFile()
              .packet(START, datagram(invite("first")))
              .packet(START + 61 * SECOND, segment(SYN, 0, ""))
              .packet(START + 61 * SECOND, segment(ACK, 2, invite("behind-a-hole")))
              .packet(START + 65 * SECOND, datagram(invite("second")))
              .done());
      out.flush();
      awaitRecords(2);
      JsonObject change = new JsonObject().put("id", "7").put("change", "tcp_timeouts");
      assertThat(change(change.put("gcMillis", 2000).put("reorderMillis", 5000)))
          .as("at once, though a read waits")
          .isEqualTo(
              new JsonObject(
                  """
                  {"id": "7", "instance": "capture.0", "result":
                  {"gcMillis": 2000, "reorderMillis": 5000, "connectionMillis": 3600000}}"""));
      byte[] bytes = new CaptureFile().packet(START + 67 * SECOND, datagram("\r\n")).done();
      out.write(bytes, 24, bytes.length - 24);
      out.flush();
      awaitRecords(4); // by the timeouts of the start it would wait for 54 s more
    }
    assertThat(end().state()).isEqualTo(State.ENDED);
  }

  private void awaitRecords(int count) throws InterruptedException {
    while (records() < count) {
      assertThat(trackers.get(0).sequences.poll(20, TimeUnit.SECONDS)).as("a batch").isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'change':'tcp_timeouts','gcMillis':-1}; gcMillis must be a whole number from 0 to",
        "{'change':'tcp_timeouts','reorderMillis':1e30}; reorderMillis must be a whole number",
        "{'change':'tcp_timeouts','gcMillis':1,'connectionMillis':'x'}; connectionMillis must be",
        "{'change':'colour'}; no such change: colour",
        "{'id':'1'}; change must be given",
      })
  void aWrongChangeChangesNothing(String change, String error) throws Exception {
    track(1, 1);
    deploy(1, file(1));
    end();
    assertThat(change(new JsonObject(change.replace('\'', '"'))).getString("error"))
        .startsWith(error);
    assertThat(change(new JsonObject().put("change", "tcp_timeouts")).getJsonObject("result"))
        .as("after the end of the file too")
        .isEqualTo(
            new JsonObject()
                .put("gcMillis", 30_000)
                .put("reorderMillis", 60_000)
                .put("connectionMillis", 3_600_000));
  }

  private static long value(JsonObject group, String name) {
    return group.getJsonArray("counters").stream()
        .map(JsonObject.class::cast)
        .filter(counter -> counter.getString("name").equals(name))
        .findFirst()
        .orElseThrow()
        .getLong("value");
  }

  @Test
  void aStopDoesNotWaitForSomebodyToWriteToThePipe() throws Exception {
    track(1, 1);
    Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    String id = deploy(1, pipe.toString());
    SourceStatus status;
    do {
      status = statuses.poll(20, TimeUnit.SECONDS);
    } while (!status.pace().reading().equals(pipe.toString()));
    vertx.undeploy(id).await();
    assertThat(end().state()).isEqualTo(State.ENDED);
    assertThat(trackers.get(0).lasts).hasValue(1);
  }

  @Test
  void failedFilesAreNamedAtTheEnd() throws Exception {
    track(1, 1);
    String missing = folder.resolve("missing.pcap").toString();
    deploy(1, missing, file(10), folder.toString());
    SourceStatus status = end();
    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.error())
        .isEqualTo(missing + ": no such file; " + folder + ": is a directory");
    assertThat(records()).isEqualTo(10);
  }

  /** Looks well at first. */
  private static final class BreakingClock implements SourceClock {
    private final SourceClock clock = new SystemClock();
    private int looks;

    @Override
    public long wallNanos() {
      if (++looks > 20) {
        throw new IllegalStateException("out of order");
      }
      return clock.wallNanos();
    }

    @Override
    public long monotonicNanos() {
      return clock.monotonicNanos();
    }

    @Override
    public void sleepUntil(long monotonicNanos) throws InterruptedException {
      clock.sleepUntil(monotonicNanos);
    }
  }

  /** The service of a file stays, for its counters, and so do those of many uploads. */
  @Test
  void nothingIsKeptOfASourceThatHasEnded() throws Exception {
    track(1, 1);
    List<WeakReference<PacketSource>> opened = new ArrayList<>();
    CaptureConfig config =
        new CaptureConfig(
            "capture.0", "inject.capture.0.a", upload(file(100)), "", DecodeOptions.DEFAULTS, 1, 3);
    CaptureVerticle.Opener remembering =
        (given, sink, pool, dump) -> {
          PacketSource source = PacketSources.open(given, sink, pool, dump);
          opened.add(new WeakReference<>(source));
          return source;
        };
    CaptureVerticle verticle = new CaptureVerticle(config, remembering, 0);
    try {
      vertx.deployVerticle(verticle).await();
      assertThat(end().state()).isEqualTo(State.ENDED);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (opened.get(0).get() != null) {
        assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
        System.gc();
        TimeUnit.MILLISECONDS.sleep(10); // between polls
      }
    } finally {
      Reference.reachabilityFence(verticle);
    }
  }

  @Test
  void aFailureInTheMiddleIsAnEndThatPartitionsLearnOf() throws Exception {
    track(3, 1);
    FileInput input = upload(file(20_000));
    CaptureConfig config =
        new CaptureConfig(
            "capture.0", "inject.capture.0.a", input, "", DecodeOptions.DEFAULTS, 3, CREDITS);
    CaptureVerticle.Opener breaking =
        (ignored, sink, pool, dump) ->
            new FileSource(config, input, null, sink, pool, new BreakingClock(), dump);
    vertx.deployVerticle(new CaptureVerticle(config, breaking, 0)).await();
    SourceStatus status = end();
    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.error()).contains("out of order");
    assertThat(status.packets()).isBetween(1L, 19_999L);
    assertThat(trackers).allMatch(tracker -> tracker.lasts.get() == 1);
    assertThat(records()).as("nothing of it is lost").isEqualTo((int) status.packets());
  }

  @Test
  void anUploadDoesNotWaitForAPcapWriterThatHangs() throws Exception {
    track(2, 1);
    FileInput input = upload(file(20_000));
    CaptureConfig config =
        new CaptureConfig(
            "capture.0",
            "inject.capture.0.a",
            input,
            "",
            DecodeOptions.DEFAULTS,
            2,
            CREDITS,
            new DumpPlan(1, 1000, true, false));
    long patience = TimeUnit.MILLISECONDS.toNanos(50);
    vertx.deployVerticle(new CaptureVerticle(config, PacketSources::open, patience)).await();
    assertThat(end().state()).isEqualTo(State.ENDED);
    assertThat(trackers).allMatch(tracker -> tracker.lasts.get() == 1);
    assertThat(records()).isEqualTo(20_000);
  }

  private static FileInput upload(String file) {
    return FileInput.uploaded(file, ReplayOptions.OFF, new FileInput.Upload("a.pcap", 0));
  }

  @Test
  void stopsPromptlyWhileATrackerIsSilentAndCountsWhatItGivesUp() throws Exception {
    track(1, 0);
    String deployment = deploy(1, file(20_000));
    assertThat(trackers.get(0).sequences.poll(20, TimeUnit.SECONDS)).isNotNull();
    counters.clear();
    long start = System.nanoTime();
    vertx.undeploy(deployment).await();
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
    assertThat(end().state()).isEqualTo(State.ENDED);
    JsonArray groups = last(counters).getJsonArray("groups");
    JsonObject feed = groups.getJsonObject(1);
    assertThat(value(groups.getJsonObject(3), "records_unacknowledged"))
        .isEqualTo(value(feed, "records_sent"));
    assertThat(value(feed, "records"))
        .isEqualTo(value(feed, "records_sent") + value(feed, "records_unsent"));
    assertThat(value(feed, "records")).isEqualTo(value(groups.getJsonObject(0), "parse_ok"));
  }

  private static JsonObject last(BlockingQueue<JsonObject> heard) throws InterruptedException {
    JsonObject last = heard.poll(20, TimeUnit.SECONDS);
    for (JsonObject more = heard.poll(); more != null; more = heard.poll()) {
      last = more;
    }
    return last;
  }
}
