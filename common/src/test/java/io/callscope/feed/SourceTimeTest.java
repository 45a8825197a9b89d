package io.callscope.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SourceTimeTest {
  private static final long START = 1_700_000_000_000_000_000L;
  private static final long DAY = Duration.ofDays(1).toNanos();
  private final SourceTime time = new SourceTime();

  @Test
  void neverGoesBack() {
    assertThat(time.advance(START)).isEqualTo(START);
    assertThat(time.wentBack()).isFalse();
    assertThat(time.advance(START - 5)).isEqualTo(START);
    assertThat(time.wentBack()).isTrue();
    assertThat(time.advance(START)).isEqualTo(START);
    assertThat(time.wentBack()).isFalse();
    assertThat(time.advance(START + 1)).isEqualTo(START + 1);
    assertThat(time.nanos()).isEqualTo(START + 1);
  }

  @Test
  void timesBefore2000OrOverADayAheadAreAbsurd() {
    long year2000 = 946_684_800_000_000_000L;
    assertThat(SourceTime.isSane(year2000, START)).isTrue();
    assertThat(SourceTime.isSane(year2000 - 1, START)).isFalse();
    assertThat(SourceTime.isSane(0, START)).isFalse();
    assertThat(SourceTime.isSane(-1, START)).isFalse();
    assertThat(SourceTime.isSane(START + DAY, START)).isTrue();
    assertThat(SourceTime.isSane(START + DAY + 1, START)).isFalse();
    assertThat(SourceTime.isSane(Long.MAX_VALUE, START)).isFalse();
  }

  @Test
  void withoutAnySaneTimeItIsTheTimeOfArrival() {
    assertThat(time.withoutTime(START)).isEqualTo(START);
    assertThat(time.withoutTime(START + 7)).isEqualTo(START + 7);
    assertThat(time.withoutTime(START + 6)).isEqualTo(START + 7);
  }

  @Test
  void oneAbsurdTimeDoesNotMoveAnOldCaptureToThePresent() {
    time.advance(START);
    assertThat(time.withoutTime(START + DAY)).isEqualTo(START);
    assertThat(time.advance(START + 1)).isEqualTo(START + 1);
  }
}
