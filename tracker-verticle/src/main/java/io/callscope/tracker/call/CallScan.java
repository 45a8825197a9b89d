package io.callscope.tracker.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A walk over all entries, oldest first, in steps of bounded work so that messages go through in
 * between. Entries that leave meanwhile are passed over; those that come later are not seen.
 */
public final class CallScan {
  private final List<CallFilter> filters;
  private final Function<CallEntry, Map<String, Object>> view;
  private final int skip;
  private final int limit;
  private final long end;
  private final List<Map<String, Object>> found = new ArrayList<>();
  private CallEntry next;
  private int matches;
  private int entries;

  CallScan(
      CallTable table,
      List<CallFilter> filters,
      Function<CallEntry, Map<String, Object>> view,
      int skip,
      int limit) {
    this.filters = filters;
    this.view = view;
    this.skip = skip;
    this.limit = limit;
    end = table.created();
    next = table.oldest();
  }

  /**
   * Goes on by at most {@code most} entries.
   *
   * @return whether the walk is over
   */
  public boolean step(int most) {
    for (int i = 0; i < most && next != null && next.id < end; i++) {
      CallEntry entry = next;
      // A removed entry still leads on: its links stay as they were.
      next = entry.newerEntry;
      if (!entry.removed) {
        visit(entry);
      }
    }
    return next == null || next.id >= end;
  }

  private void visit(CallEntry entry) {
    entries++;
    for (CallFilter filter : filters) {
      if (!filter.test(entry)) {
        return;
      }
    }
    if (matches >= skip && found.size() < limit) {
      found.add(view.apply(entry));
    }
    matches++;
  }

  /** The entries found, from {@code skip} on, at most {@code limit}. */
  public List<Map<String, Object>> found() {
    return found;
  }

  /** How many match in all. */
  public int matches() {
    return matches;
  }

  /** How many there were. */
  public int entries() {
    return entries;
  }
}
