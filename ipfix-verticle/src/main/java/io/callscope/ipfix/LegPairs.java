package io.callscope.ipfix;

import io.callscope.sip.CallIdHash;
import java.util.concurrent.TimeUnit;

/**
 * Knows the pairs of legs that were told lately, so that each is told now and then and not with
 * every message. Of fixed size: a pair that has made room for another is told again.
 */
final class LegPairs {
  private static final int SLOTS = 1 << 15;
  private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

  /**
   * Half as long as a partition keeps what it was told: a pair that comes back is linked again, in
   * a partition that has started anew too.
   */
  private static final long KNOWN_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final long[] known = new long[SLOTS];

  /** When the pair of a slot was told, on a clock that no one sets. */
  private final long[] toldNanos = new long[SLOTS];

  /** The two Call-IDs differ and were not told lately; from now on they were. */
  boolean isDue(byte[] a, int aAt, int aLength, byte[] b, int bAt, int bLength, long nowNanos) {
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
    if (known[slot] == pair && nowNanos - toldNanos[slot] < KNOWN_NANOS) {
      return false;
    }
    known[slot] = pair;
    toldNanos[slot] = nowNanos;
    return true;
  }
}
