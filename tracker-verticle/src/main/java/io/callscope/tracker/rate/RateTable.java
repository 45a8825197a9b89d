package io.callscope.tracker.rate;

import io.callscope.bus.EventType;
import java.util.function.Predicate;

/**
 * Rate entries by event type and source address, chained, doubling when full; linked in the order
 * of their creation too. One thread.
 */
final class RateTable {
  private static final int MIN_BUCKETS = 1024;

  /** Longest chain: addresses made to collide do not make every lookup slow. */
  private static final int MAX_CHAIN = 64;

  private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

  private RateEntry[] buckets = new RateEntry[MIN_BUCKETS];
  private int size;
  private long created;
  private RateEntry oldest;
  private RateEntry newest;

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

  /** How many there have been so far. */
  long created() {
    return created;
  }

  RateEntry oldest() {
    return oldest;
  }

  RateEntry find(EventType type, long high, long low) {
    RateEntry entry = buckets[bucket(type, high, low)];
    while (entry != null && !entry.is(type, high, low)) {
      entry = entry.next;
    }
    return entry;
  }

  /** Adds a new entry; null where its chain is full. */
  RateEntry add(EventType type, long high, long low, long nowNanos) {
    if (size == buckets.length) {
      grow();
    }
    if (chainLength(buckets[bucket(type, high, low)]) >= MAX_CHAIN) {
      return null;
    }
    RateEntry entry = new RateEntry(created, type, high, low, nowNanos);
    int bucket = bucket(type, high, low);
    entry.next = buckets[bucket];
    buckets[bucket] = entry;
    entry.older = newest;
    if (newest == null) {
      oldest = entry;
    } else {
      newest.newer = entry;
    }
    newest = entry;
    size++;
    created++;
    return entry;
  }

  private static int chainLength(RateEntry chain) {
    int length = 0;
    for (RateEntry entry = chain; entry != null; entry = entry.next) {
      length++;
    }
    return length;
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

  /**
   * What a walk came to.
   *
   * @param cut it ended because it had walked all it may
   */
  record Walk(int walked, int removed, boolean cut) {}

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
        unlink(entry);
        removed++;
      }
      cursor++;
    }
    return new Walk(walked, removed, walked >= maxWalked && size > target);
  }

  /** Takes an entry out of the order; its own links stay, for a scan that rests on it. */
  private void unlink(RateEntry entry) {
    if (entry.older == null) {
      oldest = entry.newer;
    } else {
      entry.older.newer = entry.newer;
    }
    if (entry.newer == null) {
      newest = entry.older;
    } else {
      entry.newer.older = entry.older;
    }
    entry.removed = true;
    size--;
  }
}
