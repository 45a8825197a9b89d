package io.callscope.capture.config;

import java.time.Duration;

/**
 * How a file is replayed.
 *
 * @param on keep the gaps between packets; off reads as fast as possible
 * @param scale factor of each gap, below 1 is faster; 0 and less leave the gaps as they are
 * @param minNanos smallest gap, 0 or more
 * @param maxNanos largest gap, which wins over the smallest; 0 for none
 */
public record ReplayOptions(boolean on, double scale, long minNanos, long maxNanos) {
  /** As fast as possible. */
  public static final ReplayOptions OFF = new ReplayOptions(false, 0, 0, 0);

  /** With the gaps it was captured with. */
  public static final ReplayOptions AS_CAPTURED = new ReplayOptions(true, 1, 0, 0);

  /** Longest gap that is waited for. */
  public static final long LONGEST_NANOS = Duration.ofDays(1).toNanos();

  public ReplayOptions {
    if (!Double.isFinite(scale)) {
      throw new IllegalArgumentException("replay_scale must be a finite number");
    }
    if (minNanos < 0) {
      throw new IllegalArgumentException("replay_min_delay must not be negative");
    }
    if (maxNanos < 0) {
      throw new IllegalArgumentException("replay_max_delay must not be negative");
    }
  }
}
