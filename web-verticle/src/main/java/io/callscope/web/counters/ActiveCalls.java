package io.callscope.web.counters;

import io.callscope.config.CallStateTimeout;
import io.callscope.counters.CounterTable;
import java.util.List;

/** Calls that are being set up or answered; entries are also those that end, and all else. */
public final class ActiveCalls {
  private static final List<CallStateTimeout> STATES =
      List.of(
          CallStateTimeout.INV_1ST,
          CallStateTimeout.INV_EARLY_DLG,
          CallStateTimeout.INV_ESTABLISHED);

  private ActiveCalls() {}

  /** How many the counters of the trackers tell of. */
  public static long in(CounterTable figures) {
    return STATES.stream().mapToLong(state -> figures.value("calls." + state.shortName())).sum();
  }

  /** Whether they tell. */
  public static boolean isKnown(CounterTable figures) {
    return figures.find("calls.active") != null;
  }
}
