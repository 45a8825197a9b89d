package io.callscope.bus;

/**
 * What a source has to know of the pcap writers.
 *
 * @param workers how many there are, 0 where nothing is ever dumped
 * @param queueLength messages to one of them that may be on their way
 * @param on whether dumping is on at the start; later {@link Addresses#DUMPING} tells
 * @param errors whether messages with errors are wanted too
 */
public record DumpPlan(int workers, int queueLength, boolean on, boolean errors) {
  /** Nothing is ever dumped. */
  public static final DumpPlan NONE = new DumpPlan(0, 1, false, false);

  public DumpPlan {
    if (workers < 0 || queueLength < 1) {
      throw new IllegalArgumentException("no such writers: " + workers + ", " + queueLength);
    }
  }

  /** Messages in one batch: a queue that is shorter than a batch makes shorter batches. */
  public int recordsPerBatch() {
    return Math.min(queueLength, SipBatchBuilder.MAX_RECORDS);
  }

  /** Batches to one writer that may be unacknowledged. */
  public int credits() {
    return Math.max(1, queueLength / SipBatchBuilder.MAX_RECORDS);
  }
}
