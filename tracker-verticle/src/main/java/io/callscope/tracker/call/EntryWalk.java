package io.callscope.tracker.call;

import io.callscope.tracker.state.StateWalk;

/** The entries of a table that are there now, in order, while the table goes on changing. */
final class EntryWalk implements StateWalk<CallEntry> {
  private static final int AHEAD = 32;

  private final boolean newestFirst;
  private final long end;
  private final CallEntry[] ahead = new CallEntry[AHEAD];
  private int at;
  private int size;
  private CallEntry next;
  private CallEntry entry;

  private EntryWalk(CallTable table, boolean newestFirst) {
    this.newestFirst = newestFirst;
    end = table.created();
    next = newestFirst ? table.newest() : table.oldest();
  }

  /** From the oldest to the newest, or the other way. */
  static EntryWalk of(CallTable table, boolean newestFirst) {
    return new EntryWalk(table, newestFirst);
  }

  @Override
  public boolean step() {
    if (at == size && !lookAhead()) {
      return false;
    }
    CallEntry one = ahead[at++];
    entry = one.removed ? null : one;
    return true;
  }

  /**
   * Follows the links for some entries and touches their texts: the processor waits for the memory
   * of all of them together, where it would wait for each in turn while the one before is looked
   * at.
   */
  private boolean lookAhead() {
    at = 0;
    size = 0;
    CallEntry one = next;
    // A removed entry still leads on: its links stay as they were.
    while (size < AHEAD && one != null && one.id < end) {
      ahead[size++] = one;
      one = newestFirst ? one.olderEntry : one.newerEntry;
    }
    next = one;
    int sum = 0;
    for (int i = 0; i < size; i++) {
      byte[] texts = ahead[i].texts;
      sum += texts[0] + texts[texts.length / 4];
    }
    // Never so small, but the compiler must not leave out loads whose results nobody asks for.
    return size > 0 && sum > Integer.MIN_VALUE;
  }

  @Override
  public CallEntry entry() {
    return entry;
  }
}
