package io.callscope.testdata;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array of bytes with room in front, so that a message is composed once and the headers
 * of the layers below are put before it in place.
 */
final class Bytes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final int headroom;
  byte[] array;
  int start;
  int end;

  Bytes(int headroom, int capacity) {
    this.headroom = headroom;
    this.array = new byte[headroom + capacity];
    clear();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  Bytes clear() {
    start = headroom;
    end = headroom;
    return this;
  }

  int length() {
    return end - start;
  }

  Bytes put(byte[] bytes) {
    return put(bytes, 0, bytes.length);
  }

  Bytes put(byte[] bytes, int from, int length) {
    room(length);
    System.arraycopy(bytes, from, array, end, length);
    end += length;
    return this;
  }

  Bytes put(int octet) {
    room(1);
    array[end++] = (byte) octet;
    return this;
  }

  Bytes decimal(long value) {
    room(20);
    int digits = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      digits++;
    }
    long rest = value;
    for (int i = end + digits - 1; i >= end; i--) {
      array[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    end += digits;
    return this;
  }

  /** The lowest {@code digits} hexadecimal digits of a value. */
  Bytes hex(long value, int digits) {
    room(digits);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      array[end++] = HEX[(int) (value >>> shift) & 15];
    }
    return this;
  }

  /** Makes room for a header before what is there. */
  void prepend(int length) {
    start -= length;
  }

  void set8(int at, int value) {
    array[start + at] = (byte) value;
  }

  void set16(int at, int value) {
    array[start + at] = (byte) (value >>> 8);
    array[start + at + 1] = (byte) value;
  }

  void set32(int at, int value) {
    set16(at, value >>> 16);
    set16(at + 2, value);
  }

  void set(int at, byte[] bytes) {
    System.arraycopy(bytes, 0, array, start + at, bytes.length);
  }

  void fill(int at, int length, int value) {
    Arrays.fill(array, start + at, start + at + length, (byte) value);
  }

  byte[] copy() {
    return Arrays.copyOfRange(array, start, end);
  }

  private void room(int length) {
    if (length > array.length - end) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, end + length));
    }
  }
}
