package io.callscope.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * By reference inside a JVM; between JVMs the used part of the arrays, big-endian, behind a short
 * header.
 */
final class SipBatchCodec implements MessageCodec<SipBatch, SipBatch> {
  @Override
  public void encodeToWire(Buffer buffer, SipBatch batch) {
    byte[] source = batch.source().getBytes(StandardCharsets.UTF_8);
    int ints = batch.size() * SipBatch.INTS;
    int longs = batch.size() * SipBatch.LONGS;
    int bytes = batch.usedBytes();
    ByteBuffer wire =
        ByteBuffer.allocate(
            4 + 2 + source.length + 8 + 8 + 1 + 4 + 4 + 4 * ints + 8 * longs + bytes);
    wire.putInt(wire.capacity() - 4);
    wire.putShort((short) source.length).put(source);
    wire.putLong(batch.sequence()).putLong(batch.markNanos()).put((byte) (batch.isLast() ? 1 : 0));
    wire.putInt(batch.size()).putInt(bytes);
    wire.asIntBuffer().put(batch.ints(), 0, ints);
    wire.position(wire.position() + 4 * ints);
    wire.asLongBuffer().put(batch.longs(), 0, longs);
    wire.position(wire.position() + 8 * longs);
    wire.put(batch.bytes(), 0, bytes);
    buffer.appendBytes(wire.array());
  }

  @Override
  public SipBatch decodeFromWire(int position, Buffer buffer) {
    int length = buffer.getInt(position);
    ByteBuffer wire = ByteBuffer.wrap(buffer.getBytes(position + 4, position + 4 + length));
    byte[] source = new byte[wire.getShort()];
    wire.get(source);
    long sequence = wire.getLong();
    long markNanos = wire.getLong();
    boolean last = wire.get() != 0;
    int size = wire.getInt();
    byte[] bytes = new byte[wire.getInt()];
    int[] ints = new int[size * SipBatch.INTS];
    wire.asIntBuffer().get(ints);
    wire.position(wire.position() + 4 * ints.length);
    long[] longs = new long[size * SipBatch.LONGS];
    wire.asLongBuffer().get(longs);
    wire.position(wire.position() + 8 * longs.length);
    wire.get(bytes);
    return new SipBatch(
        new String(source, StandardCharsets.UTF_8),
        sequence,
        markNanos,
        last,
        size,
        bytes,
        ints,
        longs);
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
