package io.callscope.tracker.call;

import java.util.Arrays;

/**
 * The entries of one slot of the {@link TimerWheel}, in no order. Each knows its place here, so
 * that one is taken out without a look at any other: links from entry to entry would make every
 * change wait for the memory of two neighbours. One thread.
 */
final class TimerSlot {
  private static final CallEntry[] NONE = {};
  private static final int FEW = 8;

  /** A longer array is given up with its entries: a slot that was once full need not be again. */
  private static final int KEPT = 1024;

  private CallEntry[] entries = NONE;

  /** Places in use; those of entries taken out are empty. */
  private int used;

  private int size;

  int size() {
    return size;
  }

  void add(CallEntry entry) {
    if (used == entries.length) {
      makeRoom();
    }
    entry.timerIndex = used;
    entries[used++] = entry;
    size++;
  }

  void remove(CallEntry entry) {
    entries[entry.timerIndex] = null;
    size--;
    if (size == 0) {
      used = 0;
    }
  }

  /** Closes the gaps where they are half of all, else grows. */
  private void makeRoom() {
    if (size > used / 2 || used == 0) {
      entries = Arrays.copyOf(entries, Math.max(FEW, 2 * used));
      return;
    }
    int kept = 0;
    for (int i = 0; i < used; i++) {
      CallEntry entry = entries[i];
      if (entry != null) {
        entry.timerIndex = kept;
        entries[kept++] = entry;
      }
    }
    Arrays.fill(entries, kept, used, null);
    used = kept;
  }

  /**
   * Takes all out at once, so that they can be linked anew, here too.
   *
   * @param free an array this slot may use from now on
   * @return the entries, with gaps, and null or nothing behind the last
   */
  CallEntry[] takeAll(CallEntry[] free) {
    CallEntry[] taken = entries;
    entries = free;
    used = 0;
    size = 0;
    return taken;
  }

  /** An array that was taken, for the next to be taken. */
  static CallEntry[] emptied(CallEntry[] taken, int used) {
    if (taken.length > KEPT) {
      return NONE;
    }
    Arrays.fill(taken, 0, used, null);
    return taken;
  }

  /** Places that may hold an entry. */
  int used() {
    return used;
  }
}
