package io.callscope.ipfix;

import io.callscope.sip.CallIdHash;

/**
 * Knows the pairs of legs that were told lately, so that each is told once and not with every
 * message. Of fixed size: a pair that has made room for another is told again.
 */
final class LegPairs {
  private static final int SLOTS = 1 << 15;
  private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

  private final long[] known = new long[SLOTS];

  /** The two Call-IDs differ and were not asked for lately. */
  boolean isNew(byte[] a, int aAt, int aLength, byte[] b, int bAt, int bLength) {
    int first = CallIdHash.of(a, aAt, aLength);
    int second = CallIdHash.of(b, bAt, bLength);
    if (first == second && aLength == bLength) {
      return false;
    }
    // Either leg's messages tell of the other: the pair is the same.
    long low = Math.min(first, second);
    long high = Math.max(first, second);
    long pair = (high << 32) | (low & 0xffff_ffffL) | 1;
    int slot = (int) ((pair * MULTIPLIER) >>> 49);
    if (known[slot] == pair) {
      return false;
    }
    known[slot] = pair;
    return true;
  }
}
