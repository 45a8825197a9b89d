package io.callscope.tracker.state;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a partition from its start to its end: restored first, then saved, and if the store
 * does not answer, begun empty and saved once it does. On the partition's thread.
 */
public final class StateKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(StateKeeper.class);
  private static final int ATTEMPTS = 3;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONG_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final int partition;
  private final Supplier<StateLoader> loaders;
  private final StateCounters counters;
  private final LongSupplier clock;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private StateSaver saver;
  private int attempts;
  private boolean asking;
  private long nextNanos;

  /**
   * @param loaders makes one for each attempt
   * @param clock nanoseconds of any zero
   */
  public StateKeeper(
      int partition, Supplier<StateLoader> loaders, StateCounters counters, LongSupplier clock) {
    this.partition = partition;
    this.loaders = loaders;
    this.counters = counters;
    this.clock = clock;
  }

  /** Restores what there is. Completes, on the partition's thread, when the partition can begin. */
  public CompletionStage<Void> start() {
    ask();
    return started;
  }

  private void ask() {
    asking = true;
    StateLoader loader = loaders.get();
    CompletionStage<StateSaver> answer = started.isDone() ? loader.overwrite() : loader.load();
    answer.whenComplete(this::answered);
  }

  private void answered(StateSaver opened, Throwable failure) {
    asking = false;
    if (failure == null) {
      saver = opened;
      started.complete(null);
      return;
    }
    counters.increment(counters.failures);
    if (++attempts == ATTEMPTS) {
      counters.increment(counters.unreachable);
      LOG.warn("partition {}: the store does not answer; begun empty", partition, failure);
      started.complete(null);
    }
    nextNanos = clock.getAsLong() + (started.isDone() ? LONG_PAUSE_NANOS : PAUSE_NANOS);
  }

  /** Time goes by, some times a second, from the start to the end of {@link #stop}. */
  public void tick() {
    if (saver != null) {
      saver.tick();
    } else if (!asking && clock.getAsLong() - nextNanos >= 0) {
      ask();
    }
  }

  /** Saves the rest. */
  public CompletionStage<Void> stop() {
    return saver == null ? CompletableFuture.completedFuture(null) : saver.finish();
  }

  /** The rest could not be saved in time. */
  public void stoppedWithout() {
    counters.increment(counters.unsaved);
  }
}
