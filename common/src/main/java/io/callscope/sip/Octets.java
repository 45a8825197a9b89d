package io.callscope.sip;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What a byte of a SIP message can mean to the scanners, as one table look-up. */
final class Octets {
  static final int LINE_END = 1;
  static final int WHITE = 2;

  /** Ends a header name. */
  static final int NAME_STOP = 4;

  /** Ends the first token, a display name or a parameter value of a name-addr. */
  static final int TOKEN_STOP = 8;

  /** Ends the part of a name-addr between angle brackets. */
  static final int URI_STOP = 16;

  /** Ends a parameter name of a name-addr. */
  static final int PARAM_STOP = 32;

  /** Of meaning inside quotes. */
  static final int QUOTE_STOP = 64;

  /** White space or line end. */
  static final int LWS = LINE_END | WHITE;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;

  private static final byte[] CLASSES = new byte[256];

  static {
    mark("\r\n", LINE_END);
    mark(" \t", WHITE);
    mark(": \t\r\n", NAME_STOP);
    mark(" \t\r\n;,<>\"", TOKEN_STOP);
    mark(" \t\r\n<>", URI_STOP);
    mark(" \t\r\n=;<>,", PARAM_STOP);
    mark("\"\\\r\n", QUOTE_STOP);
  }

  private Octets() {}

  private static void mark(String octets, int bit) {
    for (int i = 0; i < octets.length(); i++) {
      CLASSES[octets.charAt(i)] |= (byte) bit;
    }
  }

  static boolean is(byte octet, int mask) {
    return (CLASSES[octet & 0xff] & mask) != 0;
  }

  /** First index from {@code at} on whose byte is of the mask, {@code end} if there is none. */
  static int find(byte[] bytes, int at, int end, int mask) {
    int i = at;
    while (i < end && (CLASSES[bytes[i] & 0xff] & mask) == 0) {
      i++;
    }
    return i;
  }

  /** As {@link #find} of {@link #LWS}, eight bytes at a time. */
  static int findLws(byte[] bytes, int at, int end) {
    return find(bytes, skipWords(bytes, at, end, ' ', 0), end, LWS);
  }

  /** As {@link #find} of {@link #NAME_STOP}, eight bytes at a time. */
  static int findNameStop(byte[] bytes, int at, int end) {
    return find(bytes, skipWords(bytes, at, end, ':', 0), end, NAME_STOP);
  }

  /** As {@link #find} of {@link #URI_STOP}, eight bytes at a time. */
  static int findUriStop(byte[] bytes, int at, int end) {
    return find(bytes, skipWords(bytes, at, end, '>', '<' ^ '>'), end, URI_STOP);
  }

  /**
   * First index whose byte is a control, a space or, but for the bits of {@code ignored}, the given
   * one; or one of the last seven.
   */
  private static int skipWords(byte[] bytes, int at, int end, int octet, int ignored) {
    int i = at;
    for (; i <= end - 8; i += 8) {
      long word = (long) LONGS.get(bytes, i);
      long other = (word | ignored * ONES) ^ octet * ONES;
      long hits = (((word - 0x21 * ONES) & ~word) | ((other - ONES) & ~other)) & HIGHS;
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    return i;
  }

  /** First index from {@code at} on of a byte, {@code end} if there is none. */
  static int indexOf(byte[] bytes, int at, int end, char octet) {
    int i = at;
    while (i < end && bytes[i] != octet) {
      i++;
    }
    return i;
  }

  static boolean isDigit(byte octet) {
    return octet >= '0' && octet <= '9';
  }

  static boolean isLetter(byte octet) {
    return isDigitOrLetter(octet) && octet > '9';
  }

  static boolean isDigitOrLetter(byte octet) {
    int lower = lower(octet);
    return isDigit(octet) || (lower >= 'a' && lower <= 'z');
  }

  static boolean isHexDigit(byte octet) {
    int lower = lower(octet);
    return isDigit(octet) || (lower >= 'a' && lower <= 'f');
  }

  /** An ASCII letter in lower case, any other byte as it is. */
  static int lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
  }

  /** Two spans equal but for the case of ASCII letters. */
  static boolean equalIgnoringCase(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
    for (int i = 0; i < length; i++) {
      if (lower(a[aFrom + i]) != lower(b[bFrom + i])) {
        return false;
      }
    }
    return true;
  }

  /** A span is this word but for the case of ASCII letters. */
  static boolean isWord(byte[] bytes, int from, int length, String lowerCaseWord) {
    if (length != lowerCaseWord.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (lower(bytes[from + i]) != lowerCaseWord.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
