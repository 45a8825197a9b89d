package io.callscope.web.health;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells what is on its way from what has gone missing: the figures of two services are never of the
 * same moment, but a difference that stays while nothing moves any more is no delay. One thread.
 */
public final class StuckStages {
  /** Every service tells its figures each second. */
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  private Map<String, Seen> seen = Map.of();

  private record Seen(long in, long open, long sinceNanos) {}

  public void sample(List<Stage> stages, long nowNanos) {
    Map<String, Seen> now = new HashMap<>();
    for (Stage stage : stages) {
      Seen before = seen.get(stage.name());
      boolean same = before != null && before.in == stage.in() && before.open == stage.open();
      now.put(stage.name(), same ? before : new Seen(stage.in(), stage.open(), nowNanos));
    }
    seen = now;
  }

  /** Names of the stages that cannot account for all that came in. */
  public Set<String> at(long nowNanos) {
    return seen.entrySet().stream()
        .filter(entry -> entry.getValue().open != 0)
        .filter(entry -> nowNanos - entry.getValue().sinceNanos >= PATIENCE_NANOS)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
