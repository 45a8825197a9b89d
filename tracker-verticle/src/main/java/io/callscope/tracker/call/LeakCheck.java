package io.callscope.tracker.call;

/**
 * Looks for entries, timers and bindings that have lost each other: the sizes after each batch, and
 * a few entries in turn link by link. A fault it finds is ours, whatever the traffic. One thread.
 */
final class LeakCheck {
  /** Buckets looked at after a batch: few enough to cost nothing that shows. */
  private static final int BUCKETS = 4;

  private final CallStore store;
  private final Bindings bindings;
  private int nextBucket;

  LeakCheck(CallStore store, Bindings bindings) {
    this.store = store;
    this.bindings = bindings;
  }

  /** Nothing is wrong as far as it has looked. Between two messages only. */
  boolean isClean() {
    if (store.table.size() != store.wheel.size()) {
      return false;
    }
    for (int i = 0; i < BUCKETS; i++) {
      nextBucket = nextBucket < store.table.bucketCount() ? nextBucket : 0;
      CallEntry entry = store.table.inBucket(nextBucket++);
      for (; entry != null; entry = entry.chainNext) {
        if (!isSound(entry)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isSound(CallEntry entry) {
    return isInTable(entry)
        && store.wheel.isArmed(entry)
        && entry.deadlineNanos >= store.wheel.settledNanos()
        && bindings.areOf(entry);
  }

  private boolean isInTable(CallEntry entry) {
    CallEntry other = store.table.chain(entry.hash);
    while (other != null && other != entry) {
      other = other.chainNext;
    }
    return other != null;
  }
}
