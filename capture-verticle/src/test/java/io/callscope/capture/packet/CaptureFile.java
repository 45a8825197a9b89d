package io.callscope.capture.packet;

import io.callscope.pcap.LinkType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A capture file by nanoseconds, packet by packet. */
public final class CaptureFile {
  /** When the first packet of a test is captured. */
  public static final long START = 1_700_000_000_000_000_000L;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public CaptureFile() {
    this(LinkType.ETHERNET);
  }

  public CaptureFile(int linkType) {
    out.writeBytes(
        fields(24)
            .putInt(0xa1b23c4d)
            .putShort((short) 2)
            .putShort((short) 4)
            .putInt(0)
            .putInt(0)
            .putInt(65_535)
            .putInt(linkType)
            .array());
  }

  private static ByteBuffer fields(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  public CaptureFile packet(long nanos, byte[] packet) {
    return packet(nanos, packet, packet.length);
  }

  public CaptureFile packet(long nanos, byte[] packet, int originalLength) {
    out.writeBytes(
        fields(16)
            .putInt((int) (nanos / 1_000_000_000))
            .putInt((int) (nanos % 1_000_000_000))
            .putInt(packet.length)
            .putInt(originalLength)
            .array());
    out.writeBytes(packet);
    return this;
  }

  public CaptureFile bytes(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public byte[] done() {
    return out.toByteArray();
  }

  public String write(Path file) throws IOException {
    return Files.write(file, out.toByteArray()).toString();
  }
}
