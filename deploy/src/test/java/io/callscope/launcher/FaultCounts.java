package io.callscope.launcher;

import io.callscope.counters.CounterGroup;

/** Reads the counters of faults by name. */
final class FaultCounts {
  private FaultCounts() {}

  static long of(Faults faults, String counter) {
    CounterGroup group = faults.counters();
    for (int i = 0; i < group.definitions().size(); i++) {
      if (group.definitions().get(i).name().equals(counter)) {
        return group.value(i);
      }
    }
    return 0;
  }
}
