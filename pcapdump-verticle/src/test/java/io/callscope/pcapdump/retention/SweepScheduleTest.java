package io.callscope.pcapdump.retention;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepScheduleTest {
  @ParameterizedTest
  @CsvSource({"1000, 0", "0, 3600000", "1000, 3600000"})
  void sweepThatFailedIsMadeAgainAfterAMinute(long maxBytes, long maxAgeMillis) {
    SweepSchedule schedule = new SweepSchedule(maxBytes, maxAgeMillis);
    assertThat(schedule.isDue(5000, 0)).as("the first one").isTrue();
    schedule.failed(5000);
    assertThat(schedule.isDue(6000, 0)).isFalse();
    assertThat(schedule.isDue(64_999, 2000)).isFalse();
    assertThat(schedule.isDue(65_000, 0)).isTrue();
    schedule.swept(65_000, 10, 2000, 500);
    assertThat(schedule.isDue(66_000, 2100)).as("once it is known what there is").isFalse();
  }
}
