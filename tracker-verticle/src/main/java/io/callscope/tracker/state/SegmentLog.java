package io.callscope.tracker.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Which segments make up a state, oldest first: runs of numbers, one for each owner that has
 * written to it.
 */
final class SegmentLog {
  /** Numbers of one epoch: an owner that does not know that it was replaced disturbs no other. */
  private static final int EPOCH_SHIFT = 32;

  private static final int MAX_RUNS = 10_000;

  /** Numbers from {@code from} to before {@code to}. */
  record Run(long from, long to) {}

  private final Deque<Run> runs = new ArrayDeque<>();
  private long bytes;

  /** A number for the next segment. */
  long next() {
    return runs.getLast().to;
  }

  void beginEpoch(long epoch) {
    long from = epoch << EPOCH_SHIFT;
    runs.add(new Run(from, from));
  }

  void add(int segmentBytes) {
    Run last = runs.removeLast();
    runs.add(new Run(last.from, last.to + 1));
    bytes += segmentBytes;
  }

  long bytes() {
    return bytes;
  }

  void clear() {
    runs.clear();
  }

  /** A segment of so many bytes was found. */
  void found(int segmentBytes) {
    bytes += segmentBytes;
  }

  /** What is before a segment is not part of the state any more; says which runs that is. */
  List<Run> cut(long before, long cutBytes) {
    List<Run> gone = new ArrayList<>();
    while (runs.getFirst().from < before) {
      Run run = runs.removeFirst();
      gone.add(new Run(run.from, Math.min(run.to, before)));
      if (run.to > before || runs.isEmpty()) {
        runs.addFirst(new Run(before, Math.max(before, run.to)));
      }
    }
    bytes -= cutBytes;
    return gone;
  }

  boolean contains(long segment) {
    return runs.stream().anyMatch(run -> segment >= run.from && segment < run.to);
  }

  /** All numbers, the newest first. */
  List<Run> newestFirst() {
    List<Run> reversed = new ArrayList<>();
    runs.descendingIterator().forEachRemaining(reversed::add);
    return reversed;
  }

  void write(ImageWriter out) {
    out.putVar(runs.size());
    for (Run run : runs) {
      out.putLong(run.from);
      out.putLong(run.to);
    }
  }

  void read(ImageReader in) {
    int count = in.getVar(MAX_RUNS, "runs");
    long last = 0;
    for (int i = 0; i < count; i++) {
      Run run = new Run(in.getLong(), in.getLong());
      boolean ascends = run.from >= last && run.to >= run.from;
      ImageReader.check(ascends && run.to - run.from <= Integer.MAX_VALUE, "run");
      last = run.to;
      if (run.to > run.from) {
        runs.add(run);
      }
    }
  }
}
