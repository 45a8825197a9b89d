package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A tracker is killed under load, and its calls live on. */
@Tag("slow")
@Timeout(300)
class KilledTrackerTest {
  private static final int CALLS_PER_SECOND = 100;
  private static final int SECONDS = 20;

  @TempDir Path folder;

  @Test
  void itsCallsLiveOnAndWhatIsDifferentIsOfTheLastSecond() throws Exception {
    KilledTracker.Result result = new KilledTracker().run(folder, CALLS_PER_SECOND, SECONDS, true);

    assertThat(result.balance().calls()).isEqualTo(CALLS_PER_SECOND * SECONDS);
    assertThat(result.counters().get("state.restored")).as("%s", result).isPositive();
    assertThat(result.counters().get("state.lost_segments")).isZero();
    assertThat(result.counters().get("state.lost_entries")).isZero();
    assertThat(result.counters().get("state.lost_heads")).isZero();
    assertThat(result.counters().get("partition.failed")).isZero();
    // Calls that had a message in the last second at the tracker that died: half of them are.
    assertThat(result.balance().touched()).as("%s", result).isLessThan(2 * CALLS_PER_SECOND);
  }
}
