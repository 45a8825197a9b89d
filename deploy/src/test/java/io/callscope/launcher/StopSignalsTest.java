package io.callscope.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopSignalsTest {

  @Test
  void theFirstStopsTheSecondIsNotedTheThirdEnds() {
    List<String> done = new ArrayList<>();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StopSignals signals =
        new StopSignals(
            () -> done.add("stop"),
            code -> done.add("halt " + code),
            new PrintStream(err, true, UTF_8));
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
}
