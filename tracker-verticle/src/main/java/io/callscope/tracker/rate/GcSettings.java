package io.callscope.tracker.rate;

import io.callscope.tracker.rate.Criterion.State;
import java.util.List;

/** When and how rate entries are let go: in the background, and where the table is nearly full. */
public record GcSettings(Periodic periodic, Pressure pressure) {
  private static final long SECOND = 1_000_000_000L;

  /** A bound in work, not in time, so that the same events give the same. */
  private static final int MAX_WALKED = 20_000;

  /**
   * The collection in the background: removes entries that are not over a limit and were last let
   * through long ago.
   *
   * @param intervalNanos its period, 0 = off
   * @param oldAgeNanos how long ago
   * @param target it stops at so many entries
   * @param maxWalked entries one piece of it may walk
   */
  public record Periodic(long intervalNanos, long oldAgeNanos, long target, int maxWalked) {}

  /**
   * The collections that a new entry starts.
   *
   * @param lightTrigger from this many entries on a light collection
   * @param lightTarget which stops here
   * @param lightAgeNanos and removes entries that are not over a limit and were last let through
   *     longer ago
   * @param hardTarget a full table is collected down to this, by the criteria in turn
   * @param hardCriteria from the gentlest to the harshest
   * @param maxWalked entries one collection may walk
   */
  public record Pressure(
      long lightTrigger,
      long lightTarget,
      long lightAgeNanos,
      long hardTarget,
      List<Criterion> hardCriteria,
      int maxWalked) {

    public Pressure {
      hardCriteria = List.copyOf(hardCriteria);
    }

    static Pressure defaults(long maxEntries) {
      return new Pressure(
          percent(maxEntries, 85),
          percent(maxEntries, 80),
          900 * SECOND,
          percent(maxEntries, 90),
          List.of(
              Criterion.idle(State.OK, 600 * SECOND),
              Criterion.idle(State.OK, 30 * SECOND),
              Criterion.idle(State.EXCEEDED, 10 * SECOND)),
          MAX_WALKED);
    }

    private static long percent(long of, long percent) {
      return of / 100 * percent + of % 100 * percent / 100;
    }

    /** The same shares of a table of another size. */
    public Pressure scaled(long from, long to) {
      double scale = (double) to / from;
      return new Pressure(
          (long) (lightTrigger * scale),
          (long) (lightTarget * scale),
          lightAgeNanos,
          (long) (hardTarget * scale),
          hardCriteria,
          maxWalked);
    }
  }

  /** The defaults for a table of so many entries. */
  public static GcSettings defaults(long maxEntries) {
    return new GcSettings(
        new Periodic(10 * SECOND, 300 * SECOND, 10, MAX_WALKED), Pressure.defaults(maxEntries));
  }

  public GcSettings with(Periodic other) {
    return new GcSettings(other, pressure);
  }

  public GcSettings with(Pressure other) {
    return new GcSettings(periodic, other);
  }
}
