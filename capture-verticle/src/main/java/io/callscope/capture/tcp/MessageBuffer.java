package io.callscope.capture.tcp;

import io.callscope.sip.SipIndex;
import io.callscope.sip.SipParser;
import java.util.Arrays;

/** What there is of a message that is not whole, and how far it is parsed. */
final class MessageBuffer {
  /** What it costs beside its bytes. */
  static final int OVERHEAD = 800;

  final SipParser parser = new SipParser();
  final int[] row = new int[SipIndex.SIZE];
  byte[] bytes;
  int length;

  /**
   * Appends bytes.
   *
   * @param max most bytes it may hold; there is room for {@code count}
   * @return how much it has grown
   */
  int append(byte[] from, int at, int count, int max) {
    int grown = 0;
    if (length + count > bytes.length) {
      int size = bytes.length;
      while (size < length + count) {
        size = Math.min(2 * size, max);
      }
      grown = size - bytes.length;
      bytes = Arrays.copyOf(bytes, size);
    }
    System.arraycopy(from, at, bytes, length, count);
    length += count;
    return grown;
  }

  /** Keeps only the bytes from {@code from} to {@code to}. */
  void keep(int from, int to) {
    System.arraycopy(bytes, from, bytes, 0, to - from);
    length = to - from;
  }
}
