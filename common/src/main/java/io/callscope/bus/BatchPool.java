package io.callscope.bus;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The arrays of acknowledged batches, for batches to come: a source at full speed would otherwise
 * clear a gigabyte of new memory each second. Whoever gives a batch back vouches that nobody reads
 * it any more. For any thread.
 */
public final class BatchPool {
  private static final int MAX_KEPT = 64;

  private final Deque<SipBatch> kept = new ArrayDeque<>();

  /** Takes the arrays of a batch whose receiver is done with it. */
  public synchronized void give(SipBatch batch) {
    if (kept.size() < MAX_KEPT && batch.bytes().length == SipBatchBuilder.MAX_BYTES) {
      kept.push(batch);
    }
  }

  /** A batch whose arrays may be written over, or null. */
  synchronized SipBatch take() {
    return kept.poll();
  }

  /**
   * A batch of another process of at most {@link SipBatchBuilder#MAX_RECORDS}, whose arrays are
   * still to be filled; they come back here with its {@link SipBatch#release}.
   */
  SipBatch batch(String source, long sequence, long markNanos, boolean last, int size) {
    SipBatch old = take();
    return new SipBatch(
        source,
        sequence,
        markNanos,
        last,
        size,
        old == null ? new byte[SipBatchBuilder.MAX_BYTES] : old.bytes(),
        old == null ? new int[SipBatchBuilder.MAX_RECORDS * SipBatch.INTS] : old.ints(),
        old == null ? new long[SipBatchBuilder.MAX_RECORDS * SipBatch.LONGS] : old.longs(),
        this);
  }
}
