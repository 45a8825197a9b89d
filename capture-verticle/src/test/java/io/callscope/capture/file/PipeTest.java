package io.callscope.capture.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.callscope.bus.BatchPool;
import io.callscope.bus.SipBatch;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.config.FileInput;
import io.callscope.capture.config.ReplayOptions;
import io.callscope.capture.packet.CaptureFile;
import io.callscope.capture.packet.Frames;
import io.callscope.capture.source.OpenSink;
import io.callscope.capture.source.SystemClock;
import io.callscope.feed.DumpFeed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
}
