package io.callscope.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * By reference inside a JVM; between JVMs the used part of the arrays, big-endian, behind a short
 * header. What a batch holds is a fifth of a megabyte, so each needless copy of it, and each
 * megabyte of new memory, would show.
 *
 * <pre>
 * bytes behind this (4) | length of the name (2), name of the source | sequence (8) | mark (8)
 * | last (1) | records (4) | length of the bytes (4) | bytes | ints | longs
 * </pre>
 */
final class SipBatchCodec implements MessageCodec<SipBatch, SipBatch> {
  private static final int MAX_NAME_BYTES = 0xffff;

  /** All before the bytes, but for the name. */
  private static final int HEADER_BYTES = 4 + 2 + 8 + 8 + 1 + 4 + 4;

  /** Where header, ints and longs are turned into bytes and back: one a thread. */
  private final ThreadLocal<byte[]> scratch = ThreadLocal.withInitial(() -> new byte[1 << 16]);

  /** Of batches that came over the wire and were followed. */
  private final BatchPool pool = new BatchPool();

  @Override
  public void encodeToWire(Buffer buffer, SipBatch batch) {
    byte[] source = batch.source().getBytes(StandardCharsets.UTF_8);
    if (source.length > MAX_NAME_BYTES) {
      throw new IllegalArgumentException("name of a source with " + source.length + " bytes");
    }
    int rows = rowBytes(batch.size());
    int bytes = batch.usedBytes();
    int headerBytes = HEADER_BYTES + source.length;
    byte[] array = scratch(Math.max(headerBytes, rows));
    ByteBuffer header = ByteBuffer.wrap(array);
    header.putInt(headerBytes - 4 + bytes + rows);
    header.putShort((short) source.length).put(source);
    header.putLong(batch.sequence()).putLong(batch.markNanos());
    header.put((byte) (batch.isLast() ? 1 : 0)).putInt(batch.size()).putInt(bytes);
    buffer.appendBytes(array, 0, headerBytes);
    // The largest part first: the buffer doubles when it grows, and then the rest finds room.
    buffer.appendBytes(batch.bytes(), 0, bytes);
    ByteBuffer wire = ByteBuffer.wrap(array);
    int ints = batch.size() * SipBatch.INTS;
    wire.asIntBuffer().put(batch.ints(), 0, ints);
    wire.position(4 * ints);
    wire.asLongBuffer().put(batch.longs(), 0, batch.size() * SipBatch.LONGS);
    buffer.appendBytes(array, 0, rows);
  }

  private static int rowBytes(int records) {
    return records * (4 * SipBatch.INTS + 8 * SipBatch.LONGS);
  }

  private byte[] scratch(int bytes) {
    byte[] array = scratch.get();
    if (array.length < bytes) {
      array = new byte[bytes];
      scratch.set(array);
    }
    return array;
  }

  /**
   * @throws IllegalArgumentException if that cannot be a batch: no size is believed before memory
   *     is taken for it
   */
  @Override
  public SipBatch decodeFromWire(int position, Buffer buffer) {
    int length = buffer.length() - position;
    if (length < HEADER_BYTES || length < HEADER_BYTES + buffer.getUnsignedShort(position + 4)) {
      throw new IllegalArgumentException("the start of a batch");
    }
    int at = position + 4;
    int nameBytes = buffer.getUnsignedShort(at);
    String source = buffer.getString(at + 2, at + 2 + nameBytes, "UTF-8");
    at += 2 + nameBytes;
    long sequence = buffer.getLong(at);
    long markNanos = buffer.getLong(at + 8);
    boolean last = buffer.getByte(at + 16) != 0;
    int size = buffer.getInt(at + 17);
    int used = buffer.getInt(at + 21);
    at += 25;
    if (size < 0 || size > SipBatchBuilder.MAX_RECORDS) {
      throw new IllegalArgumentException("a batch of " + size + " records");
    }
    if (used < 0 || used > SipBatchBuilder.MAX_BYTES) {
      throw new IllegalArgumentException("a batch of " + used + " bytes");
    }
    int whole = HEADER_BYTES + nameBytes + used + rowBytes(size);
    if (buffer.getInt(position) != whole - 4 || length < whole) {
      throw new IllegalArgumentException("a batch of another length than it says");
    }
    SipBatch batch = pool.batch(source, sequence, markNanos, last, size);
    buffer.getBytes(at, at + used, batch.bytes(), 0);
    at += used;
    int rows = rowBytes(size);
    byte[] array = scratch(rows);
    buffer.getBytes(at, at + rows, array, 0);
    ByteBuffer wire = ByteBuffer.wrap(array);
    int ints = size * SipBatch.INTS;
    wire.asIntBuffer().get(batch.ints(), 0, ints);
    wire.position(4 * ints);
    wire.asLongBuffer().get(batch.longs(), 0, size * SipBatch.LONGS);
    if (!SipBatchCheck.isGood(batch, used)) {
      throw new IllegalArgumentException("a batch whose records lie outside of it");
    }
    return batch;
  }

  @Override
  public SipBatch transform(SipBatch batch) {
    return batch;
  }

  @Override
  public String name() {
    return "callscope.sip-batch";
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
