package io.callscope.capture.ws;

/**
 * How a frame begins (RFC 6455 §5.2).
 *
 * <pre>
 * 0 FIN, RSV1 (packed), RSV2, RSV3, opcode   1 MASK, length, 126 or 127   2 length (0, 2 or 8)   mask (0 or 4)   payload
 * </pre>
 */
final class FrameHeader {
  static final int FIN = 0x80;
  static final int PACKED = 0x40;
  static final int RESERVED = 0x30;
  static final int OPCODE = 0x0f;

  /** The first opcode of control frames. */
  static final int CONTROL = 8;

  /** The longest payload of one. */
  static final int MAX_CONTROL = 125;

  /** Bytes of the longest header. */
  static final int LONGEST = 14;

  private static final int MASK = 0x80;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;

  private FrameHeader() {}

  static boolean isMasked(byte[] bytes, int from) {
    return (bytes[from + 1] & MASK) != 0;
  }

  /** Bytes of a frame header, as far as is known. */
  static int size(byte[] bytes, int from, int end) {
    if (end - from < 2) {
      return 2;
    }
    int length = bytes[from + 1] & 0x7f;
    int size = 2 + (isMasked(bytes, from) ? 4 : 0);
    return size + (length == LENGTH_16 ? 2 : length == LENGTH_64 ? 8 : 0);
  }

  /** Bytes of the payload, negative where no frame has so many. */
  static long payloadLength(byte[] bytes, int from) {
    int length = bytes[from + 1] & 0x7f;
    if (length < LENGTH_16) {
      return length;
    }
    long value = 0;
    for (int i = 0; i < (length == LENGTH_16 ? 2 : 8); i++) {
      value = value << 8 | (bytes[from + 2 + i] & 0xff);
    }
    return value;
  }
}
