package io.callscope.pcap;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;

/**
 * Writes a classic pcap file, little-endian, through a buffer of its own. What is between two
 * flushes goes out in one write call as long as it fits the buffer, so a file that others read
 * meanwhile never ends inside a record. For one thread.
 *
 * <p>{@link #putFileHeader} and {@link #putRecordHeader} are for those who keep their own buffer.
 */
public final class PcapWriter implements Closeable, Flushable {
  /** Link type of Ethernet frames. */
  public static final int LINK_ETHERNET = 1;

  public static final int FILE_HEADER_BYTES = 24;
  public static final int RECORD_HEADER_BYTES = 16;

  /** The largest frame a common reader accepts. */
  public static final int MAX_SNAP_LENGTH = 262_144;

  private static final int MAGIC_MICROS = 0xa1b2_c3d4;
  private static final int MAGIC_NANOS = 0xa1b2_3c4d;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long MAX_SECONDS = 0xffff_ffffL;
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final OutputStream out;
  private final boolean nanos;
  private final int snapLength;
  private final byte[] buffer;
  private int used;
  private long bytes;

  private PcapWriter(OutputStream out, boolean nanos, int snapLength, int bufferBytes) {
    if (snapLength < 1 || snapLength > MAX_SNAP_LENGTH) {
      throw new IllegalArgumentException(
          "snap length " + snapLength + " is not in 1-" + MAX_SNAP_LENGTH);
    }
    this.out = out;
    this.nanos = nanos;
    this.snapLength = snapLength;
    this.buffer = new byte[Math.max(bufferBytes, FILE_HEADER_BYTES)];
  }

  /**
   * Starts a file.
   *
   * @param linkType number of the link type of all frames, 0 to 65535
   * @param nanos time stamps in nanoseconds instead of microseconds
   */
  public static PcapWriter start(OutputStream out, int linkType, boolean nanos) {
    return start(out, linkType, nanos, MAX_SNAP_LENGTH, BUFFER_BYTES);
  }

  /** Starts a file in a channel, at its position. */
  public static PcapWriter start(WritableByteChannel channel, int linkType, boolean nanos) {
    return start(Channels.newOutputStream(channel), linkType, nanos);
  }

  /**
   * Starts a file.
   *
   * @param snapLength the largest frame, as the file header says; longer ones are cut
   * @param bufferBytes size of the buffer
   */
  public static PcapWriter start(
      OutputStream out, int linkType, boolean nanos, int snapLength, int bufferBytes) {
    if (linkType < 0 || linkType > 0xffff) {
      throw new IllegalArgumentException("link type " + linkType + " is not in 0-65535");
    }
    PcapWriter writer = new PcapWriter(out, nanos, snapLength, bufferBytes);
    writer.used = putFileHeader(writer.buffer, 0, linkType, nanos, snapLength);
    writer.bytes = writer.used;
    return writer;
  }

  /** Goes on with a file that has its header; {@code nanos} is what that header says. */
  public static PcapWriter append(OutputStream out, boolean nanos, int bufferBytes) {
    return new PcapWriter(out, nanos, MAX_SNAP_LENGTH, bufferBytes);
  }

  /**
   * Writes a frame.
   *
   * @param timeNanos capture time since 1970; one that the file cannot hold becomes the nearest
   *     that it can (1970 to 2106)
   */
  public void write(long timeNanos, byte[] frame, int from, int length) throws IOException {
    write(timeNanos, frame, from, length, length);
  }

  /**
   * Writes a frame of which only a part was captured.
   *
   * @param originalLength its length on the wire
   */
  public void write(long timeNanos, byte[] frame, int from, int length, int originalLength)
      throws IOException {
    int captured = Math.min(length, snapLength);
    int record = RECORD_HEADER_BYTES + captured;
    if (record > buffer.length - used) {
      flushBuffer();
    }
    bytes += record;
    if (record > buffer.length) {
      byte[] whole = new byte[record];
      putRecordHeader(whole, 0, timeNanos, nanos, captured, originalLength);
      System.arraycopy(frame, from, whole, RECORD_HEADER_BYTES, captured);
      out.write(whole);
      return;
    }
    putRecordHeader(buffer, used, timeNanos, nanos, captured, originalLength);
    System.arraycopy(frame, from, buffer, used + RECORD_HEADER_BYTES, captured);
    used += record;
  }

  /** Bytes written so far by this writer, those in its buffer included. */
  public long bytes() {
    return bytes;
  }

  @Override
  public void flush() throws IOException {
    flushBuffer();
    out.flush();
  }

  @Override
  public void close() throws IOException {
    try (out) {
      flush();
    }
  }

  private void flushBuffer() throws IOException {
    int count = used;
    used = 0; // also after a failure: a part may be out, and a second copy of it would be worse
    if (count > 0) {
      out.write(buffer, 0, count);
    }
  }

  /** Puts a file header into an array; the result is where it ends. */
  public static int putFileHeader(byte[] to, int at, int linkType, boolean nanos, int snapLength) {
    INTS.set(to, at, nanos ? MAGIC_NANOS : MAGIC_MICROS);
    INTS.set(to, at + 4, 2 | 4 << 16); // version 2.4
    INTS.set(to, at + 8, 0);
    INTS.set(to, at + 12, 0);
    INTS.set(to, at + 16, snapLength);
    INTS.set(to, at + 20, linkType);
    return at + FILE_HEADER_BYTES;
  }

  /** Puts a record header into an array; the result is where it ends and the frame starts. */
  public static int putRecordHeader(
      byte[] to, int at, long timeNanos, boolean nanos, int length, int originalLength) {
    long time = Math.max(0, timeNanos);
    long seconds = time / NANOS_PER_SECOND;
    int fraction = (int) (time % NANOS_PER_SECOND);
    INTS.set(to, at, (int) Math.min(seconds, MAX_SECONDS));
    INTS.set(to, at + 4, nanos ? fraction : fraction / 1000);
    INTS.set(to, at + 8, length);
    INTS.set(to, at + 12, originalLength);
    return at + RECORD_HEADER_BYTES;
  }
}
