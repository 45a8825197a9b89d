package io.callscope.capture.source;

import io.callscope.bus.BatchSink;

/** Has a credit for each batch; says what becomes of one. */
@FunctionalInterface
public interface OpenSink extends BatchSink {
  @Override
  default boolean credit(int partition, long timeoutNanos) {
    return true;
  }

  @Override
  default int credits(int partition) {
    return Integer.MAX_VALUE;
  }
}
