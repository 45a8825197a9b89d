package io.callscope.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists and walks that take more than one turn, on a clock that each entry takes 1 ms of. */
class TurnsTest {
  private static final long MILLI = 1_000_000;

  private final Deque<Runnable> later = new ArrayDeque<>();
  private final List<String> heard = new ArrayList<>();
  private final List<Long> took = new ArrayList<>();
  private long nanos;
  private final Turns turns = new Turns(later::add, () -> nanos, new Counted());
  private int refused;
  private int abandoned;

  private final class Counted implements Turns.Watch {
    @Override
    public void took(long turnNanos) {
      took.add(turnNanos);
    }

    @Override
    public void refused() {
      refused++;
    }

    @Override
    public void abandoned() {
      abandoned++;
    }
  }

  private final class Told implements Reply {
    private final String name;

    Told(String name) {
      this.name = name;
    }

    @Override
    public void answer(Map<String, Object> answer) {
      heard.add(name + " " + answer.get("entries"));
    }

    @Override
    public void refuse(String reason) {
      heard.add(name + " refused: " + reason);
    }

    @Override
    public void putOff(String reason) {
      heard.add(name + " put off: " + reason);
    }
  }

  private class Numbers extends Scan<Integer> {
    private final int count;
    private int next;

    Numbers(int count, Map<String, Object> query) {
      super(Listing.read(new Fields(query)), null, null);
      this.count = count;
    }

    @Override
    protected boolean walk() {
      if (next == count) {
        return false;
      }
      nanos += MILLI;
      visit(next++);
      return true;
    }

    @Override
    protected boolean matches(Integer entry) {
      return false;
    }

    @Override
    protected Map<String, Object> view(Integer entry) {
      return Map.of();
    }
  }

  private void list(String name, int count, Map<String, Object> query) {
    turns.run(new Numbers(count, query), "numbers", true, new Told(name));
  }

  private void list(String name, int count) {
    list(name, count, Map.of());
  }

  private void finish() {
    while (!later.isEmpty()) {
      later.poll().run();
    }
  }

  @Test
  void listsAtTheSameTimeTakeTurnsOneAtATime() {
    list("a", 20);
    list("b", 12);
    list("c", 4);
    assertThat(later).as("whoever's turn it is").hasSize(1);
    finish();

    assertThat(heard).containsExactly("c 4", "b 12", "a 20");
    assertThat(took).as("with messages in between").allMatch(turn -> turn <= 8 * MILLI);
  }

  @Test
  void aListThatTakesLongerThanWhoAsksWaitsEnds() {
    list("default", 1_000_000);
    list("patient", 1_000_000, Map.of("waitMillis", 10_000));
    finish();

    assertThat(heard)
        .containsExactly(
            "default put off: the list takes too long", "patient put off: the list takes too long");
    assertThat(abandoned).isEqualTo(2);
    assertThat(nanos / MILLI).isBetween(10_000L, 10_016L);
  }

  @Test
  void listsBeyondSoManyArePutOffUntilThereIsRoom() {
    for (int i = 0; i < Turns.MOST_LISTS; i++) {
      list("list", 20);
    }
    list("more", 1);
    assertThat(heard).containsExactly("more put off: 16 lists are being made: ask again later");
    assertThat(refused).isEqualTo(1);
    finish();
    for (int i = 0; i < 2 * Turns.MOST_LISTS; i++) {
      list("short", 1);
    }

    assertThat(heard).hasSize(1 + 3 * Turns.MOST_LISTS).endsWith("short 1", "short 1");
    assertThat(refused).isEqualTo(1);
  }

  @Test
  void oneThatFailsEndsNoOtherAndLeavesItsPlace() {
    list("good", 400);
    for (int i = 0; i < Turns.MOST_LISTS; i++) {
      turns.run(
          new Numbers(20, Map.of()) {
            @Override
            protected boolean matches(Integer entry) {
              if (entry == 10) {
                throw new IllegalStateException("broken");
              }
              return false;
            }
          },
          "numbers",
          true,
          new Told("bad"));
      later.poll().run();
      assertThatIllegalStateException().isThrownBy(later.poll()::run).withMessage("broken");
    }
    finish();

    assertThat(heard).containsExactly("good 400");
    assertThat(refused).isZero();
  }

  @Test
  void aWalkThatChangesSomethingGoesToItsEnd() {
    int[] left = {5_000};
    turns.run(
        new Turns.Walk() {
          @Override
          public boolean step(int most) {
            nanos += 5 * MILLI;
            return --left[0] == 0;
          }

          @Override
          public Map<String, Object> answer() {
            return Map.of("entries", 5_000);
          }
        },
        new Told("walk"));
    finish();

    assertThat(heard).containsExactly("walk 5000");
  }
}
