package io.callscope.tracker.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.SipBatch;
import io.callscope.tracker.state.MemoryStore;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a partition whose store is slow, broken, damaged or in other hands. */
class StateStoreFaultsTest {
  private final MemoryStore store = new MemoryStore();
  private final Deque<Runnable> storeTasks = new ArrayDeque<>();
  private final List<SipBatch> batches = StateTraffic.of(5, 400);

  private StateRun run() {
    return new StateRun(store, storeTasks);
  }

  private StateRun filled(int batchCount) {
    StateRun owner = run().start();
    batches.subList(0, batchCount).forEach(owner::accept);
    return owner;
  }

  private static long active(StateRun run) {
    return run.counter("calls", "active");
  }

  @Test
  void whileTheStoreIsSlowASaveWaitsForTheOneBefore() {
    StateRun owner = filled(10);
    for (int i = 10; i < 40; i++) {
      owner.accept(batches.get(i));
      for (int ticks = 0; ticks < 20; ticks++) {
        owner.tick();
      }
    }
    assertThat(storeTasks).as("requests on their way").hasSizeLessThanOrEqualTo(4);
    assertThat(store.commits()).isZero();
    assertThat(owner.counter("state", "lag_millis")).isGreaterThan(5000);

    owner.save();

    assertThat(owner.counter("state", "lag_millis")).isLessThan(300);
    owner.stop();
    assertThat(active(run().start())).isEqualTo(active(owner)).isPositive();
  }

  @Test
  void whatFailsIsDoneAgain() {
    StateRun owner = filled(20);
    store.setBroken(true);
    owner.save();
    assertThat(store.commits()).isZero();
    assertThat(owner.counter("state", "failures")).isPositive();
    batches.subList(20, 30).forEach(owner::accept);
    store.setBroken(false);

    owner.stop();

    StateRun next = run().start();
    assertThat(active(next)).isEqualTo(active(owner)).isPositive();
    next.assertSound();
  }

  @Test
  void anOwnerThatWasReplacedSavesNoMore() {
    StateRun frozen = filled(20);
    frozen.save();
    StateRun next = run().start();
    batches.subList(20, 30).forEach(next::accept);
    next.save();

    batches.subList(20, 50).forEach(frozen::accept);
    frozen.save();

    assertThat(frozen.fenced).isTrue();
    assertThat(frozen.counter("state", "fenced")).isEqualTo(1);
    long commits = store.commits();
    frozen.save();
    frozen.stop();
    assertThat(store.commits()).isEqualTo(commits);
    assertThat(next.fenced).isFalse();
    next.stop();
    StateRun third = run().start();
    assertThat(active(third)).isEqualTo(active(next));
    third.assertSound();
    assertThat(store.kept(0).segments.keySet())
        .as("what the replaced one has left")
        .noneMatch(segment -> (segment >> 32) == 1 && segment > last(1));
  }

  private long last(long epoch) {
    return store.kept(0).segments.keySet().stream()
        .filter(segment -> segment >> 32 == epoch)
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  @Test
  void withoutAStoreItBeginsEmptyAndSavesOnceItAnswers() {
    StateRun before = filled(20);
    before.stop();
    store.setBroken(true);
    StateRun owner = run().start();
    assertThat(owner.counter("state", "unreachable")).isEqualTo(1);
    assertThat(active(owner)).isZero();
    batches.subList(20, 30).forEach(owner::accept);
    store.setBroken(false);
    for (int ticks = 0; ticks < 300; ticks++) {
      owner.tick();
      owner.work();
    }

    assertThat(owner.counter("state", "renewed")).isEqualTo(1);
    owner.stop();
    StateRun next = run().start();
    assertThat(active(next)).isEqualTo(active(owner)).isPositive();
    next.assertSound();
  }

  @Test
  void aLogThatIsMostlyOldIsMadeSmaller() {
    StateRun owner = run().start();
    long largest = 0;
    for (SipBatch batch : batches) {
      owner.accept(batch);
      owner.save();
      largest = Math.max(largest, owner.counter("state", "log_bytes"));
    }
    assertThat(store.written()).isGreaterThan(4 * largest);
    long kept = store.kept(0).segments.values().stream().mapToLong(bytes -> bytes.length).sum();
    assertThat(owner.counter("state", "log_bytes")).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void damageIsCountedAndTheRestIsRestored(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StateRun owner = filled(60);
    owner.stop();
    int damaged = 0;
    for (var segment : store.kept(0).segments.entrySet()) {
      if (random.nextInt(4) == 0) {
        byte[] bytes = segment.getValue();
        switch (random.nextInt(3)) {
          case 0 -> bytes[random.nextInt(bytes.length)] ^= 0x10;
          case 1 -> segment.setValue(Arrays.copyOf(bytes, random.nextInt(bytes.length)));
          default -> segment.setValue(null);
        }
        damaged++;
      }
    }

    StateRun next = run().start();

    assertThat(next.counter("state", "lost_segments")).isEqualTo(damaged).isPositive();
    assertThat(active(next)).isPositive();
    batches.subList(60, batches.size()).forEach(next::accept);
    next.stop();
    assertThat(next.counter("partition", "failed")).isZero();
    assertThat(next.counter("partition", "leak_checks_failed")).isZero();
  }

  @Test
  void withADamagedHeadItBeginsEmpty() {
    StateRun owner = filled(60);
    owner.stop();
    store.kept(0).head[20] ^= 1;

    StateRun next = run().start();

    assertThat(next.counter("state", "lost_heads")).isEqualTo(1);
    assertThat(active(next)).isZero();
    next.work();
    assertThat(store.kept(0).segments).as("nobody reads them any more").isEmpty();
    batches.forEach(next::accept);
    next.stop();
    run().start().assertSound();
  }
}
