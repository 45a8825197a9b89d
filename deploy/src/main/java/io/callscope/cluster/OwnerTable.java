package io.callscope.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Who owns which item, in a map that all processes share. An item has one owner at a time: another
 * takes it only after its owner has released it or is gone. Blocks, so not for an event loop.
 */
final class OwnerTable {
  private final ConcurrentMap<String, String> map;
  private final String self;
  private final LongSupplier wallMillis;

  /** What a process has to do. */
  record Step(List<Item> release, List<Item> lost, List<Taken> taken) {
    boolean isEmpty() {
      return release.isEmpty() && lost.isEmpty() && taken.isEmpty();
    }
  }

  /** An item that is this process' own from now on. */
  record Taken(Item item, long term) {}

  OwnerTable(ConcurrentMap<String, String> map, String self, LongSupplier wallMillis) {
    this.map = map;
    this.self = self;
    this.wallMillis = wallMillis;
  }

  /**
   * Takes what is to be ours and free.
   *
   * @param what kind of item
   * @param shares the process of each item, as it ought to be
   * @param alive processes that are there
   * @param held numbers of the items that this process runs
   * @param resting numbers of those that it is not to take at the moment
   */
  Step step(
      String what,
      List<String> shares,
      Set<String> alive,
      Set<Integer> held,
      Set<Integer> resting) {
    Step step = new Step(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Set<Integer> others = new HashSet<>(held);
    for (int number = 0; number < shares.size(); number++) {
      others.remove(number);
      String share = resting.contains(number) ? "" : shares.get(number);
      step(new Item(what, number), share, alive, held.contains(number), step);
    }
    others.forEach(number -> step.release.add(new Item(what, number)));
    return step;
  }

  private void step(Item item, String share, Set<String> alive, boolean isHeld, Step step) {
    String text = map.get(item.key());
    Ownership now = text == null ? null : Ownership.of(text);
    boolean isOurs = now != null && now.process().equals(self);
    if (isHeld) {
      if (!isOurs) {
        step.lost.add(item);
      } else if (!share.equals(self)) {
        step.release.add(item);
      }
      return;
    }
    boolean isFree =
        now == null || isOurs || now.process().isEmpty() || !alive.contains(now.process());
    if (share.equals(self) && isFree) {
      Ownership mine =
          new Ownership(self, now == null ? 1 : now.term() + 1, wallMillis.getAsLong());
      boolean won =
          text == null
              ? map.putIfAbsent(item.key(), mine.text()) == null
              : map.replace(item.key(), text, mine.text());
      if (won) {
        step.taken.add(new Taken(item, mine.term()));
      }
    }
  }

  /** Lets others have an item, if it is still ours. */
  void release(Item item) {
    String text = map.get(item.key());
    if (text != null && Ownership.of(text).process().equals(self)) {
      Ownership free = new Ownership("", Ownership.of(text).term(), wallMillis.getAsLong());
      map.replace(item.key(), text, free.text());
    }
  }
}
