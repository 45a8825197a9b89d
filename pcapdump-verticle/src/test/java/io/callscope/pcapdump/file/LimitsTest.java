package io.callscope.pcapdump.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  /** However many there are. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64, 1024})
  void writersShareWhatTheyMayHoldTogether(int writers) {
    Limits limits = Limits.share(writers, 1000, 4096, 1 << 26);
    assertThat(limits.openFiles() * writers).isBetween(3000, 4096);
    assertThat(limits.gatheredBytes() * writers).isBetween(1L << 25, 1L << 26);
    assertThat(limits.calls() * writers).isBetween(100_000, 131_072);
    assertThat(limits.connections() * writers).isBetween(200_000, 262_144);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1024})
  void everyWriterMayHoldSomething(int writers) {
    assertThat(Limits.share(writers, 0, 1, 1))
        .matches(limits -> limits.openFiles() == 1 && limits.gatheredBytes() == 1);
  }
}
