package io.callscope.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainedTableTest {
  static final class Entry {
    final int hash;
    Entry next;

    Entry(int hash) {
      this.hash = hash;
    }
  }

  static final class Table extends ChainedTable<Entry> {
    @Override
    protected int hash(Entry entry) {
      return entry.hash;
    }

    @Override
    protected Entry next(Entry entry) {
      return entry.next;
    }

    @Override
    protected void setNext(Entry entry, Entry next) {
      entry.next = next;
    }

    void add(Entry entry) {
      link(entry);
    }

    void remove(Entry entry) {
      unlink(entry);
    }
  }

  private final Table table = new Table();

  private List<Entry> of(int hash) {
    List<Entry> found = new ArrayList<>();
    for (Entry entry = table.chain(hash); entry != null; entry = entry.next) {
      if (entry.hash == hash) {
        found.add(entry);
      }
    }
    return found;
  }

  /** Few distinct hashes, many, and all of one bucket. */
  @ParameterizedTest
  @ValueSource(ints = {1, 50, 5_000, Integer.MAX_VALUE})
  void findsWhatWasAddedNewestFirstHoweverItGrows(int hashes) {
    SplittableRandom random = new SplittableRandom(hashes);
    int count = hashes < 100 ? 3_000 : 30_000;
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (!all.isEmpty() && random.nextInt(10) == 0) {
        table.remove(all.remove(random.nextInt(all.size())));
      }
      Entry entry = new Entry(random.nextInt(hashes) << 1);
      all.add(entry);
      table.add(entry);
    }
    assertThat(table.size()).isEqualTo(all.size());
    assertThat(table.bucketCount()).isBetween(all.size(), Math.max(1024, count));
    for (int i = 0; i < 200; i++) {
      int hash = all.get(random.nextInt(all.size())).hash;
      List<Entry> expected = new ArrayList<>();
      all.forEach(
          entry -> {
            if (entry.hash == hash) {
              expected.add(0, entry);
            }
          });
      assertThat(of(hash)).isEqualTo(expected);
    }
    assertThat(table.chains().longest()).isPositive();
    all.forEach(table::remove);
    assertThat(table.size()).isZero();
    assertThat(table.chains()).isEqualTo(new ChainedTable.Chains(0, 0));
  }
}
