package io.callscope.cluster;

import com.hazelcast.map.IMap;
import io.callscope.tracker.stage.Numbering;
import java.util.concurrent.CompletionStage;

/**
 * The numbers of events in a map that outlives their process. They are reserved in blocks, so that
 * no event has to wait: a number is in the map, with all below it, before it is given. The
 * successor of an event stage that has died goes on behind its block.
 */
final class SharedNumbers implements Numbering {
  /** More than are given in a second. */
  static final long BLOCK = 1_000_000;

  private static final String KEY = "next";

  private final IMap<String, Long> map;
  private volatile long reserved;

  SharedNumbers(IMap<String, Long> map) {
    this.map = map;
  }

  @Override
  public CompletionStage<Long> open() {
    return map.getAsync(KEY)
        .thenCompose(
            found -> {
              long first = found == null ? 0 : found;
              return reserve(first + BLOCK).thenApply(done -> first);
            });
  }

  private CompletionStage<Void> reserve(long until) {
    return map.setAsync(KEY, until).thenRun(() -> reserved = until);
  }

  @Override
  public void reached(long next) {
    if (next > reserved - BLOCK / 2) {
      reserve(next + BLOCK);
    }
  }

  @Override
  public CompletionStage<Void> close(long next) {
    return map.setAsync(KEY, next);
  }
}
