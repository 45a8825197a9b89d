package io.callscope.tracker.partition;

import io.callscope.bus.EventTime;
import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;
import io.callscope.tracker.state.StateConfig;
import io.callscope.tracker.state.StateCounters;
import io.callscope.tracker.state.StateHead;
import io.callscope.tracker.state.StateKeeper;
import io.callscope.tracker.state.StateLoader;
import io.callscope.tracker.state.StateTable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** How the state of a partition outlives its process. On the partition's thread. */
public final class PartitionState {
  private final Partition partition;
  private final int number;
  private final List<StateTable<?>> tables;
  private final StateCounters counters;

  /** The clock when another owner saved it last, ns since 1970; 0 if there was none. */
  private long takenOverNanos;

  /**
   * @param faults takes what a fault of ours in an entry has thrown
   */
  PartitionState(
      Partition partition,
      Consumer<RuntimeException> faults,
      int number,
      List<StateTable<?>> tables) {
    this.partition = partition;
    counters = new StateCounters(faults);
    this.number = number;
    this.tables = tables;
  }

  /**
   * What takes the partition over from its last owner, and saves it from then on.
   *
   * @param thread runs a task later on the partition's thread
   * @param nanoClock of any zero
   * @param heardClock what {@link Partition#accept} is told
   */
  public StateKeeper keeper(
      StateConfig config, Executor thread, LongSupplier nanoClock, LongSupplier heardClock) {
    StateHead head = new Head(heardClock);
    return new StateKeeper(
        number,
        () -> new StateLoader(number, config, head, tables, counters, thread, nanoClock),
        counters,
        nanoClock);
  }

  public StateCounters counters() {
    return counters;
  }

  private final class Head implements StateHead {
    private final LongSupplier heardClock;

    Head(LongSupplier heardClock) {
      this.heardClock = heardClock;
    }

    @Override
    public void write(ImageWriter out) {
      partition.write(out);
    }

    @Override
    public void read(ImageReader in) {
      partition.read(in, heardClock.getAsLong());
      takenOverNanos = partition.nowNanos();
    }
  }

  /**
   * Adds to the view of a call, under the names of {@code docs/bus.md}, that it is older than what
   * this process has seen of it: its messages from before are not in the ring.
   */
  void describe(Map<String, Object> view) {
    if (takenOverNanos != 0 && EventTime.nanos((String) view.get("created")) <= takenOverNanos) {
      view.put("takenOver", EventTime.text(takenOverNanos));
    }
  }
}
