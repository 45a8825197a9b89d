package io.callscope.capture.live;

import io.callscope.bus.BatchPool;
import io.callscope.bus.BatchSink;
import io.callscope.bus.SourceStatus;
import io.callscope.bus.SourceStatus.State;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.config.InterfaceInput;
import io.callscope.capture.config.SourceException;
import io.callscope.capture.decode.PacketFilter;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.source.Pacemeter;
import io.callscope.capture.source.PacketFeed;
import io.callscope.capture.source.PacketSource;
import io.callscope.capture.source.Pipeline;
import io.callscope.capture.source.SourceClock;
import io.callscope.capture.tcp.TcpTimeouts;
import io.callscope.counters.Balance;
import io.callscope.counters.CounterGroup;
import io.callscope.feed.DumpFeed;
import io.callscope.feed.Overflow;
import io.callscope.feed.SipFeed;
import io.callscope.feed.SourceTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures from one interface and feeds the partitions, until it is stopped: an interface that is
 * down or gone is waited for. It never waits for a partition. Where no packet comes, its clock goes
 * on by the time of day.
 */
public final class LiveSource implements PacketSource {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSource.class);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How often it asks the kernel for drops: so late, at most, is a loss noticed. */
  private static final long STATISTICS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How often it looks at the clock, in packets. */
  private static final int LOOK_UP = 64;

  private static final long MIN_BEAT = 10;

  /** Longest time spent on what the kernel still has when it is stopped. */
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What a packet may take from the wire to us, beside the time a read may block. */
  private static final long DELIVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final CaptureConfig config;
  private final InterfaceInput input;
  private final SourceClock clock;
  private final InterfaceCounters interfaceCounters;
  private final WatchedTap tap;
  private final PacketFeed packets;
  private final SourceTime time;
  private final SipFeed feed;
  private final Pipeline pipeline;
  private final Packet packet;
  private final long deliveryNanos;

  private volatile SourceStatus status;

  private String failure = "";
  private long startNanos;
  private long secondNanos;
  private long statisticsNanos;
  private long firstNanos;
  private final Pacemeter pacemeter = new Pacemeter();
  private int sinceLookUp;

  public LiveSource(
      CaptureConfig config,
      InterfaceInput input,
      PacketFilter filter,
      Taps taps,
      BatchSink sink,
      BatchPool pool,
      SourceClock clock,
      DumpFeed dump) {
    this.config = config;
    this.input = input;
    this.clock = clock;
    interfaceCounters = new InterfaceCounters(input.name());
    packets = new PacketFeed(config, filter, sink, pool, dump, Overflow.DROP);
    time = packets.time();
    feed = packets.feed();
    pipeline = packets.pipeline();
    packet = pipeline.packet();
    tap =
        new WatchedTap(
            input,
            taps,
            clock,
            interfaceCounters,
            () -> status = status(State.RUNNING),
            () -> feed.loss(time.nanos()));
    deliveryNanos = TimeUnit.MILLISECONDS.toNanos(input.readTimeoutMillis()) + DELIVERY_NANOS;
    startNanos = clock.monotonicNanos();
    status = status(State.RUNNING);
  }

  /**
   * Opens the interface; may block for a moment. Before {@link #run}, on any thread.
   *
   * @throws SourceException if it cannot be read at all
   */
  public void open() throws SourceException {
    tap.open();
  }

  @Override
  public void wake() {
    tap.wake();
  }

  /** Without traffic a read of libpcap has no end: its timeout only counts from a packet on. */
  @Override
  public void beat() {
    tap.beat();
  }

  @Override
  public long beatMillis() {
    return input.readTimeoutMillis() == 0 ? 0 : Math.max(MIN_BEAT, input.readTimeoutMillis() / 2);
  }

  @Override
  public void run(long stopNanos) {
    startNanos = clock.monotonicNanos();
    pacemeter.start(startNanos);
    secondNanos = startNanos;
    statisticsNanos = startNanos;
    lookUp();
    while (!Thread.interrupted()) {
      if (!tap.isOpen()) {
        tap.reopen(this::idle);
      } else if (tap.read(this::take) == 0) {
        idle();
      }
      lookUp();
    }
    drain();
    stop(stopNanos);
    tap.close();
  }

  private void take(byte[] bytes, int from, int captured, int original, long captureNanos) {
    if (++sinceLookUp >= LOOK_UP) {
      lookUp();
    }
    packet.bytes = bytes;
    packet.at = from;
    packet.end = from + captured;
    packet.cut = captured < original;
    packet.linkType = tap.linkType();
    interfaceCounters.packet(original);
    boolean sane = SourceTime.isSane(captureNanos, packet.envelope.arrivalNanos);
    if (sane) {
      firstNanos = firstNanos == 0 ? captureNanos : firstNanos;
    } else {
      interfaceCounters.increment(interfaceCounters.badTimes);
    }
    try {
      pipeline.handle(sane ? captureNanos : Pipeline.NO_TIME, original);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // run() ends after this read
    }
  }

  /** Packets that were captured before may still be on their way. */
  private void idle() {
    try {
      long wall = clock.wallNanos();
      pipeline.idle(wall - deliveryNanos, wall);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookUp() {
    sinceLookUp = 0;
    long wall = clock.wallNanos();
    long now = clock.monotonicNanos();
    packet.envelope.arrivalNanos = wall;
    long setBack = time.look(wall, now);
    if (setBack > 0) {
      interfaceCounters.increment(interfaceCounters.clockSetBack);
      LOG.warn("the clock was set back by {} ms; times go on", setBack / 1_000_000);
    }
    try {
      feed.tick(now);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (now - statisticsNanos >= STATISTICS_NANOS) {
      statisticsNanos = now;
      tap.readStatistics();
    }
    if (now - secondNanos >= SECOND_NANOS) {
      secondNanos = now;
      tap.watch();
      status = status(State.RUNNING);
    }
  }

  /** What was on the wire before the stop. */
  private void drain() {
    tap.patience(deliveryNanos);
    long until = clock.monotonicNanos() + DRAIN_NANOS;
    boolean more = input.readTimeoutMillis() > 0;
    while (more && tap.isOpen() && clock.monotonicNanos() < until) {
      more = tap.read(this::take) > 0;
    }
  }

  private void stop(long timeoutNanos) {
    try {
      pipeline.end();
    } catch (InterruptedException e) {
      feed.drop();
      Thread.currentThread().interrupt();
      return;
    }
    packets.end(timeoutNanos);
  }

  @Override
  public void abandon(long timeoutNanos) {
    try {
      pipeline.stop();
      packets.end(timeoutNanos);
    } finally {
      tap.close();
    }
  }

  @Override
  public void timeouts(TcpTimeouts timeouts) {
    pipeline.timeouts(timeouts);
  }

  @Override
  public void fail(String error) {
    LOG.error("{}", error);
    failure = error;
  }

  private SourceStatus status(State state) {
    long now = clock.monotonicNanos();
    return new SourceStatus(
        config.source(),
        state,
        failure.isEmpty() && state == State.RUNNING ? tap.trouble() : failure,
        packets.packets(),
        packets.bytes(),
        firstNanos,
        firstNanos == 0 ? 0 : time.nanos(),
        0,
        TimeUnit.NANOSECONDS.toMillis(now - startNanos),
        0,
        0,
        new SourceStatus.Pace("", pacemeter.perSecond(packets.packets(), now), -1));
  }

  @Override
  public SourceStatus status() {
    return status;
  }

  @Override
  public SourceStatus end() {
    status = status(failure.isEmpty() ? State.ENDED : State.FAILED);
    return status;
  }

  @Override
  public List<CounterGroup> counterGroups() {
    return packets.counterGroups(List.of(interfaceCounters.group()));
  }

  @Override
  public List<Balance> balances() {
    return packets.balances();
  }
}
