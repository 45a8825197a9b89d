package io.callscope.cluster;

import com.hazelcast.map.IMap;
import io.callscope.tracker.stage.Numbering;
import java.util.concurrent.CompletionStage;

/**
 * The numbers of events in a map that outlives their process. They are reserved ahead, so that no
 * event has to wait: more than ten times as many as were given between two looks. The successor of
 * an event stage that has died goes on behind them. The gap is small, since who keeps the last so
 * many numbers would forget that many events.
 */
final class SharedNumbers implements Numbering {
  static final long LEAST_AHEAD = 1000;
  private static final long AHEAD_PER_GIVEN = 10;

  private static final String KEY = "next";

  private final IMap<String, Long> map;
  private volatile long reserved;
  private volatile long reached;

  SharedNumbers(IMap<String, Long> map) {
    this.map = map;
  }

  @Override
  public CompletionStage<Long> open() {
    return map.getAsync(KEY)
        .thenCompose(
            found -> {
              long first = found == null ? 0 : found;
              reached = first;
              return reserve(first + LEAST_AHEAD).thenApply(done -> first);
            });
  }

  private CompletionStage<Void> reserve(long until) {
    return map.setAsync(KEY, until).thenRun(() -> reserved = until);
  }

  @Override
  public void reached(long next) {
    if (reserved == 0) {
      return; // not opened yet
    }
    long ahead = LEAST_AHEAD + AHEAD_PER_GIVEN * (next - reached);
    reached = next;
    if (next + ahead / 2 > reserved) {
      reserve(next + ahead);
    }
  }

  @Override
  public CompletionStage<Void> close(long next) {
    return map.setAsync(KEY, next);
  }
}
