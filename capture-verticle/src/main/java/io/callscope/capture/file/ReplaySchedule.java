package io.callscope.capture.file;

import io.callscope.capture.config.ReplayOptions;

/**
 * When the packets of one file are due in a replay: each its gap after the packet before was due,
 * so that a late packet does not delay those behind it. Knows no clock.
 */
final class ReplaySchedule {
  private final ReplayOptions options;
  private boolean started;
  private long dueNanos;
  private long previousNanos;

  ReplaySchedule(ReplayOptions options) {
    this.options = options;
  }

  /**
   * When the next packet is due, on the clock of {@code nowNanos}.
   *
   * @param captureNanos when it was captured
   * @param nowNanos when the first packet of the file is due; without effect for the others
   */
  long due(long captureNanos, long nowNanos) {
    if (started) {
      dueNanos += gap(captureNanos - previousNanos);
    } else {
      started = true;
      dueNanos = nowNanos;
    }
    previousNanos = captureNanos;
    return dueNanos;
  }

  private long gap(long captured) {
    long gap = options.scale() > 0 ? (long) (captured * options.scale()) : captured;
    gap = Math.max(gap, options.minNanos());
    if (options.maxNanos() != 0) {
      gap = Math.min(gap, options.maxNanos());
    }
    // So that no sum of gaps overflows in any file.
    return Math.min(gap, ReplayOptions.LONGEST_NANOS);
  }
}
