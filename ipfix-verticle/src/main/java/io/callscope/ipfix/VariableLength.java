package io.callscope.ipfix;

/**
 * A field with its length in front (RFC 7011 §7): one byte, or 255 and two bytes, which SBCs use
 * for short fields too.
 */
final class VariableLength {
  private static final int LONG_FORM = 255;

  /** First byte of the field. */
  int at;

  int length;

  /** False if it does not fit in front of {@code end}. */
  boolean read(byte[] bytes, int from, int end) {
    if (from >= end) {
      return false;
    }
    length = bytes[from] & 0xff;
    at = from + 1;
    if (length == LONG_FORM) {
      if (end - from < 3) {
        return false;
      }
      length = Octets.uint16(bytes, at);
      at = from + 3;
    }
    return length <= end - at;
  }

  int end() {
    return at + length;
  }
}
