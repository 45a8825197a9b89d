package io.callscope.tracker.call;

import io.callscope.query.Turns;
import java.util.Map;

/**
 * Shortens the timers of all entries that are there, in steps of bounded work, so that messages go
 * through in between; entries that come later are left alone. On the thread of the tracker.
 */
public final class ForcedTimeouts implements Turns.Walk {
  private final CallStore store;
  private final Bindings bindings;
  private final EntryWalk walk;
  private final long deadlineNanos;
  private int walked;
  private int forced;

  ForcedTimeouts(CallStore store, Bindings bindings, long deadlineNanos) {
    this.store = store;
    this.bindings = bindings;
    this.deadlineNanos = deadlineNanos;
    walk = EntryWalk.of(store.table, false);
  }

  @Override
  public boolean step(int most) {
    for (int i = 0; i < most; i++) {
      if (!walk.step()) {
        return true;
      }
      if (walk.entry() != null) {
        walked++;
        shorten(walk.entry());
      }
    }
    return false;
  }

  private void shorten(CallEntry entry) {
    if (entry.deadlineNanos > deadlineNanos) {
      store.touch(entry);
      bindings.shorten(entry, deadlineNanos);
      store.forceDeadline(entry, deadlineNanos);
      forced++;
    }
  }

  /** How many timers were shortened and how many entries were looked at. */
  @Override
  public Map<String, Object> answer() {
    return Map.of("forced", forced, "walked", walked);
  }
}
