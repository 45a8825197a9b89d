package io.callscope.web.counters;

import io.callscope.counters.CounterTable;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;

/**
 * What instances have counted in sum. Of those that are gone what they have counted stays, but what
 * they held is held no more; they are added up once, not each time those that run tell of
 * themselves. One thread.
 */
final class FigureSum {
  private final CounterTable folded = new CounterTable();
  private CounterTable gone = new CounterTable();

  /** This one is gone for good: its figures need not be known apart any more. */
  void fold(JsonObject snapshot) {
    folded.add(CounterTables.of(List.of(snapshot)).ended());
  }

  /** These are gone, but may come back; all others that were before have come back. */
  void gone(Collection<JsonObject> snapshots) {
    gone = CounterTables.of(snapshots).ended();
    gone.add(folded);
  }

  /** The sum of all; not changed any more. */
  CounterTable with(Collection<JsonObject> running) {
    CounterTable sum = CounterTables.of(running);
    sum.add(gone);
    return sum;
  }
}
