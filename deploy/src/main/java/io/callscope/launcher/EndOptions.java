package io.callscope.launcher;

import io.callscope.config.Options;
import io.callscope.config.Settings;
import java.util.List;

/**
 * What to do after the end of the input.
 *
 * @param forceTimeoutMillis {@code -end_force_timeout}, 0 for none
 * @param waitMillis {@code -end_wait}
 * @param runForever {@code -run_forever}
 * @param statsGroups {@code -stats_groups}: {@code all} alone, or names
 */
record EndOptions(
    long forceTimeoutMillis, long waitMillis, boolean runForever, List<String> statsGroups) {

  static EndOptions of(Settings settings) {
    return new EndOptions(
        settings.get(Options.END_FORCE_TIMEOUT).toMillis(),
        settings.get(Options.END_WAIT).toMillis(),
        settings.get(Options.RUN_FOREVER),
        settings.get(Options.STATS_GROUPS));
  }
}
