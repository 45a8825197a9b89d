package io.callscope.tracker.state;

import java.util.zip.CRC32C;

/**
 * The frame of what is stored, segment or head.
 *
 * <pre>
 * magic and version (4 bytes) | content | CRC-32C of all before (4 bytes)
 *
 * content of a segment: records
 *   0 | length, text                          a text that records behind it name by its number
 *   2 × table     | id | length, image        an entry as it was
 *   2 × table + 1 | id                        an entry that is gone
 * </pre>
 */
final class Segments {
  static final int TEXT = 0;

  /** Longer ones are not believed. */
  static final int MAX_BYTES = 16 << 20;

  /** "CSs" and the version; another version is not read. */
  private static final int MAGIC = 0x43537301;

  private static final int CRC_BYTES = 4;

  private Segments() {}

  static int image(int tag) {
    return 2 * tag;
  }

  static int removed(int tag) {
    return 2 * tag + 1;
  }

  static void begin(ImageWriter out) {
    out.clear();
    out.putInt(MAGIC);
  }

  static byte[] end(ImageWriter out) {
    byte[] segment = out.bytes(CRC_BYTES);
    int crc = crc(segment);
    for (int i = 0; i < CRC_BYTES; i++) {
      segment[segment.length - CRC_BYTES + i] = (byte) (crc >> (24 - 8 * i));
    }
    return segment;
  }

  private static int crc(byte[] segment) {
    CRC32C crc = new CRC32C();
    crc.update(segment, 0, segment.length - CRC_BYTES);
    return (int) crc.getValue();
  }

  /** A reader of the content; a {@link BadImageException} if the frame is not whole. */
  static ImageReader open(byte[] segment) {
    ImageReader.check(segment.length >= 2 * CRC_BYTES, "too short");
    ImageReader frame = new ImageReader(segment, 0, segment.length);
    ImageReader.check(frame.getInt() == MAGIC, "not of this version");
    frame.range(segment.length - CRC_BYTES, segment.length);
    ImageReader.check(frame.getInt() == crc(segment), "damaged");
    return new ImageReader(segment, 4, segment.length - CRC_BYTES);
  }
}
