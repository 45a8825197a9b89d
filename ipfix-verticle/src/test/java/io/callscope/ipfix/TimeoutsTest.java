package io.callscope.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeoutsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 30, 60, 30",
    "0, 0, 0, 0, 0",
    "10, 40, 30, 40, 20",
    "120, 300, 30, 120, 60",
    "0, 45, 30, 45, 22",
    "30, 300, 0, 30, 15",
    "1, 1, 30, 2, 1",
    "-1, -1, 30, 0, 30",
    "0, -1, 30, 0, 30",
    "-1, 0, 30, 60, 30",
    "300, 100, 30, 100, 50",
    "70000, 80000, 60000, 65535, 32767",
  })
  void anIntervalIsAgreedOn(int min, int max, int proposed, int timeout, int keepAlive) {
    assertThat(Timeouts.of(min, max).agree(proposed))
        .isEqualTo(new Timeouts.Agreement(timeout, keepAlive));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 60", "10, 40, 60", "120, 300, 300", "-1, -1, 0"})
  void theFirstMessageMustComeInTime(int min, int max, int seconds) {
    assertThat(Timeouts.of(min, max).firstMessageSeconds()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "10, 40, 40", "0, 45, 45", "30, 0, 30", "-1, -1, 0", "300, 100, 300"})
  void beforeAHandshakeTheLongestCounts(int min, int max, int timeout) {
    assertThat(Timeouts.of(min, max).initial().timeoutSeconds()).isEqualTo(timeout);
  }
}
