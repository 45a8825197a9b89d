package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.ProcessName;
import io.callscope.bus.SourceStatus;
import io.callscope.bus.SourceStatus.State;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InputsTest {
  private static SourceStatus input(String source, String state) {
    return new SourceStatus(
        source, State.valueOf(state.toUpperCase(Locale.ROOT)), "", 1, 1, 1, 1, 1, 1, 1, 1);
  }

  @Test
  void endsWhenAllAwaitedSourcesAreOver() {
    Inputs inputs = new Inputs(ProcessName.ALONE, Set.of("pcap", "other"), input -> {});
    inputs.onStatus(input("pcap", "ended"));
    inputs.onStatus(input("other", "running"));
    assertThat(inputs.ended()).isNotDone();
    inputs.onStatus(input("other", "failed"));
    assertThat(inputs.ended()).isDone();
  }

  @Test
  void withNothingAwaitedOnlyAFailureEnds() {
    Inputs inputs = new Inputs(ProcessName.ALONE, Set.of(), input -> {});
    inputs.onStatus(input("iface:eth0", "running"));
    inputs.onStatus(input("iface:eth1", "ended"));
    assertThat(inputs.ended()).isNotDone();
    inputs.onStatus(input("iface:eth0", "failed"));
    assertThat(inputs.ended()).isDone();
    assertThat(inputs.whole()).hasSize(2);
  }

  @Test
  void waitsNoLongerThanItWasTold() {
    Inputs inputs = new Inputs(ProcessName.ALONE, Set.of("pcap"), input -> {});
    inputs.awaitEnd(1);
    assertThat(inputs.ended()).isDone();
  }
}
