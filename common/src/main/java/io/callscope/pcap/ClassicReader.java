package io.callscope.pcap;

import java.io.IOException;

/**
 * The classic format, in either byte order, by micro- or nanoseconds.
 *
 * <pre>
 * file header    0 magic   4 version (2, 2)   8 zone   12 sigfigs   16 snap length   20 link type
 * record header  0 seconds   4 fraction   8 captured   12 original   16 packet
 * </pre>
 */
final class ClassicReader extends PacketReader {
  private static final int MICROSECONDS = 0xa1b2c3d4;
  private static final int NANOSECONDS = 0xa1b23c4d;

  /** Alexey Kuznetzov's patched libpcap: microseconds, 8 more bytes in each record header. */
  private static final int PATCHED = 0xa1b2cd34;

  private static final int GZIP = 0x1f8b;

  private static final int FILE_HEADER = 24;
  private static final int VERSION_AT = 4;
  private static final int LINK_TYPE_AT = 20;
  private static final int FRACTION_AT = 4;
  private static final int CAPTURED_AT = 8;
  private static final int ORIGINAL_AT = 12;
  private static final int RECORD_HEADER = 16;

  private final boolean bigEndian;
  private final int header;
  private final int nanosPerFraction;

  ClassicReader(CaptureInput input) throws IOException {
    super(input);
    int magic = input.int32(0, true);
    bigEndian = isMagic(magic);
    if (!bigEndian) {
      magic = Integer.reverseBytes(magic);
    }
    if (!isMagic(magic)) {
      throw input.damaged(notCapture(input.int32(0, true)));
    }
    if (!input.request(FILE_HEADER)) {
      throw input.damaged("is cut off within its file header");
    }
    int version = input.uint16(VERSION_AT, bigEndian);
    if (version != 2) {
      throw input.damaged("is of pcap version " + version + ", which is unknown");
    }
    nanosPerFraction = magic == NANOSECONDS ? 1 : 1000;
    header = magic == PATCHED ? RECORD_HEADER + 8 : RECORD_HEADER;
    linkType = input.int32(LINK_TYPE_AT, bigEndian) & 0xffff; // above: length of the frame check
    input.advance(FILE_HEADER);
  }

  private static boolean isMagic(int magic) {
    return magic == MICROSECONDS || magic == NANOSECONDS || magic == PATCHED;
  }

  private static String notCapture(int start) {
    if (start >>> 16 == GZIP) {
      return "is packed with gzip twice; unpack it once"; // what is packed once was unpacked
    }
    String packing =
        switch (start) {
          case 0x28b52ffd -> "zstd";
          case 0xfd377a58 -> "xz";
          case 0x04224d18 -> "lz4";
          default -> start >>> 8 == 0x425a68 ? "bzip2" : "";
        };
    return packing.isEmpty()
        ? String.format("is neither a pcap nor a pcapng file (it starts with %08x)", start)
        : "is packed with " + packing + "; only gzip is read";
  }

  @Override
  public boolean next() throws IOException {
    if (!input.request(header)) {
      if (input.available() == 0) {
        input.expectEnd();
        return false;
      }
      throw input.cutOff("cut off within the header of the record at byte " + input.offset());
    }
    int at = input.position();
    int captured = input.int32(at + CAPTURED_AT, bigEndian);
    if (Integer.compareUnsigned(captured, MAX_PACKET) > 0) {
      throw input.damaged(
          String.format(
              "record at byte %d claims %s bytes, cut off or damaged",
              input.offset(), Integer.toUnsignedString(captured)));
    }
    if (!input.request(header + captured)) {
      throw input.cutOff(
          String.format(
              "cut off in the record at byte %d: %d of its %d bytes are there",
              input.offset(), input.available() - header, captured));
    }
    at = input.position();
    long seconds = input.int32(at, bigEndian) & 0xffff_ffffL;
    long fraction = input.int32(at + FRACTION_AT, bigEndian) & 0xffff_ffffL;
    captureNanos = seconds * 1_000_000_000 + fraction * nanosPerFraction;
    lengths(captured, input.int32(at + ORIGINAL_AT, bigEndian));
    offset = at + header;
    input.advance(header + captured);
    return true;
  }

  @Override
  public boolean nextNeedsRead() {
    if (input.available() < header) {
      return true;
    }
    int captured = input.int32(input.position() + CAPTURED_AT, bigEndian);
    return captured >= 0 && captured <= MAX_PACKET && input.available() < header + captured;
  }
}
