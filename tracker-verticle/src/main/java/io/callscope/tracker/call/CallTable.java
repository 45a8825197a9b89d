package io.callscope.tracker.call;

/**
 * The entries of a partition by Call-ID, and in order of creation. Chained through the entries;
 * doubles when full. One thread.
 */
final class CallTable {
  private static final int MIN_BUCKETS = 1024;

  private CallEntry[] buckets = new CallEntry[MIN_BUCKETS];
  private CallEntry oldest;
  private CallEntry newest;
  private long nextId;
  private int size;
  private long bytes;

  int size() {
    return size;
  }

  int bucketCount() {
    return buckets.length;
  }

  /** Bytes of all entries and of the table itself. */
  long bytes() {
    return bytes + 4L * buckets.length;
  }

  /** Entries made so far. */
  long created() {
    return nextId;
  }

  CallEntry oldest() {
    return oldest;
  }

  /** The newest entry of a bucket; follow {@code chainNext}. The chain holds other Call-IDs too. */
  CallEntry chain(int hash) {
    return buckets[hash & (buckets.length - 1)];
  }

  /** Puts a new entry in front of its chain and gives it its number. */
  void add(CallEntry entry) {
    if (size == buckets.length) {
      grow();
    }
    int bucket = entry.hash & (buckets.length - 1);
    entry.chainNext = buckets[bucket];
    buckets[bucket] = entry;
    entry.id = nextId++;
    entry.olderEntry = newest;
    if (newest == null) {
      oldest = entry;
    } else {
      newest.newerEntry = entry;
    }
    newest = entry;
    size++;
    bytes += entry.bytes();
  }

  void remove(CallEntry entry) {
    int bucket = entry.hash & (buckets.length - 1);
    if (buckets[bucket] == entry) {
      buckets[bucket] = entry.chainNext;
    } else {
      CallEntry before = buckets[bucket];
      while (before.chainNext != entry) {
        before = before.chainNext;
      }
      before.chainNext = entry.chainNext;
    }
    if (entry.olderEntry == null) {
      oldest = entry.newerEntry;
    } else {
      entry.olderEntry.newerEntry = entry.newerEntry;
    }
    if (entry.newerEntry == null) {
      newest = entry.olderEntry;
    } else {
      entry.newerEntry.olderEntry = entry.olderEntry;
    }
    entry.removed = true;
    size--;
    bytes -= entry.bytes();
  }

  /** The size of an entry of the table has changed. */
  void resized(int byBytes) {
    bytes += byBytes;
  }

  private void grow() {
    CallEntry[] larger = new CallEntry[2 * buckets.length];
    // In order of creation, each in front of its chain: so every chain stays newest first.
    for (CallEntry entry = oldest; entry != null; entry = entry.newerEntry) {
      int bucket = entry.hash & (larger.length - 1);
      entry.chainNext = larger[bucket];
      larger[bucket] = entry;
    }
    buckets = larger;
  }

  /** The longest of the first 65,536 chains: a larger table would take too long to walk. */
  int longestChain() {
    int longest = 0;
    for (int i = 0; i < Math.min(buckets.length, 65_536); i++) {
      CallEntry bucket = buckets[i];
      int length = 0;
      for (CallEntry entry = bucket; entry != null; entry = entry.chainNext) {
        length++;
      }
      longest = Math.max(longest, length);
    }
    return longest;
  }
}
