package io.callscope.tracker.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventBatch;
import io.callscope.bus.EventJson;
import io.callscope.bus.SipBatch;
import io.callscope.counters.CounterGroup;
import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.leg.LegSettings;
import io.callscope.tracker.state.MemoryStore;
import io.callscope.tracker.state.StateConfig;
import io.callscope.tracker.state.StateKeeper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/** A process with one partition, whose thread, clock and end are in the hands of a test. */
final class StateRun {
  static final long WALL = 1_800_000_000_000_000_000L;
  private static final StateConfig.Tuning SMALL = new StateConfig.Tuning(3, 600, 20_000);
  private static final long TICK_NANOS = 30_000_000;

  final Partition partition;
  final StateKeeper keeper;
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final Deque<Runnable> storeTasks;
  private long nanos;
  boolean fenced;
  boolean started;

  /** The event stage publishes what it gets, and says so. */
  boolean isPublished = true;

  /** What it has told last of how far it is. */
  long markNanos;

  /**
   * @param storeTasks what the store has to do
   */
  StateRun(MemoryStore store, Deque<Runnable> storeTasks, StateConfig.Tuning tuning) {
    this.storeTasks = storeTasks;
    store.doneBy(storeTasks::add);
    CallSettings settings = new CallSettings().registrations(30, 3, false);
    partition = new Partition(0, settings, 0, new LegSettings(300, 1_000_000_000L));
    keeper =
        partition
            .state()
            .keeper(
                new StateConfig(store, () -> fenced = true, tuning),
                tasks::add,
                () -> nanos,
                () -> WALL);
  }

  StateRun(MemoryStore store, Deque<Runnable> storeTasks) {
    this(store, storeTasks, SMALL);
  }

  StateRun start() {
    keeper.start().thenRun(() -> started = true);
    for (int ticks = 0; !started && ticks < 1000; ticks++) {
      work();
      tick();
    }
    assertThat(started).isTrue();
    return this;
  }

  /** Does all there is to do. */
  void work() {
    while (!tasks.isEmpty() || !storeTasks.isEmpty()) {
      next(tasks);
      next(storeTasks);
    }
  }

  /** Does a little of it, of thread and store as it comes. */
  void workSome(SplittableRandom random) {
    for (int left = random.nextInt(12); left > 0; left--) {
      next(random.nextBoolean() ? tasks : storeTasks);
    }
  }

  private static void next(Deque<Runnable> queue) {
    if (!queue.isEmpty()) {
      queue.poll().run();
    }
  }

  void tick() {
    nanos += TICK_NANOS;
    keeper.tick();
  }

  /** Saves everything in good order. */
  void stop() {
    boolean[] stopped = {false};
    keeper.stop().thenRun(() -> stopped[0] = true);
    for (int ticks = 0; !stopped[0] && ticks < 1000; ticks++) {
      work();
      tick();
    }
    assertThat(stopped[0]).isTrue();
  }

  /** Lets it save what it has, however often it must. */
  void save() {
    for (int ticks = 0; ticks < 20; ticks++) {
      tick();
      work();
    }
  }

  /** The events of a batch as JSON; null if it had come before. */
  List<String> accept(SipBatch batch) {
    long before = counter("partition", "repeated");
    partition.accept(batch, WALL);
    EventBatch events = partition.takeEvents();
    if (counter("partition", "repeated") > before) {
      assertThat(events == null || events.events().isEmpty()).isTrue();
      return null;
    }
    markNanos = events == null ? markNanos : events.markNanos();
    if (isPublished) {
      partition.published(Long.MAX_VALUE);
    }
    return json(events == null ? List.of() : events.events());
  }

  List<String> end() {
    return json(partition.takeLastEvents().events());
  }

  private static List<String> json(List<CallEvent> events) {
    List<String> json = new ArrayList<>();
    events.forEach(event -> json.add(EventJson.of(event).encode()));
    return json;
  }

  long counter(String group, String name) {
    for (CounterGroup candidate : partition.counters()) {
      for (int i = 0; i < candidate.definitions().size(); i++) {
        if (candidate.name().equals(group) && candidate.definitions().get(i).name().equals(name)) {
          return candidate.value(i);
        }
      }
    }
    throw new AssertionError("no counter " + group + "." + name);
  }

  /** No fault of ours, and nothing lost. */
  void assertSound() {
    assertThat(counter("partition", "failed")).isZero();
    assertThat(counter("partition", "leak_checks_failed")).isZero();
    assertThat(counter("state", "lost_segments")).isZero();
    assertThat(counter("state", "lost_entries")).isZero();
    assertThat(counter("state", "lost_heads")).isZero();
  }
}
