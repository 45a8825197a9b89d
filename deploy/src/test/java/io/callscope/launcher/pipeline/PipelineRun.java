package io.callscope.launcher.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Addresses;
import io.callscope.bus.BusCodecs;
import io.callscope.bus.CallEvent;
import io.callscope.bus.EventBatch;
import io.callscope.bus.EventJson;
import io.callscope.bus.EventText;
import io.callscope.bus.SipBatch;
import io.callscope.bus.SourceNames;
import io.callscope.bus.SourceStatus;
import io.callscope.capture.CaptureVerticle;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.config.FileInput;
import io.callscope.capture.config.ReplayOptions;
import io.callscope.capture.tcp.TcpOptions;
import io.callscope.counters.CounterGroup;
import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.partition.Partition;
import io.callscope.tracker.rate.GcSettings;
import io.callscope.tracker.rate.RateCounters;
import io.callscope.tracker.rate.RateLimiter;
import io.callscope.tracker.rate.RateSettings;
import io.callscope.tracker.stage.EventStage;
import io.callscope.tracker.stage.StageCounters;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Sends a capture file through the real source, over a real bus, to partitions and event stage that
 * are driven here, so that their time can run on to the end of the last timer.
 */
final class PipelineRun {
  private static final long WALL_NANOS = 1_800_000_000_000_000_000L;
  private static final long STEP_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final int STEPS = 6 * 30;

  /** No event is too many. */
  static final RateSettings NO_LIMITS =
      new RateSettings(
          List.of(0.0, 0.0, 0.0),
          RateSettings.defaults().intervalNanos(),
          100,
          10_000,
          0,
          GcSettings.defaults(1 << 20));

  final List<CallEvent> events = new ArrayList<>();
  private final List<Partition> partitions = new ArrayList<>();
  private final Map<String, Long> captureCounters = new ConcurrentHashMap<>();
  private final RateCounters rateCounters = new RateCounters();
  private final EventStage stage;
  private final DecodeOptions decode;
  private SourceStatus ended;

  PipelineRun(Path file, int partitionCount, RateSettings rates) throws Exception {
    this(file, partitionCount, rates, List.of());
  }

  /**
   * @param webSocketPorts of SIP over WebSocket
   */
  PipelineRun(Path file, int partitionCount, RateSettings rates, List<Integer> webSocketPorts)
      throws Exception {
    TcpOptions usual = TcpOptions.DEFAULTS;
    TcpOptions tcp =
        new TcpOptions(
            usual.gcNanos(),
            usual.reorderNanos(),
            usual.connectionNanos(),
            usual.bufferBytes(),
            usual.maxBufferBytes(),
            usual.maxStreams(),
            usual.maxMemoryBytes(),
            webSocketPorts);
    decode = new DecodeOptions(List.of(4789), tcp);
    RateLimiter limiter = new RateLimiter(rates, rateCounters);
    stage =
        new EventStage(partitionCount, 0, limiter, rateCounters, new StageCounters(), events::add);
    for (int p = 0; p < partitionCount; p++) {
      partitions.add(new Partition(p, new CallSettings(), 1 << 20));
    }
    Vertx vertx = Vertx.vertx();
    try {
      read(vertx, file);
    } finally {
      vertx.close().await(20, TimeUnit.SECONDS);
    }
    letTimersRunOut();
  }

