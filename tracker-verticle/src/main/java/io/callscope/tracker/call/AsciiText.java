package io.callscope.tracker.call;

import java.nio.charset.StandardCharsets;

/** A text of ASCII letters put together without garbage, again and again by one thread. */
final class AsciiText {
  private final byte[] bytes;
  private int length;

  /**
   * @param room most bytes; what goes beyond is cut
   */
  AsciiText(int room) {
    bytes = new byte[room];
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  AsciiText clear() {
    length = 0;
    return this;
  }

  AsciiText add(char letter) {
    if (length < bytes.length) {
      bytes[length++] = (byte) letter;
    }
    return this;
  }

  AsciiText add(byte[] letters) {
    int taken = Math.min(letters.length, bytes.length - length);
    System.arraycopy(letters, 0, bytes, length, taken);
    length += taken;
    return this;
  }

  /** The letters of a text that is added again and again. */
  static byte[] letters(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * @param number not negative
   */
  AsciiText add(int number) {
    if (number >= 10) {
      add(number / 10);
    }
    return add((char) ('0' + number % 10));
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.US_ASCII);
  }
}
