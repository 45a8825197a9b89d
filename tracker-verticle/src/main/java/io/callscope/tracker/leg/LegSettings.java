package io.callscope.tracker.leg;

import java.util.concurrent.TimeUnit;

/**
 * What a partition keeps of what SBCs tell.
 *
 * @param maxEntries most Call-IDs of which anything is kept
 * @param waitNanos how long a call-end waits for the report of its call, 0 for not at all
 */
public record LegSettings(int maxEntries, long waitNanos) {
  public static final LegSettings DEFAULTS = new LegSettings(1 << 20, TimeUnit.SECONDS.toNanos(1));
}
