package io.callscope.tracker.call;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Timers of call entries: arming, moving and removing one is O(1) and allocates nothing for long.
 * Four wheels of 256 slots; a tick of the first is 8.4 ms, a turn of the last 417 days: events are
 * published once their tick has passed, so it is short. Entries expire at their exact deadline and
 * in its order, whatever the ticks.
 *
 * <p>A deadline that moves later leaves the entry where it is linked; the slot that comes too early
 * links it again.
 */
final class TimerWheel {
  private static final int TICK_SHIFT = 23;
  private static final int SLOT_BITS = 8;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final int WHEELS = 4;
  static final short UNLINKED = -1;
  private static final Comparator<CallEntry> BY_DEADLINE =
      Comparator.<CallEntry>comparingLong(entry -> entry.deadlineNanos)
          .thenComparingLong(entry -> entry.id);

  /** What happens to an entry whose deadline has come. It is no longer linked here. */
  interface Expiry {
    void expire(CallEntry entry);
  }

  private final TimerSlot[] slots = new TimerSlot[WHEELS * SLOTS];

  /** For the next slot whose entries are taken out all at once. */
  private CallEntry[] spare = {};

  private final Expiry expiry;
  private final PriorityQueue<CallEntry> due = new PriorityQueue<>(BY_DEADLINE);

  /** While entries expire: what is armed to end before this joins them, ns since 1970. */
  private long expiringBefore = Long.MIN_VALUE;

  /** The first tick that is not worked off. */
  private long tick;

  private long size;

  /** Entries linked in each wheel, so that empty stretches of time are stepped over. */
  private final long[] linked = new long[WHEELS];

  TimerWheel(Expiry expiry) {
    this.expiry = expiry;
    Arrays.setAll(slots, slot -> new TimerSlot());
  }

  /** Links an entry by its deadline. */
  void add(CallEntry entry) {
    size++;
    if (entry.deadlineNanos < expiringBefore) {
      due.add(entry);
    } else {
      link(entry);
    }
  }

  /** Takes an entry out, unless it is expiring. */
  void remove(CallEntry entry) {
    if (entry.timerSlot != UNLINKED) {
      size--;
      unlink(entry);
    }
  }

  /** The deadline of a linked entry has changed. */
  void moved(CallEntry entry) {
    if (entry.timerSlot != UNLINKED && tickOf(entry.deadlineNanos) < entry.timerTick) {
      unlink(entry);
      link(entry);
    }
  }

  /** The entry is linked where it is found when its time comes. */
  boolean isArmed(CallEntry entry) {
    return entry.timerSlot != UNLINKED
        && entry.timerTick <= Math.max(tickOf(entry.deadlineNanos), tick);
  }

  long size() {
    return size;
  }

  /** Expires what is due in all ticks before that of {@code nowNanos}. */
  void advance(long nowNanos) {
    long target = tickOf(nowNanos);
    while (tick < target) {
      if (linked[0] == 0) {
        tick = Math.min(nextCascade(), target);
      } else {
        expireSlot((tick + 1) << TICK_SHIFT);
        tick++;
      }
      cascade();
    }
  }

  /**
   * The next tick at which an upper wheel that is not empty, or the last one, hands entries down.
   */
  private long nextCascade() {
    int wheel = 1;
    while (wheel < WHEELS - 1 && linked[wheel] == 0) {
      wheel++;
    }
    return size == 0 ? Long.MAX_VALUE : ((tick >> (SLOT_BITS * wheel)) + 1) << (SLOT_BITS * wheel);
  }

  /** Expires all that is due at {@code nowNanos}, also in its own tick. */
  void settle(long nowNanos) {
    advance(nowNanos);
    expireSlot(nowNanos + 1);
  }

  /** No entry will expire before this time any more. */
  long settledNanos() {
    return tick << TICK_SHIFT;
  }

  /** Expires what of the present tick's slot ends before a time; the rest is linked anew. */
  private void expireSlot(long beforeNanos) {
    empty(0, (int) tick & (SLOTS - 1), beforeNanos);
    expiringBefore = beforeNanos;
    while (!due.isEmpty()) {
      size--;
      expiry.expire(due.poll());
    }
    expiringBefore = Long.MIN_VALUE;
  }

  /** Moves what the next turn of the lower wheels needs down from the upper ones. */
  private void cascade() {
    for (int wheel = 1;
        wheel < WHEELS && (tick & ((1L << (SLOT_BITS * wheel)) - 1)) == 0;
        wheel++) {
      empty(wheel, (int) (tick >> (SLOT_BITS * wheel)) & (SLOTS - 1), Long.MIN_VALUE);
    }
  }

  /** Takes all out of a slot: what ends before a time is due, the rest is linked anew. */
  private void empty(int wheel, int number, long beforeNanos) {
    TimerSlot slot = slots[(wheel << SLOT_BITS) | number];
    if (slot.size() == 0) {
      return;
    }
    int used = slot.used();
    CallEntry[] taken = slot.takeAll(spare);
    for (int i = 0; i < used; i++) {
      CallEntry entry = taken[i];
      if (entry == null) {
        continue;
      }
      linked[wheel]--;
      entry.timerSlot = UNLINKED;
      if (entry.deadlineNanos < beforeNanos) {
        due.add(entry);
      } else {
        link(entry);
      }
    }
    spare = TimerSlot.emptied(taken, used);
  }

  private void link(CallEntry entry) {
    long at = Math.max(tickOf(entry.deadlineNanos), tick);
    long distance = at - tick;
    int wheel = 0;
    while (wheel < WHEELS - 1 && distance >> (SLOT_BITS * (wheel + 1)) != 0) {
      wheel++;
    }
    if (distance >> (SLOT_BITS * WHEELS) != 0) {
      at = tick + (1L << (SLOT_BITS * WHEELS)) - 1;
    }
    int slot = (int) (at >> (SLOT_BITS * wheel)) & (SLOTS - 1);
    entry.timerTick = at;
    entry.timerSlot = (short) ((wheel << SLOT_BITS) | slot);
    slots[entry.timerSlot].add(entry);
    linked[wheel]++;
  }

  private void unlink(CallEntry entry) {
    slots[entry.timerSlot].remove(entry);
    linked[entry.timerSlot >> SLOT_BITS]--;
    entry.timerSlot = UNLINKED;
  }

  private static long tickOf(long nanos) {
    return nanos >> TICK_SHIFT;
  }
}
