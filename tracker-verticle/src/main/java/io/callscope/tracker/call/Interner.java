package io.callscope.tracker.call;

import io.callscope.sip.CallIdHash;
import java.util.Arrays;

/**
 * Shares equal short texts among entries: reason phrases, methods and software names are few,
 * entries many. A fixed table in which a newcomer takes the place of whatever hashes alike, so
 * hostile texts cost nothing but sharing.
 */
final class Interner {
  private static final int SLOTS = 4096;

  private final SharedText[] table = new SharedText[SLOTS];

  /** The shared text of these bytes, cut to {@code maxLength}. */
  SharedText share(byte[] from, int at, int length, int maxLength) {
    int taken = Math.min(length, maxLength);
    int slot = CallIdHash.of(from, at, taken) & (SLOTS - 1);
    SharedText known = table[slot];
    if (known == null || !Arrays.equals(known.bytes, 0, known.bytes.length, from, at, at + taken)) {
      known = new SharedText(Arrays.copyOfRange(from, at, at + taken));
      table[slot] = known;
    }
    return known;
  }
}
