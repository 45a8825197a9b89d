package io.callscope.sip;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Line ends: CRLF, a lone LF or a lone CR; before white space they fold (RFC 3261 §7.3.1). */
final class Lines {
  /** The bytes at hand do not tell what kind of line end it is. */
  static final int UNDECIDED = 0;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private static final long SPACES = ' ' * ONES;

  private Lines() {}

  /** Index of the first CR or LF, {@code end} if there is none. */
  static int find(byte[] bytes, int at, int end) {
    int i = at;
    while (i <= end - 8) {
      long word = (long) LONGS.get(bytes, i);
      // Of the bytes below a space the lowest is told exactly; most lines hold but their end.
      long controls = (word - SPACES) & ~word & HIGHS;
      if (controls == 0) {
        i += 8;
        continue;
      }
      i += Long.numberOfTrailingZeros(controls) >>> 3;
      if (bytes[i] == '\r' || bytes[i] == '\n') {
        return i;
      }
      i++;
    }
    while (i < end && bytes[i] != '\r' && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  /**
   * Length of the line end at {@code at}, where a CR or LF stands; {@link #UNDECIDED} if it is a CR
   * and the last byte at hand.
   */
  static int length(byte[] bytes, int at, int end) {
    if (bytes[at] == '\n') {
      return 1;
    }
    if (at + 1 >= end) {
      return UNDECIDED;
    }
    return bytes[at + 1] == '\n' ? 2 : 1;
  }

  /**
   * The line end at {@code at}, where a CR or LF stands: its length if it folds, its negative
   * length if it ends the header, {@link #UNDECIDED} if that hangs on bytes still to come.
   */
  static int fold(byte[] bytes, int at, int end) {
    int length = length(bytes, at, end);
    if (length == UNDECIDED || at + length >= end) {
      return UNDECIDED;
    }
    byte next = bytes[at + length];
    return next == ' ' || next == '\t' ? length : -length;
  }
}
