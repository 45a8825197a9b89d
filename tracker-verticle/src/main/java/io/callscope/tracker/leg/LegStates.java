package io.callscope.tracker.leg;

import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;
import io.callscope.tracker.state.StateTable;
import io.callscope.tracker.state.StateWalk;
import java.util.Comparator;

/** What SBCs tell as it is saved. One thread. */
final class LegStates extends StateTable<Leg> {
  private static final int TAG = 2;
  private static final Comparator<Leg> BY_AGE =
      Comparator.<Leg>comparingLong(leg -> leg.heardNanos).thenComparingLong(leg -> leg.id);

  private final LegTable table;
  private final Legs legs;

  LegStates(LegTable table, Legs legs) {
    super(TAG);
    this.table = table;
    this.legs = legs;
  }

  @Override
  protected void writeImage(Leg leg, ImageWriter out) {
    LegImage.write(leg, out);
  }

  @Override
  protected Leg read(long id, ImageReader in) {
    Leg leg = LegImage.read(in);
    leg.id = id;
    return leg;
  }

  @Override
  protected Comparator<Leg> order() {
    return BY_AGE;
  }

  @Override
  protected void restore(Leg leg) {
    legs.restore(leg);
  }

  @Override
  protected void restored() {
    legs.restored();
  }

  @Override
  protected StateWalk<Leg> walk() {
    return new LegWalk(table);
  }

  @Override
  protected int size() {
    return table.size();
  }
}