  private void read(Vertx vertx, Path file) throws Exception {
    BusCodecs.register(vertx.eventBus());
    Promise<SourceStatus> end = Promise.promise();
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.SOURCES,
            message -> {
              SourceStatus status = SourceStatus.of(message.body());
              if (status.state() != SourceStatus.State.RUNNING) {
                end.tryComplete(status);
              }
            });
    vertx.eventBus().<JsonObject>consumer(Addresses.COUNTERS, message -> note(message.body()));
    for (int p = 0; p < partitions.size(); p++) {
      int partition = p;
      vertx
          .eventBus()
          .<SipBatch>consumer(
              Addresses.sip(p),
              message -> {
                accept(partition, message.body());
                message.reply(null);
              });
    }
    CaptureConfig config =
        new CaptureConfig(
            "capture",
            SourceNames.FILES,
            new FileInput(List.of(file.toString()), 1, ReplayOptions.OFF),
            "",
            decode,
            partitions.size(),
            CaptureConfig.FILE_CREDITS);
    String id = vertx.deployVerticle(new CaptureVerticle(config)).await(20, TimeUnit.SECONDS);
    ended = end.future().await(60, TimeUnit.SECONDS);
    vertx.undeploy(id).await(20, TimeUnit.SECONDS); // publishes the last figures
  }

  private synchronized void accept(int partition, SipBatch batch) {
    partitions.get(partition).accept(batch, WALL_NANOS);
    pass(partitions.get(partition).takeEvents());
  }

  private void pass(EventBatch batch) {
    if (batch != null) {
      stage.accept(batch);
    }
  }

  private void note(JsonObject snapshot) {
    for (Object group : snapshot.getJsonArray("groups")) {
      String name = ((JsonObject) group).getString("name");
      for (Object counter : ((JsonObject) group).getJsonArray("counters")) {
        JsonObject c = (JsonObject) counter;
        captureCounters.put(name + "." + c.getString("name"), c.getLong("value"));
      }
    }
  }

  private synchronized void letTimersRunOut() {
    for (int step = 1; step <= STEPS; step++) {
      for (Partition partition : partitions) {
        partition.tick(WALL_NANOS + step * STEP_NANOS);
        pass(partition.takeEvents());
      }
    }
    for (Partition partition : partitions) {
      pass(partition.takeLastEvents());
    }
    stage.drain();
  }

  SourceStatus ended() {
    return ended;
  }

  /** A counter of the capture by its dotted name, 0 if it is not there. */
  long captured(String counter) {
    return captureCounters.getOrDefault(counter, 0L);
  }

  /** A counter of all partitions together. */
  long tracked(String group, String counter) {
    return partitions.stream().mapToLong(p -> value(p.counters(), group, counter)).sum();
  }

  long rated(String counter) {
    return value(rateCounters.groups(), "ev_rate", counter);
  }

  private static long value(List<CounterGroup> groups, String group, String counter) {
    for (CounterGroup candidate : groups) {
      for (int i = 0; i < candidate.definitions().size(); i++) {
        if (candidate.name().equals(group)
            && candidate.definitions().get(i).name().equals(counter)) {
          return candidate.value(i);
        }
      }
    }
    throw new AssertionError("no counter " + group + "." + counter);
  }

  /** The events of each Call-ID in order, each as {@code type status}. */
  Map<String, List<String>> eventsByCall() {
    Map<String, List<String>> calls = new TreeMap<>();
    for (CallEvent event : events) {
      calls
          .computeIfAbsent(event.text(EventText.CALL_ID), id -> new ArrayList<>())
          .add(event.type().text() + " " + event.outcome().status());
    }
    return calls;
  }

  /** All events as JSON, in order. */
  List<String> json() {
    return events.stream().map(event -> EventJson.of(event).encode()).toList();
  }

  /** What came into each stage left it or was dropped for a reason that is counted. */
  void assertAccounts() {
    long read = captured("pkt_stats.total_packets");
    assertThat(ended.packets()).as("packets read").isEqualTo(read);
    long records = captured("feed.records");
    assertThat(captured("feed.records_sent")).as("records sent").isEqualTo(records);
    long messages = tracked("partition", "messages");
    assertThat(messages + tracked("partition", "others")).as("records received").isEqualTo(records);
    assertThat(messages).as("messages").isEqualTo(captured("pkt_stats.parse_ok"));
    long trackedOk = 0;
    long trackedErr = 0;
    for (String transport : List.of("udp", "tcp", "ws")) {
      trackedOk += tracked("pkt_stats", "tracked_ok_" + transport);
      trackedErr += tracked("pkt_stats", "tracked_err_" + transport);
    }
    assertThat(trackedOk + trackedErr).as("messages tracked or refused").isEqualTo(messages);
    assertThat(tracked("partition", "failed")).as("faults").isZero();
    long raised = tracked("pkt_stats", "events_raised");
    assertThat(rated("total_events")).as("events raised").isEqualTo(raised);
    long dropped = rated("blst_type") + rated("blst_silent");
    assertThat(rated("published") + dropped).as("events published or dropped").isEqualTo(raised);
    assertThat(events).hasSize((int) rated("published"));
    assertThat(tracked("calls", "active")).as("entries left").isZero();
    assertThat(tracked("regs", "active")).as("bindings left").isZero();
  }
}
