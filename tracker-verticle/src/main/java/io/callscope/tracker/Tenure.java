package io.callscope.tracker;

import io.callscope.bus.ProcessName;

/**
 * Who runs a partition or the event stage, of which there is one in a JVM or cluster.
 *
 * @param process where it runs
 * @param term rises with each owner: in one JVM with each start, so that a partition that begins
 *     anew is not taken for one that repeats itself
 */
public record Tenure(ProcessName process, long term) {
  /** The first in one JVM. */
  public static final Tenure ALONE = alone(0);

  /** In one JVM. */
  public static Tenure alone(long term) {
    return new Tenure(ProcessName.ALONE, term);
  }

  /** Another process may take over: not in one JVM. */
  boolean mayPass() {
    return !process.equals(ProcessName.ALONE);
  }
}
