package io.callscope.capture;

import io.callscope.bus.Addresses;
import io.callscope.bus.Answers;
import io.callscope.bus.BatchPool;
import io.callscope.bus.BatchSink;
import io.callscope.bus.CounterPublisher;
import io.callscope.bus.Outlet;
import io.callscope.bus.SourceStatus;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.config.FileInput;
import io.callscope.capture.config.SourceException;
import io.callscope.capture.source.PacketSource;
import io.callscope.capture.tcp.TcpTimeouts;
import io.callscope.counters.CounterGroup;
import io.callscope.feed.DumpFeed;
import io.callscope.feed.Overflow;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service {@code capture}: reads files or an interface on a thread of its own and requests
 * {@link Addresses#sip} of each partition. It tells how far it is on {@link Addresses#SOURCES} and
 * its counters on {@link Addresses#COUNTERS}, also after the end of the files, until it is
 * undeployed.
 */
public final class CaptureVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureVerticle.class);
  static final String SERVICE = "capture";
  private static final long STATUS_PERIOD_MILLIS = 1000;

  /** When stopped, longest wait for credits, and then for acknowledgements. */
  private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A read of a file system that hangs cannot be interrupted. */
  private static final long STOP_LIMIT_SECONDS = 6;

  /** After a failure, longest wait for one partition, or one pcap writer, to learn of the end. */
  private static final long FAILED_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Partitions wait for what somebody has sent, so that waits no longer for a pcap writer. */
  private static final long UPLOAD_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final CaptureConfig config;
  private final Opener opener;
  private final long patienceNanos;
  private final Promise<Void> ended = Promise.promise();
  private CaptureControls controls;
  private PacketSource source;
  private Outlet outlet;
  private Thread thread;
  private CounterPublisher publisher;
  private long timer;
  private long beat = -1;
  private volatile boolean stopping;

  /** Once the source has ended, all that is left of it: its buffers are many megabytes. */
  private volatile List<CounterGroup> last;

  /** Makes the source. A seam for tests. */
  @FunctionalInterface
  interface Opener {
    PacketSource open(CaptureConfig config, BatchSink sink, BatchPool pool, DumpFeed dump)
        throws SourceException;
  }

  public CaptureVerticle(CaptureConfig config) {
    this(config, PacketSources::open, UPLOAD_PATIENCE_NANOS);
  }

  /**
   * @param uploadPatienceNanos longest wait of a capture that somebody has sent for a pcap writer
   */
  CaptureVerticle(CaptureConfig config, Opener opener, long uploadPatienceNanos) {
    this.config = config;
    this.opener = opener;
    boolean uploaded = config.input() instanceof FileInput input && input.upload() != null;
    patienceNanos = uploaded ? uploadPatienceNanos : Long.MAX_VALUE;
  }

  /** Starts to read at once; fails if there is nothing that can be read. */
  @Override
  public Future<?> start() {
    outlet =
        new Outlet(
            vertx, context, config.partitions(), config.creditsPerPartition(), config.dump());
    DumpFeed dumpFeed =
        config.input() instanceof FileInput
            ? DumpFeed.to(outlet.dump(), config.source(), patienceNanos)
            : DumpFeed.to(outlet.dump(), config.source(), Overflow.DROP);
    publisher = new CounterPublisher(vertx, SERVICE, config.instance(), this::counterGroups);
    thread = new Thread(this::read, "callscope-" + config.source());
    thread.setDaemon(true);
    TcpTimeouts timeouts = config.decode().tcp().timeouts();
    var bus = vertx.eventBus();
    return vertx
        .executeBlocking(() -> opener.open(config, outlet.partitions(), outlet.pool(), dumpFeed))
        .compose(
            opened -> {
              source = opened; // here, since listeners of one future have no order
              controls = new CaptureControls(timeouts, opened::timeouts);
              return Future.all(
                  bus.<JsonObject>consumer(Addresses.control(SERVICE), this::change).completion(),
                  publisher.start(),
                  outlet.start());
            })
        .onSuccess(
            ignored -> {
              publish(source.status());
              timer = vertx.setPeriodic(STATUS_PERIOD_MILLIS, id -> publish(source.status()));
              if (source.beatMillis() > 0) {
                beat = vertx.setPeriodic(source.beatMillis(), id -> source.beat());
              }
              thread.start();
            });
  }

  /**
   * Stops reading, sends what was read and waits a little for its acknowledgements; done when the
   * thread has ended.
   */
  @Override
  public Future<?> stop() {
    stopping = true;
    if (last == null) {
      source.wake();
      thread.interrupt();
    }
    return ended
        .future()
        .timeout(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)
        .onFailure(cause -> LOG.warn("{} does not stop; left behind", config.source()))
        .eventually(publisher::stop);
  }

  private long stopNanosPerReceiver() {
    return STOP_NANOS / (config.partitions() + config.dump().workers());
  }

  /** Nothing more is read, and the counters do not change any more. For any thread. */
  boolean hasEnded() {
    return last != null;
  }

  /** The counters of a source that has ended, for who adds them to others: it has none then. */
  List<CounterGroup> takeCounters() {
    List<CounterGroup> groups = last;
    last = List.of();
    return groups;
  }

  private List<CounterGroup> counterGroups() {
    if (last != null) {
      return last;
    }
    List<CounterGroup> groups = new ArrayList<>(source.counterGroups());
    groups.addAll(outlet.counterGroups());
    return groups;
  }

  /** Acknowledged also while a read blocks, and after the end. */
  private void change(Message<JsonObject> message) {
    Answers.acknowledge(vertx, SERVICE, config.instance(), message, controls::apply);
  }

  private void publish(SourceStatus status) {
    vertx.eventBus().publish(Addresses.SOURCES, status.json());
  }

  private void read() {
    try {
      source.run(stopNanosPerReceiver());
    } catch (Throwable e) {
      // The last boundary of this thread: without it a mistake in the program would go unheard.
      LOG.error("reading {} failed", config.source(), e);
      source.fail("internal error: " + e);
      abandon();
    }
    awaitAcknowledged();
    SourceStatus status = source.end();
    context.runOnContext(
        ignored -> {
          vertx.cancelTimer(timer);
          vertx.cancelTimer(beat);
          outlet.close();
          publish(status);
          forget();
          ended.complete();
        });
  }

  private void abandon() {
    try {
      source.abandon(stopping ? stopNanosPerReceiver() : FAILED_NANOS);
    } catch (Throwable e) {
      LOG.error("the end of {} could not be told", config.source(), e);
    }
  }

  private void forget() {
    last = counterGroups();
    controls = new CaptureControls(controls.timeouts(), changed -> {});
    source = null;
    outlet = null;
    thread = null;
  }

  private void awaitAcknowledged() {
    try {
      outlet.awaitAcknowledged(stopping ? STOP_NANOS : Long.MAX_VALUE, patienceNanos);
    } catch (InterruptedException e) {
      // Only stop() interrupts, so this time the wait is short.
      awaitAcknowledged();
    }
  }
}
