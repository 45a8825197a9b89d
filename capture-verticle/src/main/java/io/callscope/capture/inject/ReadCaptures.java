package io.callscope.capture.inject;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterTable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The captures that are, or were, read: so many with counters of their own; those of older ones are
 * added up. One thread.
 */
public final class ReadCaptures {
  private static final int MOST = 64;

  private final Deque<Capture> captures = new ArrayDeque<>();
  private final CounterTable older = new CounterTable();
  private int opening;

  private record Capture(
      String reader, BooleanSupplier hasEnded, Supplier<List<CounterGroup>> takeCounters) {}

  /**
   * Lets the oldest that has been read go, if there are many.
   *
   * @param end told whose reader is needed no more
   * @return false if all of them are still read
   */
  public boolean makeRoom(Consumer<String> end) {
    if (captures.size() + opening < MOST) {
      return true;
    }
    for (Capture old : captures) {
      if (old.hasEnded().getAsBoolean()) {
        captures.remove(old);
        old.takeCounters().get().forEach(older::addLater);
        end.accept(old.reader());
        return true;
      }
    }
    return false;
  }

  /** One is being opened, which has its place from now on. */
  public void opening() {
    opening++;
  }

  /** It could not be opened. */
  public void notOpened() {
    opening--;
  }

  /**
   * It is open.
   *
   * @param reader what reads it
   * @param hasEnded whether it is read
   * @param takeCounters its counters once it is, which it has no more then
   */
  public void opened(
      String reader, BooleanSupplier hasEnded, Supplier<List<CounterGroup>> takeCounters) {
    opening--;
    captures.add(new Capture(reader, hasEnded, takeCounters));
  }

  /** The counters of those that went. */
  public List<CounterGroup> older() {
    return older.asGroups();
  }
}
