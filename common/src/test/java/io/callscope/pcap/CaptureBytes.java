package io.callscope.pcap;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;

/** Writes capture files field by field. */
final class CaptureBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteOrder order;

  CaptureBytes(ByteOrder order) {
    this.order = order;
  }

  CaptureBytes u8(int... values) {
    for (int value : values) {
      out.write(value);
    }
    return this;
  }

  CaptureBytes u16(int value) {
    out.writeBytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    return this;
  }

  CaptureBytes u32(long value) {
    out.writeBytes(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
    return this;
  }

  CaptureBytes u64(long value) {
    out.writeBytes(ByteBuffer.allocate(8).order(order).putLong(value).array());
    return this;
  }

  CaptureBytes bytes(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  CaptureBytes pad() {
    while (out.size() % 4 != 0) {
      out.write(0);
    }
    return this;
  }

  byte[] done() {
    return out.toByteArray();
  }

  CaptureBytes classicHeader(long magic, int linkType) {
    return u32(magic).u16(2).u16(4).u32(0).u32(0).u32(262_144).u32(linkType);
  }

  CaptureBytes record(long seconds, long fraction, byte... packet) {
    return u32(seconds).u32(fraction).u32(packet.length).u32(packet.length).bytes(packet);
  }

  /** A pcapng block around its body. */
  CaptureBytes block(long type, byte[] body) {
    int padded = body.length + 3 & ~3;
    return u32(type).u32(padded + 12).bytes(body).pad().u32(padded + 12);
  }

  CaptureBytes body() {
    return new CaptureBytes(order);
  }

  CaptureBytes section() {
    return block(0x0a0d0d0aL, body().u32(0x1a2b3c4dL).u16(1).u16(0).u64(-1).done());
  }

  CaptureBytes describe(int linkType, int snapLength, byte... options) {
    return block(1, body().u16(linkType).u16(0).u32(snapLength).bytes(options).done());
  }

  CaptureBytes enhanced(int from, long ticks, byte... packet) {
    return block(
        6,
        body()
            .u32(from)
            .u32(ticks >>> 32)
            .u32(ticks)
            .u32(packet.length)
            .u32(packet.length)
            .bytes(packet)
            .done());
  }

  static PacketReader reader(byte[] file) throws IOException {
    return PacketReader.open("demo.pcap", channel(file));
  }

  static ReadableByteChannel channel(byte[] file) {
    return Channels.newChannel(new ByteArrayInputStream(file));
  }
}
