package io.callscope.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Looks for one text in many others as bytes (Horspool 1980): the byte under the end of the text
 * looked for tells how far it can be moved, so most bytes are never looked at. For any thread.
 */
final class ByteSearch {
  private final byte[] wanted;
  private final int[] shifts = new int[256];

  ByteSearch(String text) {
    wanted = text.getBytes(StandardCharsets.UTF_8);
    Arrays.fill(shifts, Math.max(1, wanted.length));
    for (int i = 0; i < wanted.length - 1; i++) {
      shifts[wanted[i] & 0xff] = wanted.length - 1 - i;
    }
  }

  boolean isIn(byte[] bytes, int from, int to) {
    int last = wanted.length - 1;
    if (last < 0) {
      return true;
    }
    byte end = wanted[last];
    for (int at = from + last; at < to; at += shifts[bytes[at] & 0xff]) {
      if (bytes[at] == end && isAt(bytes, at - last, last)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(byte[] bytes, int start, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[start + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
