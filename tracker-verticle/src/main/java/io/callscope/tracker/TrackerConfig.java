package io.callscope.tracker;

import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.leg.LegSettings;
import io.callscope.tracker.state.StateConfig;
import java.util.function.Supplier;

/**
 * What a tracker partition is made of.
 *
 * @param partition its number, from 0
 * @param settings makes the settings a partition starts with; each has its own, which a control may
 *     change
 * @param traceBytes memory for its messages of recent traffic, 0 for none
 * @param legs what is kept of what SBCs tell of calls
 * @param tenure who runs it
 * @param state how its state outlives its process, null if it does not
 */
public record TrackerConfig(
    int partition,
    Supplier<CallSettings> settings,
    long traceBytes,
    LegSettings legs,
    Tenure tenure,
    StateConfig state) {

  /** With what is usual for calls of which no SBC tells, in one JVM. */
  public TrackerConfig(int partition, Supplier<CallSettings> settings, long traceBytes) {
    this(partition, settings, traceBytes, LegSettings.DEFAULTS);
  }

  /** In one JVM. */
  public TrackerConfig(
      int partition, Supplier<CallSettings> settings, long traceBytes, LegSettings legs) {
    this(partition, settings, traceBytes, legs, Tenure.ALONE, null);
  }
}
