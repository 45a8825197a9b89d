package io.callscope.capture.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.callscope.bus.BatchPool;
import io.callscope.bus.SipBatch;
import io.callscope.bus.SourceStatus;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.config.FileInput;
import io.callscope.capture.config.ReplayOptions;
import io.callscope.capture.packet.CaptureFile;
import io.callscope.capture.packet.Frames;
import io.callscope.capture.source.OpenSink;
import io.callscope.capture.source.SourceClock;
import io.callscope.capture.source.SystemClock;
import io.callscope.counters.CounterTable;
import io.callscope.feed.DumpFeed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pipe gives no more than its writer has written, and may be silent for long. */
@Timeout(30)
class PipeTest {
  @TempDir Path folder;

  private final BlockingQueue<SipBatch> sent = new LinkedBlockingQueue<>();
  private final OpenSink sink =
      (partition, batch) -> {
        if (batch.size() > 0 || batch.isLast()) {
          sent.add(batch);
        }
      };

  private Path pipe() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    try {
      assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    } catch (IOException e) {
      assumeTrue(false, "no mkfifo here");
    }
    return pipe;
  }

  @Test
  void whatWasReadLeavesBeforeTheReadThatBlocksAndAnInterruptEndsIt() throws Exception {
    Path pipe = pipe();
    FileInput input = new FileInput(List.of(pipe.toString()), 1, ReplayOptions.OFF);
    CaptureConfig config =
        new CaptureConfig("capture.0", "pcap", input, "", DecodeOptions.DEFAULTS, 1, 8);
    FileSource source =
        new FileSource(
            config, input, null, sink, new BatchPool(), new SystemClock(), DumpFeed.none());
    Thread thread = new Thread(() -> source.run(0));
    thread.start();
    try (OutputStream out = Files.newOutputStream(pipe)) {
      byte[] file =
          new CaptureFile()
              .packet(CaptureFile.START, Frames.datagram("\r\n"))
              .packet(CaptureFile.START + 1, Frames.datagram("\r\n"))
              .bytes(new byte[9]) // of the next
              .done();
      out.write(file);
      out.flush();
      int records = 0;
      while (records < 2) {
        SipBatch batch = sent.poll(20, TimeUnit.SECONDS);
        assertThat(batch).as("a batch while the reader blocks").isNotNull();
        assertThat(batch.isLast()).isFalse();
        records += batch.size();
      }
      thread.interrupt();
      thread.join(20_000);
      assertThat(thread.isAlive()).isFalse();
      assertThat(sent.poll(20, TimeUnit.SECONDS).isLast()).isTrue();
      assertThat(source.end().error()).isEmpty();
      assertThat(source.balances()).allMatch(balance -> balance.missing() == 0);
    }
  }

  @Test
  void aPipeThatNobodyWritesToIsLeftAtOnceAndWhoComesTooLateIsToldSo() throws Exception {
    Path pipe = pipe();
    SetClock clock = new SetClock(CaptureFile.START);
    FileInput input = new FileInput(List.of(pipe.toString()), 1, ReplayOptions.OFF);
    CaptureConfig config =
        new CaptureConfig("capture.0", "pcap", input, "", DecodeOptions.DEFAULTS, 1, 8);
    FileSource source =
        new FileSource(config, input, null, sink, new BatchPool(), clock, DumpFeed.none());
    Thread thread = new Thread(() -> source.run(0));
    thread.setDaemon(true);
    thread.start();
    while (!source.status().pace().reading().equals(pipe.toString())) {
      clock.goOnInSilence(1); // the status goes on while it waits
    }
    thread.interrupt();
    thread.join(20_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(take().isLast()).isTrue();
    assertThat(source.end().state()).isEqualTo(SourceStatus.State.ENDED);
    assertThat(source.end().error()).isEmpty();
    assertThat(source.balances()).allMatch(balance -> balance.missing() == 0);
    CounterTable counters = new CounterTable();
    source.counterGroups().forEach(counters::add);
    assertThat(counters.find("pcap.pipe.failed").value()).isZero();
    try (OutputStream late = Files.newOutputStream(pipe)) {
      byte[] piece = new byte[4096];
      assertThatThrownBy(
              () -> {
                while (true) {
                  late.write(piece);
                }
              })
          .hasMessage("Broken pipe");
    }
  }

  @Test
  void whatWasReadBeforeLeavesWhileNobodyWritesToThePipe() throws Exception {
    Path pipe = pipe();
    String before =
        new CaptureFile()
            .packet(CaptureFile.START, Frames.datagram("\r\n"))
            .write(folder.resolve("before.pcap"));
    FileInput input = new FileInput(List.of(before, pipe.toString()), 1, ReplayOptions.OFF);
    CaptureConfig config =
        new CaptureConfig("capture.0", "pcap", input, "", DecodeOptions.DEFAULTS, 1, 8);
    FileSource source =
        new FileSource(
            config, input, null, sink, new BatchPool(), new SystemClock(), DumpFeed.none());
    Thread thread = new Thread(() -> source.run(0));
    thread.setDaemon(true);
    thread.start();
    assertThat(takeRecord().captureNanos(0)).isEqualTo(CaptureFile.START);
    try (OutputStream out = Files.newOutputStream(pipe)) {
      out.write(new CaptureFile().packet(CaptureFile.START + 1, Frames.datagram("\r\n")).done());
      assertThat(takeRecord().captureNanos(0)).isEqualTo(CaptureFile.START + 1);
    }
    thread.join(20_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(source.end().error()).isEmpty();
    assertThat(source.end().packets()).isEqualTo(2);
  }

  /** Goes on when it is told to. */
  private static final class SetClock implements SourceClock {
    private final long startNanos;
    private final AtomicLong gone = new AtomicLong();
    private final Semaphore looks = new Semaphore(0);

    SetClock(long startNanos) {
      this.startNanos = startNanos;
    }

    /** After what was read so far has been handled: when the source waits for more. */
    void goOnInSilence(long seconds) throws InterruptedException {
      looks.drainPermits();
      assertThat(looks.tryAcquire(3, 20, TimeUnit.SECONDS)).as("ticks").isTrue();
      goOn(seconds);
    }

    void goOn(long seconds) {
      gone.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Override
    public long wallNanos() {
      return startNanos + gone.get();
    }

    @Override
    public long monotonicNanos() {
      looks.release();
      return gone.get();
    }

    @Override
    public void sleepUntil(long monotonicNanos) {
      throw new IllegalStateException("nothing is replayed");
    }
  }

  private interface PipeUse {
    void use(OutputStream out, Thread thread) throws Exception;
  }

  private FileSource read(SourceClock clock, PipeUse use) throws Exception {
    Path pipe = pipe();
    FileInput input = new FileInput(List.of(pipe.toString()), 1, ReplayOptions.OFF);
    CaptureConfig config =
        new CaptureConfig("capture.0", "pcap", input, "", DecodeOptions.DEFAULTS, 1, 8);
    OpenSink all = (partition, batch) -> sent.add(batch);
    FileSource source =
        new FileSource(config, input, null, all, new BatchPool(), clock, DumpFeed.none());
    Thread thread = new Thread(() -> source.run(0));
    thread.start();
    try (OutputStream out = Files.newOutputStream(pipe)) {
      use.use(out, thread);
    }
    thread.join(20_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(source.end().error()).isEmpty();
    assertThat(source.balances()).allMatch(balance -> balance.missing() == 0);
    return source;
  }

  private SipBatch take() throws InterruptedException {
    SipBatch batch = sent.poll(20, TimeUnit.SECONDS);
    assertThat(batch).as("a batch").isNotNull();
    return batch;
  }

  private SipBatch takeRecord() throws InterruptedException {
    SipBatch batch = take();
    while (batch.size() == 0) {
      batch = take();
    }
    return batch;
  }

  private static byte[] captured(long nanos) {
    byte[] file = new CaptureFile().packet(nanos, Frames.datagram("\r\n")).done();
    int header = new CaptureFile().done().length;
    return Arrays.copyOfRange(file, header, file.length);
  }

  @Test
  void timeGoesOnWhileLiveTrafficIsSilent() throws Exception {
    long start = CaptureFile.START;
    long second = TimeUnit.SECONDS.toNanos(1);
    SetClock clock = new SetClock(start + second / 4);
    read(
        clock,
        (out, thread) -> {
          out.write(new CaptureFile().done());
          out.write(captured(start));
          assertThat(takeRecord().markNanos()).isEqualTo(start);
          clock.goOnInSilence(3600);
          assertThat(take().markNanos()).as("behind").isEqualTo(start + 3599 * second);
          // This one took half a second longer to come than the one before.
          out.write(captured(start + 3599 * second + second / 2));
          clock.goOn(1);
          SipBatch next = takeRecord();
          assertThat(next.captureNanos(0)).isEqualTo(start + 3599 * second + second / 2);
          thread.interrupt();
          thread.join(20_000);
          assertThat(thread.isAlive()).as("while the pipe is open").isFalse();
        });
  }

  @Test
  void theEndOfLiveTrafficIsSeen() throws Exception {
    SetClock clock = new SetClock(CaptureFile.START);
    read(
        clock,
        (out, thread) -> {
          out.write(new CaptureFile().packet(CaptureFile.START, Frames.datagram("\r\n")).done());
          takeRecord();
          clock.goOnInSilence(60);
          assertThat(take().markNanos()).isGreaterThan(CaptureFile.START);
        });
    assertThat(take().isLast()).isTrue();
  }

  @Test
  void anOldCaptureThatComesSlowlyKeepsItsTime() throws Exception {
    long start = CaptureFile.START;
    long second = TimeUnit.SECONDS.toNanos(1);
    SetClock clock = new SetClock(start + 11 * second);
    read(
        clock,
        (out, thread) -> {
          out.write(new CaptureFile().done());
          for (int i = 0; i < 3; i++) {
            out.write(captured(start + i * second));
            SipBatch batch = takeRecord();
            assertThat(batch.captureNanos(0)).isEqualTo(start + i * second);
            clock.goOn(60);
            assertThat(sent.poll(250, TimeUnit.MILLISECONDS)).as("time stands still").isNull();
          }
        });
    assertThat(take().markNanos()).isEqualTo(start + 2 * second);
  }
}
