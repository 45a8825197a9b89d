package io.callscope.bus;

import io.vertx.core.buffer.Buffer;

/** Lets benchmarks write and read batches as they cross from one process to another. */
public final class SipBatches {
  private static final SipBatchCodec CODEC = new SipBatchCodec();

  private SipBatches() {}

  public static Buffer write(SipBatch batch) {
    Buffer buffer = Buffer.buffer();
    CODEC.encodeToWire(buffer, batch);
    return buffer;
  }

  public static SipBatch read(Buffer buffer) {
    return CODEC.decodeFromWire(0, buffer);
  }
}
