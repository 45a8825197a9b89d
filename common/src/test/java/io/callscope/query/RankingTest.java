package io.callscope.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankingTest {
  private static final class Entry {
    long number;
    String text;

    Entry(long number) {
      this.number = number;
      text = "sip:" + number + "é";
    }

    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static final Order<Entry, ?> BY_NUMBER = Order.number(entry -> entry.number);
  private static final Order<Entry, ?> BY_TEXT =
      Order.text(
          new Order.Span<>() {
            @Override
            public byte[] bytes(Entry entry) {
              return entry.bytes();
            }

            @Override
            public int start(Entry entry) {
              return 0;
            }

            @Override
            public int end(Entry entry) {
              return entry.bytes().length;
            }
          });

  private static List<Entry> ranked(Ranking<Entry, ?> ranking, List<Object> keys) {
    List<Entry> ranked = new ArrayList<>();
    int end = ranking.end();
    for (int i = 0; i < end; i++) {
      ranking.give(
          i,
          (entry, key) -> {
            ranked.add(entry);
            keys.add(key);
          });
    }
    return ranked;
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10, true, false",
    "1, 100, false, false",
    "7, 5000, true, true",
    "100, 5000, false, true",
    "100, 50, true, false",
    "3000, 20000, false, false",
    "3000, 20000, true, true",
  })
  void keepsTheFirstAndOfEqualOnesThoseThatCameFirst(
      int most, int count, boolean descending, boolean text) {
    Random random = new Random(most);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(new Entry(100 + random.nextInt(900)));
    }
    Ranking<Entry, ?> ranking =
        text ? Ranking.of(BY_TEXT, most, descending) : Ranking.of(BY_NUMBER, most, descending);
    entries.forEach(ranking::add);
    Comparator<Entry> order = Comparator.comparingLong(entry -> entry.number);
    List<Entry> expected =
        entries.stream().sorted(descending ? order.reversed() : order).limit(most).toList();

    assertThat(ranked(ranking, new ArrayList<>())).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void takesAnEntryAsItWasWhenItCameBy(boolean ascending) {
    Ranking<Entry, ?> ranking = Ranking.of(BY_NUMBER, 2, !ascending);
    List<Entry> entries = List.of(new Entry(5), new Entry(7), new Entry(6));
    for (Entry entry : entries) {
      ranking.add(entry);
      entry.number = 1000 - entry.number;
    }
    List<Object> keys = new ArrayList<>();
    ranked(ranking, keys);

    assertThat(keys).isEqualTo(ascending ? List.of(5L, 6L) : List.of(7L, 6L));
  }
}
