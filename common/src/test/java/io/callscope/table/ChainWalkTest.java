package io.callscope.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainWalkTest {
  private final ChainedTableTest.Table table = new ChainedTableTest.Table();
  private final List<ChainedTableTest.Entry> all = new ArrayList<>();

  private void add(int hash) {
    ChainedTableTest.Entry entry = new ChainedTableTest.Entry(hash);
    all.add(entry);
    table.add(entry);
  }

  /** Entries come and go, more of the one or of the other, and the table grows meanwhile. */
  @ParameterizedTest
  @CsvSource({
    "1, 300, 70",
    "2, 20000, 60",
    "3, 20000, 40",
    "4, 2147483647, 60",
    "5, 2147483647, 30"
  })
  void meetsWhatStaysOnceThoughEachStepBeginsAnew(int seed, int hashes, int percentAdded) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 3000; i++) {
      add(random.nextInt(hashes) * 3);
    }
    Set<ChainedTableTest.Entry> staying = new LinkedHashSet<>(all);
    List<ChainedTableTest.Entry> met = new ArrayList<>();
    long place = 0;
    int steps = 0;
    boolean more = true;
    while (more) {
      ChainWalk<ChainedTableTest.Entry> walk = new ChainWalk<>(table, place);
      more = walk.step(met::add);
      place = walk.place();
      steps++;
      for (int i = 0; i < 3; i++) {
        if (random.nextInt(100) < percentAdded) {
          add(random.nextInt(hashes) * 3);
        } else if (!all.isEmpty()) {
          ChainedTableTest.Entry gone = all.remove(random.nextInt(all.size()));
          table.remove(gone);
          staying.remove(gone);
        }
      }
    }

    assertThat(met).doesNotHaveDuplicates();
    assertThat(new HashSet<>(met)).containsAll(staying);
    assertThat(steps).isLessThanOrEqualTo(table.bucketCount() + 1);
  }

  @Test
  void goesOnInATableOfOtherSize() {
    for (int i = 0; i < 5000; i++) {
      add(i * 0x9e3779b9);
    }
    ChainedTableTest.Table smaller = new ChainedTableTest.Table();
    Set<ChainedTableTest.Entry> first = new HashSet<>();
    ChainWalk<ChainedTableTest.Entry> walk = new ChainWalk<>(table, 0);
    while (first.size() < 1777) {
      walk.step(first::add);
    }

    List<ChainedTableTest.Entry> rest = new ArrayList<>();
    all.subList(0, 1000).forEach(smaller::add);
    ChainWalk<ChainedTableTest.Entry> other = new ChainWalk<>(smaller, walk.place());
    while (other.step(rest::add)) {}

    first.retainAll(all.subList(0, 1000));
    assertThat(rest).doesNotContainAnyElementsOf(first);
    assertThat(rest.size() + first.size()).isEqualTo(1000);
  }
}
