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

  /** What a byte is that is no separator: the class of its kind. */
  private static final int HEX_DIGIT = 1;

  private static final int DIGIT_OR_LETTER = 2;
  private static final int UPPER = 4;
  private static final int LOWER = 8;

  /** From here on the bit of a separator. */
  private static final int SEPARATOR_SHIFT = 4;

  private static final byte[] CLASSES = new byte[256];

  static {
    for (int i = 0; i < 128; i++) {
      byte octet = (byte) i;
      CLASSES[i] =
          (byte)
              ((Octets.isHexDigit(octet) ? HEX_DIGIT : 0)
                  | (Octets.isDigitOrLetter(octet) ? DIGIT_OR_LETTER : 0)
                  | (octet >= 'A' && octet <= 'Z' ? UPPER : 0)
                  | (octet >= 'a' && octet <= 'z' ? LOWER : 0));
    }
    for (int i = 0; i < SEPARATORS.length(); i++) {
      CLASSES[SEPARATORS.charAt(i)] = (byte) ((FIRST_SEPARATOR_BIT + i) << SEPARATOR_SHIFT);
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
      int bit = (CLASSES[bytes[i] & 0xff] & 0xff) >> SEPARATOR_SHIFT;
      if (bit == 0) {
        i = plain(bytes, i, gapLength > 0 && i < gap ? gap : end) - 1;
        continue;
      }
      flags |= 1 << bit;
      if (gapLength > 0 && (i == gap - 1 || i == gapEnd)) {
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

  /** Up to the next separator; where that is. */
  private int plain(byte[] bytes, int from, int end) {
    int any = 0;
    int all = HEX_DIGIT | DIGIT_OR_LETTER;
    int i = from;
    for (; i < end; i++) {
      int kind = CLASSES[bytes[i] & 0xff] & 0xff;
      if (kind >>> SEPARATOR_SHIFT != 0) {
        break;
      }
      any |= kind;
      all &= kind;
    }
    hex &= (all & HEX_DIGIT) != 0;
    base64 &= (all & DIGIT_OR_LETTER) != 0;
    upper |= (any & UPPER) != 0;
    lower |= (any & LOWER) != 0;
    // Only of texts that are hexadecimal throughout is the length of a run of interest.
    run += i - from;
    return i;
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
