package io.callscope.bus;

/** Takes the batches of a feed. The source's thread calls it. */
public interface BatchSink {
  /**
   * Takes a credit for one batch to a partition, waiting for it if need be.
   *
   * @param timeoutNanos longest wait, 0 for none
   * @return false if there was none in time
   */
  boolean credit(int partition, long timeoutNanos) throws InterruptedException;

  /** Credits to a partition that are free now. */
  int credits(int partition);

  /** Sends a batch for which a credit was taken. Does not block. */
  void send(int partition, SipBatch batch);
}
