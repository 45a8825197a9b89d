package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {
  private static final int ITEMS = 64;

  private static List<String> processes(int count) {
    return IntStream.range(0, count).mapToObj(i -> "host" + i + "-abcdef").toList();
  }

  private static List<String> shares(List<String> processes) {
    return Shares.of("tracker", ITEMS, processes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 16, 64, 100})
  void nobodyHasMoreThanAFairShareRoundedUp(int count) {
    List<String> processes = processes(count);
    List<String> shares = shares(processes);
    assertThat(shares).hasSize(ITEMS).isSubsetOf(processes);
    for (String process : processes) {
      assertThat(Collections.frequency(shares, process))
          .isLessThanOrEqualTo((ITEMS + count - 1) / count);
    }
  }

  @Test
  void theOrderInWhichProcessesAreKnownDoesNotMatter() {
    List<String> processes = new ArrayList<>(processes(5));
    List<String> shares = shares(processes);
    Collections.reverse(processes);
    assertThat(shares(processes)).isEqualTo(shares);
  }

  @Test
  void fewItemsMoveThatNeedNotWhenAProcessComesOrGoes() {
    for (int count = 2; count < 12; count++) {
      List<String> before = shares(processes(count));
      List<String> after = shares(processes(count + 1));
      long moved =
          IntStream.range(0, ITEMS).filter(i -> !before.get(i).equals(after.get(i))).count();
      assertThat(moved).as("of %d with %d processes", ITEMS, count).isLessThan(ITEMS * 2 / count);
    }
  }

  @Test
  void withoutProcessesThereAreNoShares() {
    assertThat(shares(List.of())).isEmpty();
  }
}
