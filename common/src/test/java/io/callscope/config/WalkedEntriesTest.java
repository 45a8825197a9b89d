package io.callscope.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalkedEntriesTest {
  @ParameterizedTest
  @CsvSource({
    "0s, 1",
    "1ns, 1",
    "200us, 2000",
    "1ms, 10000",
    "9.5ms, 95000",
    "10ms, 100000",
    "1s, 100000",
    "2500000h, 100000"
  })
  void aTimeStandsForEntries(String time, int walked) throws BadValueException {
    assertThat(WalkedEntries.in(DurationText.parse(time))).isEqualTo(walked);
  }

  @ParameterizedTest
  @CsvSource({"100, 10us", "10000, 1ms", "100000, 10ms"})
  void entriesStandForATime(int walked, String time) throws BadValueException {
    assertThat(WalkedEntries.time(walked)).isEqualTo(DurationText.parse(time));
    assertThat(WalkedEntries.in(WalkedEntries.time(walked))).isEqualTo(walked);
  }
}
