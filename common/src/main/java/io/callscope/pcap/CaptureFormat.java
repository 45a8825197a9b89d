package io.callscope.pcap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a capture file of Ethernet frames is laid out, for those who put its parts into arrays of
 * their own. Always little-endian.
 *
 * <pre>
 * classic  header 24, a record: {@link PcapWriter#putRecordHeader} 16, frame
 * pcapng   section 28 + interface 32 (times in ns), a record is an enhanced packet block:
 *          0 type   4 total length   8 interface   12 time high   16 time low   20 captured   24 original
 *          28 frame, padded to 4   option 1 (comment), padded; end of options   total length again
 * </pre>
 */
public enum CaptureFormat {
  PCAP_MICROS("pcap"),
  PCAP_NANOS("pcap with nanoseconds"),
  PCAPNG("pcapng");

  /** The largest frame, as file headers say. */
  public static final int SNAP_LENGTH = 65_536;

  /** Longest comment that is written; what goes beyond is cut. */
  public static final int MAX_COMMENT = 1024;

  private static final byte[] NO_COMMENT = {};
  private static final byte[] APPLICATION = "Callscope".getBytes(StandardCharsets.US_ASCII);

  private static final int SECTION_HEADER = 0x0a0d_0d0a;
  private static final int INTERFACE = 1;
  private static final int ENHANCED_PACKET = 6;
  private static final int BYTE_ORDER = 0x1a2b_3c4d;
  private static final int OPTION_COMMENT = 1;
  private static final int OPTION_APPLICATION = 4;
  private static final int OPTION_RESOLUTION = 9;
  private static final int NANOSECONDS = 9;

  private static final int SECTION_BYTES = 28 + 4 + 12 + 4;
  private static final int INTERFACE_BYTES = 20 + 8 + 4;
  private static final int PACKET_BYTES = 28;
  private static final long LOW = 0xffff_ffffL;
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final String text;

  CaptureFormat(String text) {
    this.text = text;
  }

  /**
   * The format of a file that begins so, or null if it is none that packets can be appended to: of
   * another byte order or link type, or a pcapng file that another program made.
   */
  public static CaptureFormat of(byte[] head, int length) {
    for (CaptureFormat format : values()) {
      byte[] header = format.fileHeader();
      int same = format == PCAPNG ? header.length : 6; // magic and major version
      boolean ethernet =
          format == PCAPNG
              || (length >= header.length
                  && (int) INTS.get(head, header.length - 4) == PcapWriter.LINK_ETHERNET);
      if (length >= header.length && ethernet && Arrays.equals(head, 0, same, header, 0, same)) {
        return format;
      }
    }
    return null;
  }

  /** A file that is no longer than this ends within the header of one of the formats. */
  public static boolean isCutOff(byte[] head, int length) {
    for (CaptureFormat format : values()) {
      byte[] header = format.fileHeader();
      if (length < header.length && Arrays.equals(head, 0, length, header, 0, length)) {
        return true;
      }
    }
    return false;
  }

  private byte[] fileHeader() {
    byte[] header = new byte[fileHeaderBytes()];
    putFileHeader(header, 0);
    return header;
  }

  /** Fewer bytes than this are a part of a record at best. */
  int minRecordBytes() {
    return this == PCAPNG ? 12 : PcapWriter.RECORD_HEADER_BYTES;
  }

  /** As messages to people name it. */
  public String text() {
    return text;
  }

  /** Bytes before the first record. */
  public int fileHeaderBytes() {
    return this == PCAPNG ? SECTION_BYTES + INTERFACE_BYTES : PcapWriter.FILE_HEADER_BYTES;
  }

  /** Bytes of a record before its frame. */
  public int recordHeaderBytes() {
    return this == PCAPNG ? PACKET_BYTES : PcapWriter.RECORD_HEADER_BYTES;
  }

  /** Most bytes of a record beside its frame. */
  public int maxRecordOverhead(byte[] comment) {
    return this == PCAPNG
        ? PACKET_BYTES + 3 + 4 + padded(Math.min(comment.length, MAX_COMMENT)) + 4 + 4
        : PcapWriter.RECORD_HEADER_BYTES;
  }

  /** Puts the file header into an array; the result is where it ends. */
  public int putFileHeader(byte[] to, int at) {
    if (this != PCAPNG) {
      return PcapWriter.putFileHeader(
          to, at, PcapWriter.LINK_ETHERNET, this == PCAP_NANOS, SNAP_LENGTH);
    }
    int end = at + SECTION_BYTES;
    INTS.set(to, at, SECTION_HEADER);
    INTS.set(to, at + 4, SECTION_BYTES);
    INTS.set(to, at + 8, BYTE_ORDER);
    INTS.set(to, at + 12, 1); // version 1.0
    INTS.set(to, at + 16, -1); // length of the section unknown
    INTS.set(to, at + 20, -1);
    int options = putOption(to, at + 24, OPTION_APPLICATION, APPLICATION, APPLICATION.length);
    INTS.set(to, options, 0);
    INTS.set(to, end - 4, SECTION_BYTES);
    INTS.set(to, end, INTERFACE);
    INTS.set(to, end + 4, INTERFACE_BYTES);
    INTS.set(to, end + 8, PcapWriter.LINK_ETHERNET);
    INTS.set(to, end + 12, SNAP_LENGTH);
    options = putOption(to, end + 16, OPTION_RESOLUTION, new byte[] {NANOSECONDS}, 1);
    INTS.set(to, options, 0);
    INTS.set(to, end + INTERFACE_BYTES - 4, INTERFACE_BYTES);
    return end + INTERFACE_BYTES;
  }

  /**
   * Completes a record whose frame is in the array already, {@link #recordHeaderBytes} after where
   * the record starts. There must be room for {@link #maxRecordOverhead}.
   *
   * @param timeNanos capture time since 1970; one that the file cannot hold becomes the nearest
   *     that it can
   * @param comment in UTF-8, only for pcapng; empty for none
   * @return where the record ends
   */
  public int putRecord(
      byte[] to, int at, long timeNanos, int captured, int originalLength, byte[] comment) {
    if (this != PCAPNG) {
      return captured
          + PcapWriter.putRecordHeader(
              to, at, timeNanos, this == PCAP_NANOS, captured, originalLength);
    }
    long time = Math.max(0, timeNanos);
    INTS.set(to, at, ENHANCED_PACKET);
    INTS.set(to, at + 8, 0);
    INTS.set(to, at + 12, (int) (time >>> 32));
    INTS.set(to, at + 16, (int) time);
    INTS.set(to, at + 20, captured);
    INTS.set(to, at + 24, originalLength);
    int end = pad(to, at + PACKET_BYTES + captured, captured);
    if (comment.length > 0) {
      end = putOption(to, end, OPTION_COMMENT, comment, commentLength(comment));
      INTS.set(to, end, 0);
      end += 4;
    }
    INTS.set(to, end, end + 4 - at);
    INTS.set(to, at + 4, end + 4 - at);
    return end + 4;
  }

  /** The same without a comment. */
  public int putRecord(byte[] to, int at, long timeNanos, int captured, int originalLength) {
    return putRecord(to, at, timeNanos, captured, originalLength, NO_COMMENT);
  }

  /**
   * Adds a comment to the last pcapng packet of a time that has one already.
   *
   * @param from where the first block is
   * @return whether there is one
   */
  public static boolean addComment(GrowingBytes blocks, int from, long timeNanos, byte[] comment) {
    byte[] bytes = blocks.array();
    int found = -1;
    for (int at = from; at < blocks.used(); at += (int) INTS.get(bytes, at + 4)) {
      long time =
          (long) (int) INTS.get(bytes, at + 12) << 32 | ((int) INTS.get(bytes, at + 16) & LOW);
      int plain = PACKET_BYTES + padded((int) INTS.get(bytes, at + 20)) + 4;
      if (time == timeNanos && (int) INTS.get(bytes, at + 4) > plain) {
        found = at;
      }
    }
    if (found < 0) {
      return false;
    }
    int length = commentLength(comment);
    int more = 4 + padded(length);
    blocks.reserve(more);
    bytes = blocks.array();
    int total = (int) INTS.get(bytes, found + 4);
    int end = found + total - 8; // of options, then the length again
    System.arraycopy(bytes, end, bytes, end + more, blocks.used() - end);
    putOption(bytes, end, OPTION_COMMENT, comment, length);
    INTS.set(bytes, found + 4, total + more);
    INTS.set(bytes, found + total + more - 4, total + more);
    blocks.use(blocks.used() + more);
    return true;
  }

  private static int putOption(byte[] to, int at, int code, byte[] value, int length) {
    INTS.set(to, at, code | length << 16);
    System.arraycopy(value, 0, to, at + 4, length);
    return pad(to, at + 4 + length, length);
  }

  /** Writes zeros up to a multiple of 4; the result is behind them. */
  private static int pad(byte[] to, int at, int length) {
    int end = at + padded(length) - length;
    for (int i = at; i < end; i++) {
      to[i] = 0;
    }
    return end;
  }

  private static int padded(int length) {
    return length + 3 & ~3;
  }

  /** At most {@link #MAX_COMMENT}, and not within a character. */
  private static int commentLength(byte[] comment) {
    int length = Math.min(comment.length, MAX_COMMENT);
    while (length < comment.length && (comment[length] & 0xc0) == 0x80) {
      length--;
    }
    return length;
  }
}
