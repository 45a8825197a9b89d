package io.callscope.tracker.state;

/**
 * How a partition's state outlives its process.
 *
 * @param fenced told once, on the partition's thread, that another owner has taken the partition
 * @param tuning for large and small partitions
 */
public record StateConfig(StateStore store, Runnable fenced, Tuning tuning) {
  /**
   * Sizes of the work.
   *
   * @param entriesPerTurn most entries written or restored before other things get their turn
   * @param segmentBytes a segment is closed when it has so many; its last record may reach beyond
   * @param smallLogBytes a log below is not worth to be made smaller
   */
  public record Tuning(int entriesPerTurn, int segmentBytes, long smallLogBytes) {
    public static final Tuning USUAL = new Tuning(1000, 128 << 10, 4 << 20);
  }

  public StateConfig(StateStore store, Runnable fenced) {
    this(store, fenced, Tuning.USUAL);
  }
}
