package io.callscope.tracker.state;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import java.util.function.Consumer;

/** Group {@code state}: what of a partition is saved, and what was found when it was taken over. */
public final class StateCounters {
  private final CounterGroup.Builder builder = new CounterGroup.Builder("state");
  final int saves = builder.add("saves", "states saved, as a whole");
  final int entries = builder.add("entries_saved", "images of entries written");
  final int removed = builder.add("removed_saved", "entries written as gone");
  final int segments = builder.add("segments", "segments written");
  final int bytes = builder.add("bytes", "bytes written");
  final int failures =
      builder.add("failures", "requests to the store that failed, each done again");
  private final int failedEntries =
      builder.add(
          "failed_entries", "entries that could not be written or restored: a fault of ours");
  final int fuzzy =
      builder.add(
          "fuzzy", "entries written newer than the rest of their save, since the store lagged");
  final int renewed = builder.add("renewed", "logs given up and begun anew");
  final int logBytes =
      builder.add("log_bytes", CounterKind.GAUGE_MAX, "bytes the store has of this partition");
  final int lagMillis =
      builder.add(
          "lag_millis",
          CounterKind.GAUGE_LARGEST,
          "age of the saved state while there is a newer one");
  final int saveMillis =
      builder.add("save_millis", CounterKind.GAUGE_LARGEST, "what the last save took in all");
  final int turnMicros =
      builder.add("turn_micros", CounterKind.GAUGE_MAX, "the last turn of writing or restoring");
  final int restored = builder.add("restored", "entries that came from the store");
  final int restoreMillis =
      builder.add("restore_millis", CounterKind.GAUGE_MAX, "what restoring took");
  final int lostSegments =
      builder.add("lost_segments", "segments missing or damaged when restoring");
  final int lostEntries =
      builder.add("lost_entries", "entries that could not be restored from their image");
  final int lostHeads =
      builder.add("lost_heads", "heads damaged when restoring: the partition began empty");
  private final int skippedEvents =
      builder.add(
          "skipped_events",
          "events of timers that ended between the saved state and the last owner's end: it had"
              + " raised them, or a message that is gone had moved them");
  private final int forgottenEvents =
      builder.add(
          "forgotten_events",
          "events not published yet that the next owner would not send: too many were kept");
  final int unreachable =
      builder.add("unreachable", "starts without the store, which did not answer: begun empty");
  final int unsaved =
      builder.add("unsaved", "stops at which the last changes could not be saved in time");
  final int fenced = builder.add("fenced", "ends since another owner had taken the partition");
  private final CounterGroup group = builder.build();
  private final Consumer<RuntimeException> faults;

  /**
   * @param faults takes what a fault of ours in an entry has thrown
   */
  public StateCounters(Consumer<RuntimeException> faults) {
    this.faults = faults;
  }

  public CounterGroup group() {
    return group;
  }

  /** An entry could not be written or restored, by a fault of ours. */
  void failedEntry(RuntimeException fault) {
    increment(failedEntries);
    faults.accept(fault);
  }

  /** An event that is not published yet is not kept any more. */
  public void forgottenEvent() {
    increment(forgottenEvents);
  }

  /** An event was not raised, since it happened in the time of the last owner. */
  public void skippedEvent() {
    increment(skippedEvents);
  }

  void increment(int counter) {
    group.increment(counter);
  }

  void add(int counter, long by) {
    group.add(counter, by);
  }

  void set(int counter, long value) {
    group.set(counter, value);
  }
}
