package io.callscope.tracker.ring;

import java.util.Arrays;

/**
 * Where the newest message of each Call-ID hash is: open addressing, a few places a hash, so that a
 * step costs one or two cache lines. Places of messages that have left the ring are free again. One
 * thread.
 */
final class RingIndex {
  /** No position. */
  static final long NONE = -1;

  private static final int PLACES = 8;
  private static final int MIN_SIZE = 64;
  private static final int MAX_SIZE = 1 << 26;

  /** A call is some messages of some hundred bytes: more places than calls fit in the ring. */
  private static final int BYTES_PER_PLACE = 1024;

  private static final int MULTIPLIER = 0x9e37_79b1;

  private final int[] hashes;
  private final long[] positions;
  private final int shift;

  RingIndex(long bytes) {
    long wanted = Math.max(MIN_SIZE, Math.min(bytes / BYTES_PER_PLACE, MAX_SIZE));
    int size = Integer.highestOneBit((int) wanted);
    hashes = new int[size];
    positions = new long[size];
    shift = Integer.numberOfLeadingZeros(size) + 1;
    Arrays.fill(positions, NONE);
  }

  /** Reads the first place of a hash and thereby brings it into the cache. */
  long touch(int hash) {
    int place = place(hash);
    return hashes[place] + positions[place];
  }

  private int place(int hash) {
    return (hash * MULTIPLIER) >>> shift;
  }

  /** The newest position of a hash that is not before {@code tail}, or {@link #NONE}. */
  long find(int hash, long tail) {
    for (int i = 0; i < PLACES; i++) {
      int place = (place(hash) + i) & (hashes.length - 1);
      if (hashes[place] == hash && positions[place] >= tail) {
        return positions[place];
      }
    }
    return NONE;
  }

  /**
   * Puts a new position in the place of a hash.
   *
   * @return the one that was there, which may be before {@code tail}; or {@link #NONE}
   */
  long replace(int hash, long position, long tail, RingCounters counters) {
    int oldest = place(hash);
    for (int i = 0; i < PLACES; i++) {
      int place = (place(hash) + i) & (hashes.length - 1);
      if (hashes[place] == hash && positions[place] != NONE) {
        long previous = positions[place];
        positions[place] = position;
        return previous;
      }
      if (positions[place] < positions[oldest]) {
        oldest = place;
      }
    }
    if (positions[oldest] >= tail) {
      counters.unlinked();
    }
    hashes[oldest] = hash;
    positions[oldest] = position;
    return NONE;
  }
}
