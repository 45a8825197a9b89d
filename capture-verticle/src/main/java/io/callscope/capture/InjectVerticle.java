package io.callscope.capture;

import io.callscope.bus.Addresses;
import io.callscope.bus.Answers;
import io.callscope.bus.CounterPublisher;
import io.callscope.bus.DumpPlan;
import io.callscope.bus.EventTime;
import io.callscope.bus.Outlet;
import io.callscope.bus.Replies;
import io.callscope.bus.SourceNames;
import io.callscope.capture.config.FileInput;
import io.callscope.capture.config.ReplayOptions;
import io.callscope.capture.inject.FirstPacket;
import io.callscope.capture.inject.InjectCounters;
import io.callscope.capture.inject.InjectRequest;
import io.callscope.capture.inject.Injector;
import io.callscope.capture.inject.TrackerClock;
import io.callscope.capture.inject.UploadTimes;
import io.callscope.capture.inject.Uploads;
import io.callscope.capture.tcp.TcpTimeouts;
import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterTable;
import io.callscope.feed.DumpFeed;
import io.callscope.feed.FeedCounters;
import io.callscope.feed.Overflow;
import io.callscope.feed.SipFeed;
import io.callscope.feed.SourceTime;
import io.callscope.files.PrivateDirectory;
import io.callscope.query.Fields;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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

  private static final int BAD_REQUEST = 400;
  private static final int UNAVAILABLE = 503;
  private static final int NO_ROOM = 507;

  /** Requests that may wait for the worker. */
  private static final int MOST_WAITING = 64;

  /** Captures with counters of their own; those of older ones are added up. */
  private static final int MOST_READERS = 64;

  private final String instance;
  private final int partitions;
  private final DumpPlan dumpPlan;
  private final CaptureControls controls;
  private final Reader reader;
  private final InjectCounters counters = new InjectCounters();
  private final FeedCounters feedCounters = new FeedCounters();
  private final Uploads uploads = new Uploads(PrivateDirectory.temporary());
  private final Deque<Running> readers = new ArrayDeque<>();
  private final CounterTable older = new CounterTable();
  private final List<MessageConsumer<JsonObject>> consumers = new ArrayList<>();
  private WorkerExecutor worker;
  private Outlet outlet;
  private SipFeed feed;
  private Injector injector;
  private CounterPublisher publisher;
  private int waiting;
  private int captures;
  private int opening;
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

  /** A capture that is, or was, read. */
  private record Running(String deployment, CaptureVerticle reader) {}

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
    worker.executeBlocking(
        () -> {
          uploads.removeAbandoned();
          return null;
        });
    outlet = new Outlet(vertx, context, partitions, SipFeed.LIVE_CREDITS, dumpPlan);
    SourceTime time = new SourceTime();
    DumpFeed dumpFeed = DumpFeed.to(outlet.dump(), instance, Overflow.DROP);
    feed =
        new SipFeed(
            instance,
            partitions,
            time,
            outlet.partitions(),
            outlet.pool(),
            feedCounters,
            Overflow.DROP,
            dumpFeed);
    injector = new Injector(counters, time, feed);
    publisher =
        new CounterPublisher(
            vertx, CaptureVerticle.SERVICE, instance, () -> groups(dumpFeed.counters().group()));
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

  private List<CounterGroup> groups(CounterGroup ofDump) {
    List<CounterGroup> groups = new ArrayList<>();
    groups.addAll(List.of(counters.group(), feedCounters.group()));
    if (dumpPlan.workers() > 0) {
      groups.add(ofDump);
    }
    groups.addAll(outlet.counterGroups());
    groups.addAll(older.asGroups());
    return groups;
  }

  private void accept(Message<JsonObject> message) {
    if (waiting >= MOST_WAITING) {
      Replies.refuse(message, UNAVAILABLE, "too many are injecting at a time");
      return;
    }
    waiting++;
    // Whatever it throws fails the request alone.
    Future.succeededFuture()
        .compose(now -> answer(message))
        .onComplete(done -> waiting--)
        .onSuccess(answer -> Replies.give(message, answer))
        .onFailure(
            cause -> {
              if (cause instanceof ReplyException refusal) {
                Replies.refuse(message, refusal.failureCode(), refusal.getMessage());
                return;
              }
              if (stopping) {
                Replies.refuse(message, UNAVAILABLE, "injecting ends");
                return;
              }
              if (cause instanceof Uploads.NotKeptException) {
                LOG.warn("{}", cause.getMessage());
                Replies.refuse(message, NO_ROOM, cause.getMessage());
                return;
              }
              if (!(cause instanceof IllegalArgumentException)) {
                LOG.warn("injecting failed", cause);
              }
              Replies.refuse(message, BAD_REQUEST, String.valueOf(cause.getMessage()));
            });
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
            throw unavailable("too many are injecting at a time");
          }
          InjectRequest request = InjectRequest.read(fields);
          List<Map<String, Object>> results = injector.inject(request, captureNanos, wallNanos());
          feed.flush();
          boolean taken = outlet.awaitPartitions(AWAIT_NANOS);
          JsonArray list = new JsonArray();
          results.forEach(result -> list.add(new JsonObject(result)));
          return new JsonObject()
              .put("results", list)
              .put("time", EventTime.text(captureNanos))
              .put("taken", taken);
        });
  }

  private static ReplyException unavailable(String why) {
    return new ReplyException(ReplyFailure.RECIPIENT_FAILURE, UNAVAILABLE, why);
  }

  private JsonObject begin(String file) throws IOException {
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
    return work(() -> firstNanos(received))
        .compose(first -> clock().map(clock -> UploadTimes.of(wish, first, clock, wallNanos())));
  }

  private static long firstNanos(Uploads.Received received) {
    try {
      return FirstPacket.nanos(received.file(), wallNanos());
    } catch (IOException e) {
      String path = received.file().toString();
      throw new IllegalArgumentException(
          String.valueOf(e.getMessage()).replace(path, received.name()), e);
    }
  }

  /** Reads it as any capture file; the file goes as soon as it is open. */
  private Future<JsonObject> read(Uploads.Received received, UploadTimes times) {
    if (!makeRoom()) {
      return Future.failedFuture(unavailable("too many captures are being read"));
    }
    String source = SourceNames.ofUpload(instance, captures++, received.name(), times.paced());
    FileInput input =
        FileInput.uploaded(
            received.file().toString(),
            times.paced() ? ReplayOptions.AS_CAPTURED : ReplayOptions.OFF,
            new FileInput.Upload(received.name(), times.shiftNanos()));
    CaptureVerticle capture = reader.of(source, input, controls.timeouts());
    opening++;
    return vertx
        .deployVerticle(capture)
        .onComplete(done -> opening--)
        .map(
            id -> {
              readers.add(new Running(id, capture));
              vertx.setTimer(TimeUnit.SECONDS.toMillis(10), opened -> delete(received));
              return new JsonObject()
                  .put("source", source)
                  .put("shiftMillis", TimeUnit.NANOSECONDS.toMillis(times.shiftNanos()))
                  .put("paced", times.paced());
            });
  }

  /** Lets the oldest capture go that has been read, if there are many. False if all are read. */
  private boolean makeRoom() {
    if (readers.size() + opening < MOST_READERS) {
      return true;
    }
    for (Running old : readers) {
      if (old.reader().hasEnded()) {
        readers.remove(old);
        old.reader().takeCounters().forEach(older::addLater);
        vertx.undeploy(old.deployment());
        return true;
      }
    }
    return false;
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
          feed.end(0);
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
