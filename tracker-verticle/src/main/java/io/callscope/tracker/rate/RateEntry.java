package io.callscope.tracker.rate;

import io.callscope.bus.EventType;

/** The rates of one event type from one source address. */
final class RateEntry {
  /** Bytes of the object and its three arrays. */
  static final int BYTES = 232;

  final EventType type;
  final long high;
  final long low;
  final long createdNanos;
  RateEntry next;

  /** Events so far. */
  long total;

  /**
   * Per interval: start of its window, the total then, and the rate when the last window closed.
   */
  final long[] windowStartNanos = new long[RateSettings.SLOTS];

  final long[] windowStartTotal = new long[RateSettings.SLOTS];
  final double[] closedRate = new double[RateSettings.SLOTS];

  boolean exceeded;

  /** Events in the present run over a limit. */
  long exceededRun;

  /** The last event of an exceeded run that was let through. */
  long lastReported;

  long changedNanos;
  long lastExceededNanos;
  long lastOkNanos;

  RateEntry(EventType type, long high, long low, long nowNanos) {
    this.type = type;
    this.high = high;
    this.low = low;
    createdNanos = nowNanos;
    changedNanos = nowNanos;
    lastOkNanos = nowNanos;
    for (int i = 0; i < RateSettings.SLOTS; i++) {
      windowStartNanos[i] = nowNanos;
    }
  }

  boolean is(EventType otherType, long otherHigh, long otherLow) {
    return low == otherLow && high == otherHigh && type == otherType;
  }

  /** The rate of an interval, events an interval; closes the window if it has run its time. */
  double rate(int slot, long intervalNanos, long nowNanos) {
    long elapsed = nowNanos - windowStartNanos[slot];
    long count = total - windowStartTotal[slot];
    if (elapsed > intervalNanos) {
      closedRate[slot] = (double) count * (double) intervalNanos / (double) elapsed;
      windowStartNanos[slot] = nowNanos;
      windowStartTotal[slot] = total;
      return closedRate[slot];
    }
    return Math.max(closedRate[slot], (double) count);
  }
}
