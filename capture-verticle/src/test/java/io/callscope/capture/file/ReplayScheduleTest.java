package io.callscope.capture.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.capture.config.ReplayOptions;
import io.callscope.capture.packet.CaptureFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayScheduleTest {
  private static final long MILLI = 1_000_000;

  /** Due times in ms after the first packet. */
  private static List<Long> due(ReplayOptions options, long... capturedMillis) {
    ReplaySchedule schedule = new ReplaySchedule(options);
    long now = 5_000 * MILLI;
    List<Long> due = new ArrayList<>();
    for (long captured : capturedMillis) {
      due.add((schedule.due(CaptureFile.START + captured * MILLI, now) - 5_000 * MILLI) / MILLI);
      now += 777 * MILLI; // of no effect
    }
    return due;
  }

  @Test
  void scalesThenRaisesThenCuts() {
    assertThat(due(new ReplayOptions(true, 0.5, 100 * MILLI, 1000 * MILLI), 0, 400, 500, 9500))
        .containsExactly(0L, 200L, 300L, 1300L);
  }

  @Test
  void keepsTheRecordedGapsByDefault() {
    assertThat(due(new ReplayOptions(true, 0, 0, 0), 0, 400, 500, 9500))
        .containsExactly(0L, 400L, 500L, 9500L);
    assertThat(due(new ReplayOptions(true, -1, 0, 0), 0, 400)).containsExactly(0L, 400L);
  }

  @Test
  void aPacketThatGoesBackInTimeIsDueAfterTheSmallestGap() {
    assertThat(due(new ReplayOptions(true, 0, 0, 0), 0, 400, 100, 200))
        .containsExactly(0L, 400L, 400L, 500L);
    assertThat(due(new ReplayOptions(true, 0, 20 * MILLI, 0), 0, 400, 100))
        .containsExactly(0L, 400L, 420L);
  }

  @Test
  void theLargestGapWinsOverTheSmallest() {
    assertThat(due(new ReplayOptions(true, 0, 50 * MILLI, 10 * MILLI), 0, 400))
        .containsExactly(0L, 10L);
  }

  @Test
  void aGapOfYearsDoesNotOverflow() {
    assertThat(due(new ReplayOptions(true, 1e300, 0, 0), 0, 1, 2))
        .containsExactly(0L, 86_400_000L, 172_800_000L);
  }

  @Test
  void refusesNegativeGapsAndNoNumbers() {
    assertThatThrownBy(() -> new ReplayOptions(true, 0, -1, 0))
        .hasMessage("replay_min_delay must not be negative");
    assertThatThrownBy(() -> new ReplayOptions(true, 0, 0, -1))
        .hasMessage("replay_max_delay must not be negative");
    assertThatThrownBy(() -> new ReplayOptions(true, Double.NaN, 0, 0))
        .hasMessage("replay_scale must be a finite number");
  }
}
