package io.callscope.tracker;

import io.callscope.bus.ProcessName;

/**
 * Who runs a partition or the event stage, of which there is one in a JVM or cluster.
 *
 * @param process where it runs
 * @param term rises with each owner in a cluster
 */
public record Tenure(ProcessName process, long term) {
  /** In one JVM nothing changes hands. */
  public static final Tenure ALONE = new Tenure(ProcessName.ALONE, 0);
}
