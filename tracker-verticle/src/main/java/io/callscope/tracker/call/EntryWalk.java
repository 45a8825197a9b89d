package io.callscope.tracker.call;

/** The entries of a table that are there now, oldest first, while the table goes on changing. */
final class EntryWalk {
  private final long end;
  private CallEntry next;
  private CallEntry entry;

  EntryWalk(CallTable table) {
    end = table.created();
    next = table.oldest();
  }

  /** Goes to the next entry; false at the end. */
  boolean step() {
    if (next == null || next.id >= end) {
      return false;
    }
    entry = next.removed ? null : next;
    // A removed entry still leads on: its links stay as they were.
    next = next.newerEntry;
    return true;
  }

  /** The present entry, null if it has left the table meanwhile. */
  CallEntry entry() {
    return entry;
  }
}
