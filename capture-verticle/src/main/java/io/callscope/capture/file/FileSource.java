package io.callscope.capture.file;

import io.callscope.bus.BatchPool;
import io.callscope.bus.BatchSink;
import io.callscope.bus.SourceStatus;
import io.callscope.bus.SourceStatus.State;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.config.FileInput;
import io.callscope.capture.decode.PacketFilter;
import io.callscope.capture.packet.Packet;
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
import io.callscope.pcap.CaptureFileException;
import io.callscope.pcap.PacketReader;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the capture files of a configuration from first to last and feeds the partitions. */
public final class FileSource implements PacketSource {
  private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);

  /** How often a source looks at the clock and whether it is to stop, in packets. */
  private static final int LOOK_UP = 64;

  /** A wait that is long enough to send first what there is. */
  private static final long LONG_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final long STATUS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final FileInput input;

  /** Null where all packets pass. */
  private final PacketFilter filter;

  private final SourceClock clock;
  private final Map<String, FileCounters> fileCounters;
  private final PacketFeed packets;
  private final SourceTime time;
  private final SipFeed feed;
  private final Pipeline pipeline;
  private final Packet packet;
  private final Set<String> errors = new LinkedHashSet<>();
  private final FileProgress progress;

  /** Null where the file that is read is none that a read may wait for. */
  private PipeTraffic pipe;

  private final WaitingReads waitingReads;
  private int sinceLookUp;
  private long statusNanos;
  private volatile SourceStatus status;

  /**
   * @param filter null to let all packets pass
   * @param dump takes the messages for the pcap writers
   */
  public FileSource(
      CaptureConfig config,
      FileInput input,
      PacketFilter filter,
      BatchSink sink,
      BatchPool pool,
      SourceClock clock,
      DumpFeed dump) {
    this.input = input;
    this.filter = filter;
    this.clock = clock;
    fileCounters =
        input.upload() == null ? FileCounters.of(input.files()) : FileCounters.ofUpload(input);
    packets = new PacketFeed(config, filter, sink, pool, dump, Overflow.WAIT);
    time = packets.time();
    feed = packets.feed();
    pipeline = packets.pipeline();
    packet = pipeline.packet();
    waitingReads = new WaitingReads(config.source());
    progress = new FileProgress(config.source(), input, packets);
    progress.start(clock.monotonicNanos());
    status = status(State.RUNNING, 0);
  }

  /** An interrupt ends a read from a pipe too, and the wait for somebody to write to one. */
  @Override
  public void wake() {}

  @Override
  public void beat() {}

  @Override
  public long beatMillis() {
    return 0;
  }

  @Override
  public void run(long stopNanos) {
    progress.start(clock.monotonicNanos());
    try {
      for (int pass = 0; pass < input.loops(); pass++) {
        for (String file : input.files()) {
          read(file);
        }
      }
      pipeline.end();
      feed.end(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      abandon(stopNanos);
    } finally {
      waitingReads.end();
    }
  }

  @Override
  public void abandon(long timeoutNanos) {
    pipeline.stop();
    packets.end(timeoutNanos);
  }

  private void read(String file) throws InterruptedException {
    progress.begin(input.nameOf(file));
    try (PacketReader reader = open(file)) {
      try {
        long before = packets.packets();
        long unsupportedBefore = packets.unsupported();
        read(file, reader);
        long ofFile = packets.packets() - before;
        if (ofFile > 0 && packets.unsupported() - unsupportedBefore == ofFile) {
          String nothing = ": nothing of its " + ofFile + " packets was read: link type ";
          fail(input.nameOf(file) + nothing + reader.linkType() + " is not supported");
        }
      } catch (CaptureFileException e) {
        long unread = unread(file, reader);
        fileCounters.get(file).broken(e.isCutOff(), unread);
        fail(
            e.getMessage().replace(file, input.nameOf(file))
                + (unread > 0 ? "; the last " + unread + " bytes were not read" : ""));
      } finally {
        progress.readBytes(reader.readBytes());
      }
    } catch (ClosedByInterruptException e) {
      Thread.interrupted(); // from now on the exception carries it
      throw new InterruptedException();
    } catch (CaptureFileException e) {
      fileCounters.get(file).failed();
      fail(e.getMessage().replace(file, input.nameOf(file)));
    } catch (IOException e) {
      fileCounters.get(file).failed();
      fail(input.nameOf(file) + ": " + e.getMessage());
    } finally {
      progress.end();
    }
  }

  private PacketReader open(String file) throws IOException, InterruptedException {
    if (!SourceFiles.isPipe(file)) {
      return PacketReader.open(file);
    }
    feed.flush(); // nobody may write to it for long
    return waitingReads.open(file, () -> tick(clock.monotonicNanos(), 0));
  }

  /** Bytes behind the last packet; of a pipe only those that were taken from it. */
  private static long unread(String file, PacketReader reader) {
    return Math.max(0, SourceFiles.size(file) - reader.readBytes()) + reader.unusedBytes();
  }

  @Override
  public void timeouts(TcpTimeouts timeouts) {
    pipeline.timeouts(timeouts);
  }

  @Override
  public void fail(String error) {
    LOG.error("{}", error);
    errors.add(error);
  }

  private void read(String file, PacketReader reader) throws IOException, InterruptedException {
    FileCounters ofFile = fileCounters.get(file);
    ReplaySchedule schedule = input.replay().on() ? new ReplaySchedule(input.replay()) : null;
    lookUp(reader);
    pipe = SourceFiles.isPipe(file) ? new PipeTraffic(packet.envelope.arrivalNanos) : null;
    while (advance(reader)) {
      if (++sinceLookUp >= LOOK_UP || schedule != null) {
        lookUp(reader);
      }
      if (filter != null && !filter.fits(reader.linkType())) {
        fail(input.nameOf(file) + ": -bpf cannot filter packets of link type " + reader.linkType());
        return;
      }
      boolean sane = SourceTime.isSane(reader.captureNanos(), packet.envelope.arrivalNanos);
      long captured = reader.captureNanos() + input.shiftNanos();
      if (sane && schedule != null) {
        // Before the source's clock moves on, or timers would run out before the wait.
        await(schedule, captured, ofFile);
      }
      place(reader);
      ofFile.packet(reader.originalLength());
      if (sane) {
        if (progress.isAtBegin() && captured < time.nanos()) {
          pipeline.breakOff(); // another recording, not the next part of the last one
        }
        progress.packet(captured);
        if (pipe != null) {
          pipe.packet(captured);
        }
      } else {
        ofFile.badTime();
        if (time.nanos() == 0 && pipe == null) {
          begin(FirstTime.of(file, packet.envelope.arrivalNanos));
        }
      }
      pipeline.handle(sane ? captured : Pipeline.NO_TIME, reader.originalLength());
    }
  }

  private void begin(long firstTimeNanos) {
    if (firstTimeNanos != 0) {
      time.advance(firstTimeNanos + input.shiftNanos());
    }
  }

  private boolean advance(PacketReader reader) throws IOException, InterruptedException {
    if (pipe == null || !reader.nextNeedsRead()) {
      return reader.next();
    }
    feed.flush(); // a pipe may be silent for long
    boolean goesOn = pipe.waits(clock.monotonicNanos()) && !input.replay().on();
    long readBytes = reader.readBytes();
    boolean more = goesOn ? waitingReads.next(reader, () -> silence(readBytes)) : reader.next();
    lookUp(reader);
    pipe.read(packet.envelope.arrivalNanos);
    return more;
  }

  /** Live traffic is silent: time goes on all the same. */
  private void silence(long readBytes) throws InterruptedException {
    long now = clock.monotonicNanos();
    packet.envelope.arrivalNanos = clock.wallNanos();
    long silentNanos = pipe.timeNanos(now);
    if (silentNanos > time.nanos()) {
      pipeline.idle(silentNanos, packet.envelope.arrivalNanos);
    }
    tick(now, readBytes);
  }

  private void lookUp(PacketReader reader) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    sinceLookUp = 0;
    packet.envelope.arrivalNanos = clock.wallNanos();
    tick(clock.monotonicNanos(), reader.readBytes());
  }

  private void tick(long now, long readBytes) throws InterruptedException {
    feed.tick(now);
    if (now - statusNanos >= STATUS_NANOS) {
      statusNanos = now;
      status = status(State.RUNNING, readBytes);
    }
  }

  private void await(ReplaySchedule schedule, long captured, FileCounters ofFile)
      throws InterruptedException {
    long now = clock.monotonicNanos();
    long due = schedule.due(captured, now);
    if (due <= now) {
      ofFile.late(now - due);
      return;
    }
    if (due - now >= LONG_WAIT_NANOS) {
      feed.flush();
    }
    clock.sleepUntil(due);
    packet.envelope.arrivalNanos = clock.wallNanos();
  }

  private void place(PacketReader reader) {
    packet.bytes = reader.buffer();
    packet.at = reader.offset();
    packet.end = reader.offset() + reader.capturedLength();
    packet.cut = reader.capturedLength() < reader.originalLength();
    packet.linkType = reader.linkType();
  }

  private SourceStatus status(State state, long fileBytes) {
    return progress.status(state, String.join("; ", errors), fileBytes, clock.monotonicNanos());
  }

  @Override
  public SourceStatus status() {
    return status;
  }

  @Override
  public SourceStatus end() {
    status = status(errors.isEmpty() ? State.ENDED : State.FAILED, 0);
    return status;
  }

  @Override
  public List<CounterGroup> counterGroups() {
    return packets.counterGroups(fileCounters.values().stream().map(FileCounters::group).toList());
  }

  @Override
  public List<Balance> balances() {
    return packets.balances();
  }
}
