package io.callscope.tracker.rate;

import io.callscope.bus.EventType;
import io.callscope.table.ChainedTable;
import io.callscope.table.TableFigures;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Rate entries by event type and source address, and in the order of their creation. One thread.
 */
final class RateTable extends ChainedTable<RateEntry> {
  /** Longest chain: addresses made to collide do not make every lookup slow. */
  private static final int MAX_CHAIN = 64;

  private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;
  private static final long TYPE_STEP = 0x632b_e59b_d9b4_e019L;

  private static final int TOUCHED = 16;

  // Written so that no compiler takes the reading away; nobody is to read it.
  @SuppressWarnings("unused")
  private long lastTouched;

  private long created;
  private RateEntry oldest;
  private RateEntry newest;

  /** The bucket a collection goes on from. */
  private int cursor;

  @Override
  protected int hash(RateEntry entry) {
    return hash(entry.type, entry.high, entry.low);
  }

  /**
   * The type goes in behind the address: mixed into its last bits, each would meet that of a
   * neighbour.
   */
  private static int hash(EventType type, long high, long low) {
    long address = (low ^ (high * 31)) * MULTIPLIER;
    long both = (address ^ (address >>> 29)) + type.ordinal() * TYPE_STEP;
    return (int) ((both * MULTIPLIER) >>> 32);
  }

  @Override
  protected RateEntry next(RateEntry entry) {
    return entry.next;
  }

  @Override
  protected void setNext(RateEntry entry, RateEntry next) {
    entry.next = next;
  }

  /** How many there have been so far. */
  long created() {
    return created;
  }

  /** What pages say of the table. */
  Map<String, Object> figures(long maxEntries, long failures) {
    long bytes = (long) size() * RateEntry.BYTES + bucketBytes();
    return new TableFigures(maxEntries, bytes, 0, created, failures).of(this);
  }

  RateEntry oldest() {
    return oldest;
  }

  RateEntry newest() {
    return newest;
  }

  RateEntry find(EventType type, long high, long low) {
    RateEntry entry = chain(hash(type, high, low));
    while (entry != null && !entry.is(type, high, low)) {
      entry = entry.next;
    }
    return entry;
  }

  /** Brings an entry into the processor's cache; see {@link RateLimiter#expect}. */
  long touch(EventType type, long high, long low) {
    RateEntry entry = chain(hash(type, high, low));
    return entry == null ? 0 : entry.touch();
  }

  /** Adds a new entry; null where its chain is full. */
  RateEntry add(EventType type, long high, long low, long nowNanos) {
    if (chainLength(hash(type, high, low)) >= MAX_CHAIN) {
      return null;
    }
    RateEntry entry = new RateEntry(created, type, high, low, nowNanos);
    link(entry);
    entry.older = newest;
    if (newest == null) {
      oldest = entry;
    } else {
      newest.newer = entry;
    }
    newest = entry;
    created++;
    return entry;
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
    for (int i = bucketCount(); i > 0 && walked < maxWalked && size() > target; i--) {
      cursor = cursor < bucketCount() ? cursor : 0;
      if (cursor % TOUCHED == 0) {
        lastTouched = touchBuckets(cursor);
      }
      for (RateEntry entry = bucket(cursor); entry != null; entry = entry.next) {
        walked++;
        if (mayGo.test(entry)) {
          remove(entry);
          removed++;
        }
      }
      cursor++;
    }
    return new Walk(walked, removed, walked >= maxWalked && size() > target);
  }

  /** Brings the entries of some buckets into the processor's cache together; see {@link #touch}. */
  private long touchBuckets(int from) {
    long touched = 0;
    for (int i = from; i < Math.min(from + TOUCHED, bucketCount()); i++) {
      RateEntry entry = bucket(i);
      touched += entry == null ? 0 : entry.createdNanos + entry.lastOkNanos;
    }
    return touched;
  }

  /** Takes an entry out; its own links stay, for a walk or a list that rests on it. */
  private void remove(RateEntry entry) {
    unlink(entry);
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
  }
}
