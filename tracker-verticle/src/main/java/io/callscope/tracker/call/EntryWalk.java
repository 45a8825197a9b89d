package io.callscope.tracker.call;

import io.callscope.tracker.state.StateWalk;

/** The entries of a table that are there now, oldest first, while the table goes on changing. */
final class EntryWalk implements StateWalk<CallEntry> {
  private final long end;
  private CallEntry next;
  private CallEntry entry;

  EntryWalk(CallTable table) {
    end = table.created();
    next = table.oldest();
  }

  @Override
  public boolean step() {
    if (next == null || next.id >= end) {
      return false;
    }
    entry = next.removed ? null : next;
    // A removed entry still leads on: its links stay as they were.
    next = next.newerEntry;
    return true;
  }

  @Override
  public CallEntry entry() {
    return entry;
  }
}
