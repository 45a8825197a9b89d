package io.callscope.capture.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureConfigTest {
  private static CaptureConfig config(List<String> files, int loops, int partitions, int credits) {
    return new CaptureConfig(
        "capture.0",
        "pcap",
        new FileInput(files, loops, ReplayOptions.OFF),
        "",
        DecodeOptions.DEFAULTS,
        partitions,
        credits);
  }

  @Test
  void noLoopIsOne() {
    assertThat(new FileInput(List.of("a"), 0, ReplayOptions.OFF).loops()).isEqualTo(1);
    assertThat(new FileInput(List.of("a"), 3, ReplayOptions.OFF).loops()).isEqualTo(3);
  }

  @Test
  void refusesWhatCannotWork() {
    assertThatThrownBy(() -> config(List.of(), 1, 1, 8)).hasMessage("pcap names no file");
    assertThatThrownBy(() -> config(List.of("a"), -1, 1, 8))
        .hasMessage("pcap_loop must not be negative");
    assertThatThrownBy(() -> config(List.of("a"), 1, 0, 8))
        .hasMessage("partitions must be 1 to 1024");
    assertThatThrownBy(() -> config(List.of("a"), 1, 1025, 8))
        .hasMessage("partitions must be 1 to 1024");
    assertThatThrownBy(() -> config(List.of("a"), 1, 1, 0)).hasMessage("credits must be 1 to 1024");
  }

  @Test
  void standardInputCanBeReadOnce() {
    assertThat(new FileInput(List.of("a", "-"), 1, ReplayOptions.OFF).files())
        .containsExactly("a", "-");
    assertThatThrownBy(() -> config(List.of("-"), 2, 1, 8)).hasMessageContaining("only once");
    assertThatThrownBy(() -> config(List.of("-", "-"), 1, 1, 8)).hasMessageContaining("only once");
  }
}
