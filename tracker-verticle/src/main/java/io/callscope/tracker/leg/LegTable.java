package io.callscope.tracker.leg;

import io.callscope.table.ChainedTable;

/** Legs by Call-ID, and in the order in which they were last heard of. One thread. */
final class LegTable extends ChainedTable<Leg> {
  /** Longest chain: Call-IDs made to collide do not make every lookup slow. */
  private static final int MAX_CHAIN = 128;

  private Leg oldest;
  private Leg newest;
  private long nextId;

  @Override
  protected int hash(Leg leg) {
    return leg.hash;
  }

  @Override
  protected Leg next(Leg leg) {
    return leg.chainNext;
  }

  @Override
  protected void setNext(Leg leg, Leg next) {
    leg.chainNext = next;
  }

  /** The leg of a Call-ID, or null. */
  Leg find(int hash, byte[] bytes, int at, int length) {
    Leg leg = chain(hash);
    while (leg != null && !leg.is(hash, bytes, at, length)) {
      leg = leg.chainNext;
    }
    return leg;
  }

  /** Legs made so far. */
  long created() {
    return nextId;
  }

  void restoreCreated(long count) {
    nextId = Math.max(nextId, count);
  }

  /** The newest leg of a bucket. */
  Leg inBucket(int index) {
    return bucket(index);
  }

  /** Whether the chain of a hash has room for another leg. */
  boolean hasRoom(int hash) {
    return chainLength(hash) < MAX_CHAIN;
  }

  void add(Leg leg, long nowNanos) {
    leg.id = nextId++;
    link(leg);
    append(leg, nowNanos);
  }

  void heard(Leg leg, long nowNanos) {
    if (leg != newest) {
      detach(leg);
      append(leg, nowNanos);
    }
    leg.heardNanos = nowNanos;
  }

  /** Takes in a leg that was heard of last, of those so far. */
  void restore(Leg leg) {
    restoreCreated(leg.id + 1);
    link(leg);
    append(leg, leg.heardNanos);
  }

  void remove(Leg leg) {
    leg.gone = true;
    unlink(leg);
    detach(leg);
  }

  /** The one heard of longest ago, or null. */
  Leg oldest() {
    return oldest;
  }

  private void append(Leg leg, long nowNanos) {
    leg.heardNanos = nowNanos;
    leg.older = newest;
    leg.newer = null;
    if (newest == null) {
      oldest = leg;
    } else {
      newest.newer = leg;
    }
    newest = leg;
  }

  private void detach(Leg leg) {
    if (leg.older == null) {
      oldest = leg.newer;
    } else {
      leg.older.newer = leg.newer;
    }
    if (leg.newer == null) {
      newest = leg.older;
    } else {
      leg.newer.older = leg.older;
    }
  }
}
