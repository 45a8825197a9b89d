package io.callscope.sip;

/**
 * The flags by which a signature describes a Call-ID, tag or branch: which separators it has, and
 * whether it looks encoded. For one thread.
 */
final class TextRule {
  static final int HEX = 0x2000;
  static final int BASE64 = 0x4000;
  static final int BLOCKS = 0x8000;

  /** From bit 0008 on, one bit each. */
  private static final String SEPARATORS = "@.:-*/+=_|";

  private static final int FIRST_SEPARATOR_BIT = 3;
  private static final byte[] SEPARATOR_BITS = new byte[128];

  static {
    for (int i = 0; i < SEPARATORS.length(); i++) {
      SEPARATOR_BITS[SEPARATORS.charAt(i)] = (byte) (FIRST_SEPARATOR_BIT + i);
    }
  }

  private int flags;
  private int separator;
  private int separators;
  private int attached;
  private boolean hex;
  private boolean base64;
  private boolean upper;
  private boolean lower;
  private int run;
  private int runs;
  private int longestRun;

  /** The bit of a separator, 0 for any other byte. */
  private static int separatorBit(byte octet) {
    int bit = octet < 0 ? 0 : SEPARATOR_BITS[octet];
    return bit == 0 ? 0 : 1 << bit;
  }

  /** Separators of the last text that touched its gap, 0 to 2. */
  int attached() {
    return attached;
  }

  int flags(byte[] bytes, int from, int length) {
    return flags(bytes, from, length, from + length, 0);
  }

  /**
   * @param gap where the stretch (an address) starts that is not looked at
   * @param gapLength its length, 0 if there is none
   */
  int flags(byte[] bytes, int from, int length, int gap, int gapLength) {
    clear();
    int end = from + length;
    int gapEnd = gap + gapLength;
    for (int i = from; i < end; i++) {
      if (gapLength > 0 && i == gap) {
        endRun();
        i = gapEnd - 1;
        continue;
      }
      int bit = separatorBit(bytes[i]);
      flags |= bit;
      if (bit == 0) {
        character(bytes[i]);
      } else if (gapLength > 0 && (i == gap - 1 || i == gapEnd)) {
        attached++;
        endRun();
      } else {
        separator(bytes, i, end);
      }
    }
    endRun();
    return flags | encoding(length - gapLength - attached - separators);
  }

  private void clear() {
    flags = 0;
    separator = 0;
    separators = 0;
    attached = 0;
    hex = true;
    base64 = true;
    upper = false;
    lower = false;
    run = 0;
    runs = 0;
    longestRun = 0;
  }

  private void character(byte octet) {
    if (Octets.isHexDigit(octet)) {
      run++;
    } else {
      hex = false;
      base64 &= Octets.isLetter(octet);
    }
    upper |= octet >= 'A' && octet <= 'Z';
    lower |= octet >= 'a' && octet <= 'z';
  }

  private void separator(byte[] bytes, int i, int end) {
    byte octet = bytes[i];
    if (separator == 0) {
      separator = octet;
    }
    if (octet == separator) {
      separators++;
    } else {
      hex = false;
    }
    base64 &= octet == '+' || octet == '/' || (octet == '=' && pads(bytes, i, end));
    endRun();
  }

  private static boolean pads(byte[] bytes, int i, int end) {
    return i == end - 1 || (i == end - 2 && bytes[end - 1] == '=');
  }

  private void endRun() {
    if (run > 0) {
      runs++;
      longestRun = Math.max(longestRun, run);
      run = 0;
    }
  }

  private int encoding(int length) {
    if (length < 8) {
      return 0;
    }
    boolean blocks = separator != 0;
    if (hex && !(upper && lower) && (!blocks || longestRun >= 8 || runs >= 4)) {
      return blocks ? HEX | BLOCKS : HEX;
    }
    return base64 && length % 4 == 0 ? BASE64 : 0;
  }
}
