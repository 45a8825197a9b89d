package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.cluster.OwnerTable.Step;
import io.callscope.cluster.OwnerTable.Taken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwnerTableTest {
  private static final Item FIRST = new Item("tracker", 0);

  private final ConcurrentMap<String, String> map = new ConcurrentHashMap<>();
  private final OwnerTable a = new OwnerTable(map, "a", () -> 1000);
  private final OwnerTable b = new OwnerTable(map, "b", () -> 2000);

  private static Step step(OwnerTable table, String share, Set<String> alive, Integer... held) {
    return table.step("tracker", List.of(share), alive, Set.of(held), Set.of());
  }

  @Test
  void whatNobodyOwnsIsTakenByTheOneWhoseShareItIs() {
    assertThat(step(a, "b", Set.of("a", "b")).isEmpty()).isTrue();
    assertThat(step(b, "b", Set.of("a", "b")).taken()).containsExactly(new Taken(FIRST, 1));
    assertThat(step(b, "b", Set.of("a", "b"), 0).isEmpty()).isTrue();
    assertThat(Ownership.of(map.get("tracker/0"))).isEqualTo(new Ownership("b", 1, 2000));
  }

  @Test
  void aNewOwnerWaitsUntilTheOldOneHasReleased() {
    step(a, "a", Set.of("a"));
    Set<String> both = Set.of("a", "b");
    assertThat(step(b, "b", both).isEmpty()).isTrue();
    assertThat(step(a, "b", both, 0).release()).containsExactly(FIRST);
    assertThat(step(b, "b", both).isEmpty()).as("not yet").isTrue();
    a.release(FIRST);
    assertThat(step(b, "b", both).taken()).containsExactly(new Taken(FIRST, 2));
  }

  @Test
  void whatOneThatIsGoneOwnedIsTakenAtOnce() {
    step(a, "a", Set.of("a", "b"));
    assertThat(step(b, "b", Set.of("b")).taken()).containsExactly(new Taken(FIRST, 2));
  }

  @Test
  void oneThatWasFrozenSeesThatItHasLostAndDoesNotReleaseForOthers() {
    step(a, "a", Set.of("a", "b"));
    step(b, "b", Set.of("b"));
    assertThat(step(a, "b", Set.of("a", "b"), 0).lost()).containsExactly(FIRST);
    a.release(FIRST);
    assertThat(Ownership.of(map.get("tracker/0")).process()).isEqualTo("b");
  }

  @Test
  void whatCouldNotBeStartedAndWasNotReleasedIsTriedAgain() {
    step(a, "a", Set.of("a"));
    assertThat(step(a, "a", Set.of("a")).taken()).containsExactly(new Taken(FIRST, 2));
  }

  @Test
  void whatRestsIsTakenAgainAfterwards() {
    step(a, "a", Set.of("a"));
    a.release(FIRST);
    assertThat(a.step("tracker", List.of("a"), Set.of("a"), Set.of(), Set.of(0)).isEmpty())
        .isTrue();
    assertThat(step(a, "a", Set.of("a")).taken()).containsExactly(new Taken(FIRST, 2));
  }

  @Test
  void itemsThatAreNoLongerSharedOutAreReleased() {
    Step step = a.step("tracker", List.of(), Set.of("a"), Set.of(0), Set.of());
    assertThat(step.release()).containsExactly(FIRST);
  }

  @Test
  void ofManyWhoWantTheSameOnlyOneGetsIt() throws Exception {
    List<String> owners = Collections.nCopies(200, "a");
    List<List<Taken>> taken = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new Thread(
                        () ->
                            taken.add(
                                new OwnerTable(map, "a", () -> 1)
                                    .step("tracker", owners, Set.of("a"), Set.of(), Set.of())
                                    .taken())))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    List<Taken> all = taken.stream().flatMap(List::stream).toList();
    assertThat(all).doesNotHaveDuplicates();
    for (int number = 0; number < owners.size(); number++) {
      int item = number;
      long terms = all.stream().filter(one -> one.item().number() == item).count();
      assertThat(Ownership.of(map.get("tracker/" + number)).term()).isEqualTo(terms);
    }
  }
}
