package io.callscope.query;

import java.util.ArrayList;
import java.util.List;

/**
 * The first so many of a walk by their order; of equal ones those that came first. New ones are
 * gathered and merged into the kept ones some at a time: a walk that meets its entries in the wrong
 * direction takes in every one of them, and no step has to sort all that are kept.
 */
final class Ranking<E, K> {
  private static final int GATHERED = 1000;

  private final Order<E, K> order;
  private final int most;
  private final boolean descending;
  private final List<Ranked<E, K>> gathered = new ArrayList<>();
  private List<Ranked<E, K>> kept = new ArrayList<>();

  private record Ranked<E, K>(K key, E entry) {}

  /** Takes an entry and its key as answers have it. */
  interface Taker<E> {
    void take(E entry, Object key);
  }

  private Ranking(Order<E, K> order, int most, boolean descending) {
    this.order = order;
    this.most = most;
    this.descending = descending;
  }

  static <E, K> Ranking<E, ?> of(Order<E, K> order, int most, boolean descending) {
    return new Ranking<>(order, most, descending);
  }

  void add(E entry) {
    if (kept.size() == most && (most == 0 || !isBefore(entry, kept.get(most - 1).key))) {
      return;
    }
    gathered.add(new Ranked<>(order.key(entry), entry));
    if (gathered.size() == Math.min(most, GATHERED)) {
      merge();
    }
  }

  private boolean isBefore(E entry, K than) {
    int compared = order.compare(entry, than);
    return descending ? compared > 0 : compared < 0;
  }

  private int compare(Ranked<E, K> a, Ranked<E, K> b) {
    int compared = order.compareKept(a.key, b.key);
    return descending ? -compared : compared;
  }

  private void merge() {
    gathered.sort(this::compare); // stable: equal ones stay as they came
    int size = Math.min(most, kept.size() + gathered.size());
    List<Ranked<E, K>> merged = new ArrayList<>(size);
    int old = 0;
    int fresh = 0;
    while (merged.size() < size) {
      boolean takesOld =
          fresh == gathered.size()
              || (old < kept.size() && compare(kept.get(old), gathered.get(fresh)) <= 0);
      merged.add(takesOld ? kept.get(old++) : gathered.get(fresh++));
    }
    kept = merged;
    gathered.clear();
  }

  /** The walk is over; how many are kept. */
  int end() {
    merge();
    return kept.size();
  }

  /** The one of a rank, from 0, once the walk is over. */
  void give(int rank, Taker<E> taker) {
    Ranked<E, K> one = kept.get(rank);
    taker.take(one.entry, order.shown(one.key));
  }
}
