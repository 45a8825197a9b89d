package io.callscope.tracker.partition;

import io.callscope.counters.CounterGroup;
import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Feed;
import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.state.MemoryStore;
import io.callscope.tracker.state.StateConfig;
import io.callscope.tracker.state.StateKeeper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Measures what saving costs: a partition is filled with open calls, saved, followed through calls
 * that come and go, and taken over. Run by hand:
 *
 * <pre>
 * java -Xmx3g -cp … io.callscope.tracker.partition.StateMeasurement 1000000 200000
 * </pre>
 */
public final class StateMeasurement {
  private static final long WALL = 1_800_000_000_000_000_000L;
  private static final int BATCH_CALLS = 32;

  private final MemoryStore store;
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final Partition partition = new Partition(0, new CallSettings(), 0);
  private final StateKeeper keeper;
  private long longestTurnNanos;

  private StateMeasurement(MemoryStore store, boolean saves) {
    this.store = store;
    keeper =
        saves
            ? partition
                .state()
                .keeper(new StateConfig(store, () -> {}), tasks::add, System::nanoTime, () -> WALL)
            : null;
  }

  public static void main(String[] arguments) {
    int open = Integer.parseInt(arguments[0]);
    int passing = Integer.parseInt(arguments[1]);
    for (int round = 0; round < 3; round++) {
      StateMeasurement without = new StateMeasurement(new MemoryStore(), false);
      without.fill(open / 10);
      System.out.printf("without a store: %,d calls/s%n", without.pass(open, passing));
      StateMeasurement owner = new StateMeasurement(new MemoryStore(), true);
      owner.measure(open, passing);
    }
  }

  private void measure(int open, int passing) {
    keeper.start();
    drain();
    fill(open);
    tell("filled, saved while filling", open);
    long before = store.written();
    long speed = pass(open, passing);
    System.out.printf(
        "with a store: %,d calls/s, %,d bytes written a call, log %,d MB%n",
        speed, (store.written() - before) / passing, counter("log_bytes") >> 20);
    keeper.stop();
    long from = System.nanoTime();
    while (!tasks.isEmpty()) {
      drain();
    }
    System.out.printf(
        "stopped in %,d ms%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from));

    StateMeasurement next = new StateMeasurement(store, true);
    from = System.nanoTime();
    next.keeper.start();
    next.drain();
    System.out.printf(
        "restored %,d entries in %,d ms, longest turn %,d µs%n",
        next.counter("restored"),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from),
        TimeUnit.NANOSECONDS.toMicros(next.longestTurnNanos));
  }

  private void tell(String what, int calls) {
    System.out.printf(
        "%s: %,d bytes a call in the log, longest turn %,d µs%n",
        what, counter("log_bytes") / calls, TimeUnit.NANOSECONDS.toMicros(longestTurnNanos));
    longestTurnNanos = 0;
  }

  private long counter(String name) {
    CounterGroup group = partition.state().counters().group();
    for (int i = 0; i < group.definitions().size(); i++) {
      if (group.definitions().get(i).name().equals(name)) {
        return group.value(i);
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** Does what is to do, and notes the longest turn. */
  private void drain() {
    while (!tasks.isEmpty()) {
      long from = System.nanoTime();
      tasks.poll().run();
      longestTurnNanos = Math.max(longestTurnNanos, System.nanoTime() - from);
    }
  }

  private void tick() {
    if (keeper != null) {
      long from = System.nanoTime();
      keeper.tick();
      longestTurnNanos = Math.max(longestTurnNanos, System.nanoTime() - from);
      drain();
    }
  }

  private final Feed feed = new Feed("iface:eth0");

  private void fill(int calls) {
    for (int call = 0; call < calls; call += BATCH_CALLS) {
      for (int i = call; i < call + BATCH_CALLS; i++) {
        start(i, 1_700_000_000_000_000_000L + i * 1000L);
      }
      accept(1_700_000_000_000_000_000L + call * 1000L);
      tick();
    }
    save();
  }

  private void save() {
    if (keeper != null) {
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(600);
      while (System.nanoTime() < until) {
        tick();
      }
    }
  }

  private void start(int number, long nanos) {
    Dialog call = Dialog.call(number);
    feed.add(call.request("INVITE", "", 1), nanos);
    feed.add(call.reply(180, "INVITE", "b", 1), nanos);
    feed.add(call.reply(200, "INVITE", "b", 1), nanos);
    feed.add(call.request("ACK", "b", 1), nanos);
  }

  private void accept(long nanos) {
    partition.accept(feed.build(nanos), WALL);
    partition.takeEvents();
  }

  /** Calls that begin and end; returns how many a second. */
  private long pass(int from, int calls) {
    long began = System.nanoTime();
    for (int call = from; call < from + calls; call += BATCH_CALLS) {
      long nanos = 1_700_000_100_000_000_000L + call * 500_000L;
      for (int i = call; i < call + BATCH_CALLS; i++) {
        start(i, nanos);
        Dialog dialog = Dialog.call(i);
        feed.add(dialog.request("BYE", "b", 2), nanos);
        feed.add(dialog.reply(200, "BYE", "b", 2), nanos);
      }
      accept(nanos);
      tick();
    }
    return calls * 1_000_000_000L / (System.nanoTime() - began);
  }
}
