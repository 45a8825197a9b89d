package io.callscope.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopSignalsTest {
  private static final long LONG_MILLIS = 3_600_000;

  private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private StopSignals signals(long limitMillis, PrintStream err) {
    return new StopSignals(
        limitMillis, () -> done.add("stop"), code -> done.add("halt " + code), err);
  }

  @Test
  void theFirstStopsTheSecondIsNotedTheThirdEnds() {
    StopSignals signals = signals(LONG_MILLIS, new PrintStream(err, true, UTF_8));
    signals.onSignal();
    signals.onSignal();
    assertThat(done).containsExactly("stop");
    signals.onSignal();
    assertThat(done).containsExactly("stop", "halt 1");
    assertThat(err.toString(UTF_8).lines())
        .containsExactly(
            "callscope: stopping",
            "callscope: still stopping (signal 2 of 3)",
            "callscope: ending at once (signal 3 of 3)");
  }

  @Test
  void aStopThatHangsEndsAtItsLimit() throws Exception {
    signals(1, new PrintStream(err, true, UTF_8)).onSignal();
    assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo("stop");
    assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo("halt 1");
    assertThat(err.toString(UTF_8)).contains("callscope: not stopped in time; ending at once");
  }

  /** As a pipe does that is full and that nobody reads. */
  @Test
  void anErrorOutputThatBlocksHoldsNothing() throws Exception {
    OutputStream blocks =
        new OutputStream() {
          @Override
          public void write(int octet) {
            synchronized (this) {
              while (true) {
                try {
                  wait();
                } catch (InterruptedException e) {
                  return;
                }
              }
            }
          }
        };
    Thread signal = new Thread(signals(1, new PrintStream(blocks, true, UTF_8))::onSignal);
    signal.setDaemon(true);
    signal.start();
    assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo("stop");
    assertThat(done.poll(20, TimeUnit.SECONDS)).isEqualTo("halt 1");
    signal.interrupt();
  }
}
