package io.callscope.web.live;

/**
 * How long the expressions of one reader have matched, against what they may take for as many
 * events: what each gives of time comes back, what is not needed is kept up to a limit. Time that
 * others took is in no account but theirs, and a pause of the whole process uses up none. One
 * thread.
 */
final class MatchTime {
  /** So long an event loop waits for one match. */
  static final long MOST_AT_ONCE_NANOS = 10_000_000;

  /** An expression that takes longer than that for each of many events is too slow. */
  static final long PER_EVENT_NANOS = 200_000;

  static final long MOST_KEPT_NANOS = 4 * MOST_AT_ONCE_NANOS;

  private long left = MOST_KEPT_NANOS;

  /** How long the next match may take. */
  long mostNanos() {
    return Math.min(left, MOST_AT_ONCE_NANOS);
  }

  /** An event was matched, or not, in that time. */
  void took(long nanos) {
    left = Math.min(MOST_KEPT_NANOS, left - charged(nanos) + PER_EVENT_NANOS);
  }

  /**
   * A match was given up after that time.
   *
   * @return whether nothing is left to try once more
   */
  boolean gaveUpAfter(long nanos) {
    left -= charged(nanos);
    return left <= 0;
  }

  /** More than a match may take was not taken by it. */
  private static long charged(long nanos) {
    return Math.min(nanos, MOST_AT_ONCE_NANOS);
  }
}
