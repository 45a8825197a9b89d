package io.callscope.capture.fragment;

/**
 * Remembers which datagrams were put together lately. Where a network is seen at two places every
 * fragment comes twice, and the second copy of the one that completed a datagram begins another
 * that nothing will ever complete: that is no loss. Forgets the older of two that share a place.
 * One thread.
 */
final class CompleteDatagrams {
  /** As many as may wait, twice: two share a place seldom. A power of two. */
  private static final int PLACES = 2 * Fragments.MAX_DATAGRAMS;

  /** Copies come within moments; numbers are used again. */
  private static final long REMEMBERED_NANOS = 1_000_000_000L;

  private final long[] keys = new long[PLACES];
  private final long[] nanos = new long[PLACES];

  /**
   * @param key well mixed, of all that tells a datagram from others
   */
  void add(long key, long nowNanos) {
    int place = place(key);
    keys[place] = key;
    nanos[place] = nowNanos;
  }

  /** Whether one was put together a moment ago. */
  boolean contains(long key, long nowNanos) {
    int place = place(key);
    return keys[place] == key && nowNanos - nanos[place] <= REMEMBERED_NANOS;
  }

  private static int place(long key) {
    return (int) key & (PLACES - 1);
  }
}
