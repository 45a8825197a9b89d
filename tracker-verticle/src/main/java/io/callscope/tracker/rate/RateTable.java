package io.callscope.tracker.rate;

import io.callscope.bus.EventType;
import java.util.function.Predicate;

/** Rate entries by event type and source address, chained; doubles when full. One thread. */
final class RateTable {
  private static final int MIN_BUCKETS = 1024;
  private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

  private RateEntry[] buckets = new RateEntry[MIN_BUCKETS];
  private int size;

  /** The bucket a collection goes on from. */
  private int cursor;

  int size() {
    return size;
  }

  int bucketCount() {
    return buckets.length;
  }

  long bytes() {
    return (long) size * RateEntry.BYTES + 4L * buckets.length;
  }

  RateEntry find(EventType type, long high, long low) {
    RateEntry entry = buckets[bucket(type, high, low)];
    while (entry != null && !entry.is(type, high, low)) {
      entry = entry.next;
    }
    return entry;
  }

  void add(RateEntry entry) {
    if (size == buckets.length) {
      grow();
    }
    int bucket = bucket(entry.type, entry.high, entry.low);
    entry.next = buckets[bucket];
    buckets[bucket] = entry;
    size++;
  }

  private int bucket(EventType type, long high, long low) {
    long hash = (low ^ (high * 31) ^ type.ordinal()) * MULTIPLIER;
    return (int) (hash >>> 32) & (buckets.length - 1);
  }

  private void grow() {
    RateEntry[] old = buckets;
    buckets = new RateEntry[2 * old.length];
    cursor = 0;
    for (RateEntry chain : old) {
      for (RateEntry entry = chain; entry != null; ) {
        RateEntry next = entry.next;
        int bucket = bucket(entry.type, entry.high, entry.low);
        entry.next = buckets[bucket];
        buckets[bucket] = entry;
        entry = next;
      }
    }
  }

  /** What a walk came to. */
  record Walk(int walked, int removed) {}

  /**
   * Walks on from where the last walk stopped, removing what may go, until {@code target} entries
   * are left, {@code maxWalked} were looked at, or all were.
   */
  Walk collect(Predicate<RateEntry> mayGo, long target, int maxWalked) {
    int walked = 0;
    int removed = 0;
    for (int i = 0; i < buckets.length && walked < maxWalked && size > target; i++) {
      cursor &= buckets.length - 1;
      RateEntry before = null;
      for (RateEntry entry = buckets[cursor]; entry != null; entry = entry.next) {
        walked++;
        if (!mayGo.test(entry)) {
          before = entry;
          continue;
        }
        if (before == null) {
          buckets[cursor] = entry.next;
        } else {
          before.next = entry.next;
        }
        size--;
        removed++;
      }
      cursor++;
    }
    return new Walk(walked, removed);
  }
}
