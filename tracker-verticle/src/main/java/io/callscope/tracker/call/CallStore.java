package io.callscope.tracker.call;

import io.callscope.bus.EventType;
import io.callscope.sip.CallIdLimit;

/**
 * The entries of a partition with their timers: what keeps table, wheel, limits and gauges in step.
 * One thread.
 */
final class CallStore {
  /**
   * Longest Call-ID and tags together; a tag counts at least 32, a missing one 50, for what may
   * still come.
   */
  private static final int MAX_KEY_BYTES = CallIdLimit.MAX_KEPT_BYTES;

  private static final int MIN_TAG_BYTES = 32;
  private static final int MISSING_TAG_BYTES = 50;

  /**
   * Most entries of one Call-ID, and longest chain that is walked: a flood of forks or of equal
   * hashes stays cheap.
   */
  private static final int MAX_RELATED = 64;

  private static final int MAX_CHAIN = 128;

  final CallTable table = new CallTable();
  final TimerWheel wheel;
  final CallSettings settings;
  final CallCounters counters;

  /** Null where nothing is saved. */
  private CallStates states;

  CallStore(CallSettings settings, CallCounters counters, TimerWheel.Expiry expiry) {
    this.settings = settings;
    this.counters = counters;
    wheel = new TimerWheel(expiry);
  }

  /** What changes is saved from now on. */
  void save(CallStates to) {
    states = to;
  }

  /** An entry is about to change: to be said before it does. */
  void touch(CallEntry entry) {
    if (states != null) {
      states.touch(entry);
    }
  }

  /** A new entry is refused: counts why and returns true. */
  boolean refuses(Arrival arrival, CallMatcher matcher) {
    if (table.size() >= settings.maxEntries()) {
      counters.refused(counters.failLimit);
      return true;
    }
    if (matcher.related >= MAX_RELATED || matcher.walked >= MAX_CHAIN) {
      counters.refused(counters.failChain);
      return true;
    }
    int key =
        arrival.callIdLength + tagBytes(arrival.fromTagLength) + tagBytes(arrival.toTagLength);
    if (key > MAX_KEY_BYTES || table.bytes() + CallEntry.FIXED_BYTES + key > settings.maxBytes()) {
      counters.refused(counters.failNew);
      return true;
    }
    return false;
  }

  private static int tagBytes(int length) {
    return length == 0 ? MISSING_TAG_BYTES : Math.max(length, MIN_TAG_BYTES);
  }

  /** Tags of this length together may stand in an entry beside its Call-ID. */
  static boolean fits(CallEntry entry, int tagsLength) {
    return CallText.length(entry.texts, CallText.CALL_ID) + tagsLength <= MAX_KEY_BYTES;
  }

  void add(CallEntry entry, long deadlineNanos) {
    table.add(entry);
    entry.deadlineNanos = deadlineNanos;
    wheel.add(entry);
    counters.entered(entry.state());
    counters.active(table.size());
    if (states != null) {
      states.added(entry);
    }
  }

  /** Takes in an entry as it was. */
  void restore(CallEntry entry) {
    table.restore(entry);
    exchange(null, entry.methodText);
    exchange(null, entry.reason);
    exchange(null, entry.userAgent);
    exchange(null, entry.uas);
    wheel.add(entry);
    counters.entered(entry.state());
    counters.active(table.size());
  }

  /** An entry holds a text from now on, in place of another one or of none (null). */
  SharedText exchange(SharedText before, SharedText after) {
    if (before != after) {
      int added = after == null ? 0 : after.use();
      table.resized(added - (before == null ? 0 : before.release()));
    }
    return after;
  }

  private void release(SharedText text) {
    if (text != null) {
      table.resized(-text.release());
    }
  }

  /** Takes an entry out of the table, and off its timer if that has not just fired. */
  void remove(CallEntry entry) {
    if (states != null) {
      states.removed(entry);
    }
    wheel.remove(entry);
    table.remove(entry);
    release(entry.methodText);
    release(entry.reason);
    release(entry.userAgent);
    release(entry.uas);
    counters.left(entry.state());
    counters.active(table.size());
  }

  /** Arms an expired entry anew, whose turn has come too early. */
  void rearm(CallEntry entry, long deadlineNanos) {
    entry.deadlineNanos = deadlineNanos;
    wheel.add(entry);
  }

  void forceDeadline(CallEntry entry, long deadlineNanos) {
    entry.deadlineNanos = deadlineNanos;
    wheel.moved(entry);
  }

  void extendDeadline(CallEntry entry, long deadlineNanos) {
    // The time of an entry that holds bindings is theirs.
    if (deadlineNanos > entry.deadlineNanos && entry.bindings == null) {
      entry.deadlineNanos = deadlineNanos;
    }
  }

  void setText(CallEntry entry, int field, byte[] from, int at, int length) {
    int before = entry.bytes();
    entry.texts = CallText.with(entry.texts, field, from, at, length);
    table.resized(entry.bytes() - before);
  }

  void setMoreContacts(CallEntry entry, byte[] contacts) {
    int before = entry.bytes();
    entry.moreContacts = contacts;
    table.resized(entry.bytes() - before);
  }

  /** The side of a direction, to be changed. */
  CallSide side(CallEntry entry, int direction) {
    int before = entry.bytes();
    CallSide side = entry.sideToChange(direction);
    table.resized(entry.bytes() - before);
    return side;
  }

  void changeState(CallEntry entry, CallState state, long nowNanos) {
    CallState before = entry.state();
    if (state == before) {
      return;
    }
    counters.left(before);
    counters.entered(state);
    entry.state = (byte) state.ordinal();
    switch (state) {
      case INV_EARLY_DLG -> entry.earlyNanos = entry.earlyNanos == 0 ? nowNanos : entry.earlyNanos;
      case INV_ESTABLISHED, NON_INV_FIN -> entry.finalReplyNanos = nowNanos;
      case INV_NEG, INV_CANCELED, NON_INV_NEG -> {
        // A challenge is final only until the call rings after all.
        if (entry.finalReplyNanos == 0 || entry.finalReplyNanos < entry.earlyNanos) {
          entry.finalReplyNanos = nowNanos;
        }
      }
      default -> {}
    }
  }

  /**
   * All entries of the same Call-ID as {@code entry}: has one of them raised any of these? Marks
   * {@code mark} on all.
   */
  boolean markRelated(CallEntry entry, EventType mark, int anyOf) {
    boolean found = false;
    for (CallEntry other = table.chain(entry.hash); other != null; other = other.chainNext) {
      if (other.hash == entry.hash
          && other.isRegister == entry.isRegister
          && CallText.equals(other.texts, CallText.CALL_ID, entry.texts, CallText.CALL_ID)) {
        touch(other);
        found |= (other.marks & anyOf) != 0;
        other.mark(mark);
      }
    }
    return found;
  }
}
