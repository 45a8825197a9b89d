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

  private final byte[][] table = new byte[SLOTS][];
  private boolean isNew;

  /** The shared array of these bytes, cut to {@code maxLength}. */
  byte[] share(byte[] from, int at, int length, int maxLength) {
    int taken = Math.min(length, maxLength);
    int slot = CallIdHash.of(from, at, taken) & (SLOTS - 1);
    byte[] known = table[slot];
    isNew = false;
    if (known == null || !Arrays.equals(known, 0, known.length, from, at, at + taken)) {
      known = Arrays.copyOfRange(from, at, at + taken);
      table[slot] = known;
      isNew = true;
    }
    return known;
  }

  /** The last text was known to no entry before, or no longer: it takes memory of its own. */
  boolean isNew() {
    return isNew;
  }
}
