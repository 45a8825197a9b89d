package io.callscope.tracker.call;

/**
 * Counts of an entry that stay at their largest: a client that repeats itself for days must not
 * make them negative.
 */
final class Counts {
  private Counts() {}

  /** One more, if there is room for it. */
  static int next(int count) {
    return count == Integer.MAX_VALUE ? count : count + 1;
  }
}
