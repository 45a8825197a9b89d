package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopTimeTest {
  private long millis = -7000;
  private final StopTime time = new StopTime(10_000, () -> TimeUnit.MILLISECONDS.toNanos(millis));

  @Test
  void withoutAStopEachStepHasItsLimit() {
    millis += 1_000_000;
    assertThat(time.millis(2000, 10)).isEqualTo(2000);
  }

  @Test
  void aStepIsOverByItsPartOfTheWhole() {
    time.begin();
    assertThat(time.millis(2000, 50)).isEqualTo(2000);
    millis += 4000;
    assertThat(time.millis(2000, 50)).isEqualTo(1000);
    millis += 4000;
    assertThat(time.millis(2000, 50)).isZero();
    assertThat(time.millis(10_000, 90)).as("the next one has its own").isEqualTo(1000);
  }

  @Test
  void aSecondSignalBringsNoMoreTime() {
    time.begin();
    millis += 4000;
    time.begin();
    assertThat(time.millis(10_000, 100)).isEqualTo(6000);
  }
}
