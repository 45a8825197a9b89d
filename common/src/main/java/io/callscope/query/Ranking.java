package io.callscope.query;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** The first so many of a walk by a key; of equal keys those that came first. */
final class Ranking<E> {
  private final int most;
  private final boolean descending;
  private final PriorityQueue<Ranked<E>> worstFirst;
  private long seen;

  /** An entry with its key and its place in the walk. */
  record Ranked<E>(Object key, long place, E entry) {}

  Ranking(int most, boolean descending) {
    this.most = most;
    this.descending = descending;
    worstFirst = new PriorityQueue<>((a, b) -> compare(b, a));
  }

  void add(Object key, E entry) {
    long place = seen++;
    if (worstFirst.size() < most) {
      worstFirst.add(new Ranked<>(key, place, entry));
    } else if (most > 0 && isBetter(key, worstFirst.peek().key)) {
      worstFirst.poll();
      worstFirst.add(new Ranked<>(key, place, entry));
    }
  }

  private boolean isBetter(Object key, Object than) {
    int order = compareKeys(key, than);
    return descending ? order > 0 : order < 0;
  }

  private int compare(Ranked<E> a, Ranked<E> b) {
    int order = compareKeys(a.key, b.key);
    if (order == 0) {
      return Long.compare(a.place, b.place);
    }
    return descending ? -order : order;
  }

  private static int compareKeys(Object a, Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      return Long.compare(x, y);
    }
    if (a instanceof Double x && b instanceof Double y) {
      return Double.compare(x, y);
    }
    return a.toString().compareTo(b.toString());
  }

  /** From the best on. */
  List<Ranked<E>> ranked() {
    List<Ranked<E>> ranked = new ArrayList<>(worstFirst);
    ranked.sort(this::compare);
    return ranked;
  }
}
