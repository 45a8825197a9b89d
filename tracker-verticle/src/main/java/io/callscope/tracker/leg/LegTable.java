package io.callscope.tracker.leg;

import io.callscope.table.ChainedTable;

/** Legs by Call-ID, and in the order in which they were last heard of. One thread. */
final class LegTable extends ChainedTable<Leg> {
  private Leg oldest;
  private Leg newest;

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

  void add(Leg leg, long nowNanos) {
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

  void remove(Leg leg) {
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
