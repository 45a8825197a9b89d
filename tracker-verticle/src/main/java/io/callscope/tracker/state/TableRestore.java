package io.callscope.tracker.state;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Builds a table from segments, read from the newest back: of each entry the first thing met is how
 * it is, or that it is gone. Then the entries, in order within each segment, are put into one order
 * and into the table, some at a time. One thread.
 */
final class TableRestore<E extends Stored> {
  private final StateTable<E> table;
  private final StateCounters counters;
  private final IdSet seen = new IdSet();
  private final PriorityQueue<Run> runs = new PriorityQueue<>();
  private List<E> run = new ArrayList<>();

  TableRestore(StateTable<E> table, StateCounters counters) {
    this.table = table;
    this.counters = counters;
  }

  /** The entries of one segment, in their order, from one of them on. */
  private final class Run implements Comparable<Run> {
    private final List<E> entries;
    private int at;

    Run(List<E> entries) {
      this.entries = entries;
    }

    @Override
    public int compareTo(Run other) {
      return table.order().compare(entries.get(at), other.entries.get(other.at));
    }
  }

  void removed(long id) {
    seen.add(id);
  }

  /** An image, which is read only if there is no newer one. */
  void image(long id, ImageReader in) {
    if (!seen.add(id)) {
      return;
    }
    try {
      run.add(table.read(id, in));
    } catch (BadImageException e) {
      counters.increment(counters.lostEntries);
    }
  }

  void segmentEnds() {
    if (!run.isEmpty()) {
      run.sort(table.order());
      runs.add(new Run(run));
      run = new ArrayList<>();
    }
  }

  /** Takes at most so many entries into the table; true if that was all. */
  boolean step(int most) {
    for (int i = 0; i < most; i++) {
      Run first = runs.poll();
      if (first == null) {
        table.restored();
        return true;
      }
      readBack(first.entries.set(first.at, null));
      if (++first.at < first.entries.size()) {
        runs.add(first);
      }
    }
    return false;
  }

  private void readBack(E entry) {
    try {
      table.readBack(entry);
      counters.increment(counters.restored);
    } catch (RuntimeException e) { // one entry must not keep the others from coming back
      counters.failedEntry(e);
    }
  }
}
