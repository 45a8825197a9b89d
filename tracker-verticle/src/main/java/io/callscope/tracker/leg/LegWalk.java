package io.callscope.tracker.leg;

import io.callscope.tracker.state.StateWalk;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The legs of a table that are there now, bucket by bucket, while the table goes on changing: a
 * bucket is taken as a whole, and what it gives to another when the table grows goes to one that is
 * still to come.
 */
final class LegWalk implements StateWalk<Leg> {
  private final LegTable table;
  private final Deque<Leg> legs = new ArrayDeque<>();
  private int bucket;
  private Leg leg;

  LegWalk(LegTable table) {
    this.table = table;
  }

  @Override
  public boolean step() {
    if (legs.isEmpty()) {
      if (bucket == table.bucketCount()) {
        return false;
      }
      for (Leg next = table.inBucket(bucket++); next != null; next = next.chainNext) {
        legs.add(next);
      }
    }
    leg = legs.poll();
    return true;
  }

  @Override
  public Leg entry() {
    return leg == null || leg.gone ? null : leg;
  }
}
