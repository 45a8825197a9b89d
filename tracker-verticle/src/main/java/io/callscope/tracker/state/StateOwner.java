package io.callscope.tracker.state;

import java.util.concurrent.Executor;

/**
 * A partition in the store, opened by this process.
 *
 * @param epoch of this opening
 */
record StateOwner(int partition, StateStore store, long epoch) {
  /** Forgets segments. What fails stays until the partition is opened again. */
  void drop(long from, long to, StateCounters counters, Executor thread) {
    store
        .drop(partition, from, to)
        .whenCompleteAsync(
            (done, failure) -> {
              if (failure != null) {
                counters.increment(counters.failures);
              }
            },
            thread);
  }
}
