package io.callscope.tracker.call;

import io.callscope.table.ChainedTable;

/** The entries of a partition by Call-ID, and in order of creation. One thread. */
final class CallTable extends ChainedTable<CallEntry> {
  private CallEntry oldest;
  private CallEntry newest;
  private long nextId;
  private long bytes;

  @Override
  protected int hash(CallEntry entry) {
    return entry.hash;
  }

  @Override
  protected CallEntry next(CallEntry entry) {
    return entry.chainNext;
  }

  @Override
  protected void setNext(CallEntry entry, CallEntry next) {
    entry.chainNext = next;
  }

  /** Bytes of all entries and of the table itself. */
  long bytes() {
    return bytes + bucketBytes();
  }

  /** Entries made so far. */
  long created() {
    return nextId;
  }

  /** The newest entry of a bucket, from 0 to {@link #bucketCount} - 1. */
  CallEntry inBucket(int index) {
    return bucket(index);
  }

  CallEntry oldest() {
    return oldest;
  }

  CallEntry newest() {
    return newest;
  }

  /** Adds a new entry and gives it its number. */
  void add(CallEntry entry) {
    entry.id = nextId++;
    restore(entry);
  }

  /** As many entries were made before. */
  void restoreCreated(long count) {
    nextId = Math.max(nextId, count);
  }

  /** Adds an entry with its number, the highest so far. */
  void restore(CallEntry entry) {
    nextId = Math.max(nextId, entry.id + 1);
    link(entry);
    entry.olderEntry = newest;
    if (newest == null) {
      oldest = entry;
    } else {
      newest.newerEntry = entry;
    }
    newest = entry;
    bytes += entry.bytes();
  }

  void remove(CallEntry entry) {
    unlink(entry);
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
    bytes -= entry.bytes();
  }

  /** The size of an entry of the table has changed. */
  void resized(int byBytes) {
    bytes += byBytes;
  }
}
