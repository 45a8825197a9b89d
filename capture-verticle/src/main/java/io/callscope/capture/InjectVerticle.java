package io.callscope.capture;

import io.callscope.bus.Addresses;
import io.callscope.bus.Answers;
import io.callscope.bus.CounterPublisher;
import io.callscope.bus.DumpPlan;
import io.callscope.bus.EventTime;
import io.callscope.bus.Outlet;
import io.callscope.bus.PartOfService;
import io.callscope.bus.Replies;
import io.callscope.bus.SourceNames;
import io.callscope.capture.config.FileInput;
import io.callscope.capture.inject.FirstPacket;
import io.callscope.capture.inject.InjectFeed;
import io.callscope.capture.inject.ReadCaptures;
import io.callscope.capture.inject.RefusedException;
import io.callscope.capture.inject.TrackerClock;
import io.callscope.capture.inject.UploadTimes;
import io.callscope.capture.inject.Uploads;
import io.callscope.capture.tcp.TcpTimeouts;
import io.callscope.counters.CounterGroup;
import io.callscope.feed.DumpFeed;
import io.callscope.feed.Overflow;
import io.callscope.feed.SipFeed;
import io.callscope.files.PrivateDirectory;
import io.callscope.query.Fields;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages and captures by hand on {@link Addresses#INJECT} and feeds the partitions with
 * them ({@code docs/bus.md}). All that blocks is on one worker, one request after the other.
 */
public final class InjectVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(InjectVerticle.class);
  private static final long REPLY_TIMEOUT_MILLIS = 5000;
  private static final long AWAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A request is answered within 15 s; one that waited longer than that for its turn is not. */
  private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(12);

  /** Requests that may wait for the worker. */
  private static final int MOST_WAITING = 64;

  private final String instance;
  private final int partitions;
  private final DumpPlan dumpPlan;
  private final CaptureControls controls;
  private final Reader reader;
  private final Uploads uploads = new Uploads(PrivateDirectory.temporary());
  private final ReadCaptures captures = new ReadCaptures();
  private final List<MessageConsumer<JsonObject>> consumers = new ArrayList<>();
  private WorkerExecutor worker;
  private Outlet outlet;
  private InjectFeed feed;
  private CounterPublisher publisher;
  private int waiting;
  private int uploaded;
  private boolean stopping;

  /** Makes what reads an uploaded capture. */
  @FunctionalInterface
  public interface Reader {
    /**
     * @param source name of the source and of the instance, unique among all processes
     * @param timeouts that hold now
     */
    CaptureVerticle of(String source, FileInput input, TcpTimeouts timeouts);
  }

  /**
   * @param instance name of this instance among all processes
   * @param partitions how many tracker partitions there are
   * @param dumpPlan the pcap writers
   * @param timeouts of the start of the program
   */
  public InjectVerticle(
      String instance, int partitions, DumpPlan dumpPlan, TcpTimeouts timeouts, Reader reader) {
    controls = new CaptureControls(timeouts, changed -> {});
    this.instance = instance;
    this.partitions = partitions;
    this.dumpPlan = dumpPlan;
    this.reader = reader;
  }

  @Override
  public Future<?> start() {
    worker = vertx.createSharedWorkerExecutor("callscope-inject", 1, 60, TimeUnit.SECONDS);
    outlet = new Outlet(vertx, context, partitions, SipFeed.LIVE_CREDITS, dumpPlan);
    feed =
        new InjectFeed(
            instance,
            partitions,
            outlet.partitions(),
            outlet.pool(),
            DumpFeed.to(outlet.dump(), instance, Overflow.DROP));
    publisher = new CounterPublisher(vertx, CaptureVerticle.SERVICE, instance, this::groups);
    for (String address : List.of(Addresses.INJECT, Addresses.inject(instance))) {
      consumers.add(vertx.eventBus().consumer(address, this::accept));
    }
    List<Future<?>> ready = new ArrayList<>(List.of(publisher.start(), outlet.start()));
    consumers.add(
        vertx.eventBus().consumer(Addresses.control(CaptureVerticle.SERVICE), this::change));
    consumers.forEach(consumer -> ready.add(consumer.completion()));
    return Future.all(ready);
  }

  /** It has no streams itself; the captures that it will read have. */
  private void change(Message<JsonObject> message) {
    Answers.acknowledge(vertx, CaptureVerticle.SERVICE, instance, message, controls::apply);
  }

  private List<CounterGroup> groups() {
    List<CounterGroup> groups = new ArrayList<>(feed.counterGroups(dumpPlan.workers() > 0));
    groups.addAll(outlet.counterGroups());
    groups.addAll(captures.older());
    return groups;
  }

  private void accept(Message<JsonObject> message) {
    if (waiting >= MOST_WAITING) {
      refuse(message, busy());
      return;
    }
    waiting++;
    // Whatever it throws fails the request alone.
    Future.succeededFuture()
        .compose(now -> answer(message))
        .onComplete(done -> waiting--)
        .onSuccess(answer -> Replies.give(message, answer))
        .onFailure(this::tellOurs)
        .onFailure(cause -> refuse(message, RefusedException.of(cause, stopping)));
  }

  /** What is not the sender's fault. */
  private void tellOurs(Throwable cause) {
    if (cause instanceof Uploads.NotKeptException) {
      LOG.warn("{}", cause.getMessage());
    } else if (!stopping
        && !(cause instanceof RefusedException)
        && !(cause instanceof IllegalArgumentException)) {
      LOG.warn("injecting failed", cause);
    }
  }

  private static void refuse(Message<JsonObject> message, RefusedException why) {
    Replies.refuse(message, why.code(), why.getMessage());
  }

  private static RefusedException busy() {
    return RefusedException.unavailable("too many are injecting at a time");
  }

  private Future<JsonObject> answer(Message<JsonObject> message) {
    if (!(((Message<?>) message).body() instanceof JsonObject body)) {
      throw new IllegalArgumentException("a request must be a JSON object");
    }
    long startNanos = System.nanoTime();
    return switch (String.valueOf(body.getValue("inject"))) {
      case "messages" ->
          clock().compose(clock -> messages(Answers.fields(message), clock, startNanos));
      case "begin" -> work(() -> begin(new Fields(body.getMap()).text("name", "capture")));
      case "piece" -> work(() -> piece(body));
      case "end" -> end(new Fields(body.getMap()));
      default ->
          Future.failedFuture(
              new IllegalArgumentException("inject must be messages, begin, piece or end"));
    };
  }

  private <T> Future<T> work(Callable<T> work) {
    return worker.executeBlocking(work, true);
  }

  private Future<TrackerClock> clock() {
    List<Future<Map<String, Object>>> answers = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      answers.add(
          vertx
              .eventBus()
              .<JsonObject>request(
                  Addresses.query("tracker", p),
                  new JsonObject().put("query", "tables"),
                  new DeliveryOptions().setSendTimeout(REPLY_TIMEOUT_MILLIS))
              .map(Answers::fields)
              .otherwise(Map.of()));
    }
    return Future.all(answers)
        .map(all -> TrackerClock.of(answers.stream().map(Future::result).toList()));
  }

  private static long wallNanos() {
    return System.currentTimeMillis() * 1_000_000;
  }

  /**
   * The time of messages is the trackers', so that nothing expires by it; the wall clock where they
   * have none yet.
   */
  private Future<JsonObject> messages(
      Map<String, Object> fields, TrackerClock clock, long startNanos) {
    long captureNanos = clock.or(wallNanos());
    return work(
        () -> {
          if (System.nanoTime() - startNanos > TURN_NANOS) {
            throw busy();
          }
          List<Map<String, Object>> results = feed.inject(fields, captureNanos, wallNanos());
          boolean taken = outlet.awaitPartitions(AWAIT_NANOS);
          JsonArray list = new JsonArray();
          results.forEach(result -> list.add(new JsonObject(result)));
          return new JsonObject()
              .put("results", list)
              .put("time", EventTime.text(captureNanos))
              .put("taken", taken);
        });
  }

  private JsonObject begin(String file) throws IOException, RefusedException {
    return new JsonObject()
        .put("upload", uploads.begin(file, System.nanoTime()))
        .put("address", Addresses.inject(instance));
  }

  private JsonObject piece(JsonObject body) throws IOException {
    byte[] bytes = bytes(body);
    long soFar = uploads.add(body.getString("upload", ""), bytes, System.nanoTime());
    return new JsonObject().put("bytes", soFar);
  }

  private static byte[] bytes(JsonObject body) {
    try {
      return body.getBinary("bytes", new byte[0]);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException("bytes must be base64", e);
    }
  }

  private Future<JsonObject> end(Fields asked) {
    UploadTimes.Wish wish = UploadTimes.Wish.named(asked.text("times", "auto"));
    return work(() -> uploads.end(asked.text("upload", "")))
        .compose(
            received ->
                times(received, wish)
                    .compose(times -> read(received, times))
                    .onFailure(cause -> delete(received)));
  }

  private Future<UploadTimes> times(Uploads.Received received, UploadTimes.Wish wish) {
    return work(() -> FirstPacket.nanos(received, wallNanos()))
        .compose(first -> clock().map(clock -> UploadTimes.of(wish, first, clock, wallNanos())));
  }

  /** Reads it as any capture file; the file goes as soon as it is open. */
  private Future<JsonObject> read(Uploads.Received received, UploadTimes times) {
    if (!captures.makeRoom(vertx::undeploy)) {
      return Future.failedFuture(RefusedException.unavailable("too many captures are being read"));
    }
    String source = SourceNames.ofUpload(instance, uploaded++, received.name(), times.paced());
    CaptureVerticle capture = reader.of(source, times.input(received), controls.timeouts());
    captures.opening();
    return vertx
        .deployVerticle(new PartOfService(context, capture))
        .onFailure(cause -> captures.notOpened())
        .map(
            id -> {
              captures.opened(id, capture::hasEnded, capture::takeCounters);
              vertx.setTimer(TimeUnit.SECONDS.toMillis(10), opened -> delete(received));
              return new JsonObject()
                  .put("source", source)
                  .put("shiftMillis", TimeUnit.NANOSECONDS.toMillis(times.shiftNanos()))
                  .put("paced", times.paced());
            });
  }

  private void delete(Uploads.Received received) {
    work(() -> {
          uploads.delete(received);
          return null;
        })
        .onFailure(cause -> LOG.warn("cannot delete {}: {}", received.file(), cause.toString()));
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    consumers.forEach(MessageConsumer::unregister);
    return work(() -> {
          feed.end();
          outlet.awaitAcknowledged(AWAIT_NANOS);
          uploads.close();
          return null;
        })
        .onFailure(cause -> LOG.warn("injecting does not end well: {}", cause.toString()))
        .onComplete(done -> outlet.close())
        .eventually(publisher::stop)
        .eventually(() -> worker.close());
  }
}
