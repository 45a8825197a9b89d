package io.callscope.tracker.rate;

import io.callscope.bus.EventType;

/** The rates of one event type from one source address. */
final class RateEntry {
  /** Bytes of the object and its three arrays. */
  static final int BYTES = 248;

  final EventType type;
  final long high;
  final long low;
  final long createdNanos;

  /** Place in the order of creation. */
  final long id;

  // Links: bucket chain, creation order.
  RateEntry next;
  RateEntry older;
  RateEntry newer;

  /** No longer in the table. */
  boolean removed;

  /** Events so far. */
  long total;

  /**
   * Per interval: start of its window, the total then, and the rate when the last window closed.
   */
  final long[] windowStartNanos = new long[RateSettings.SLOTS];

  final long[] windowStartTotal = new long[RateSettings.SLOTS];
  final double[] closedRate = new double[RateSettings.SLOTS];

  boolean exceeded;

  /** The interval whose rate was reported last: the one exceeded, if any. */
  byte slot;

  /** Events in the present run over a limit, or under all. */
  long run;

  /** The last event of an exceeded run that was let through. */
  long lastReported;

  long changedNanos;
  long lastExceededNanos;
  long lastOkNanos;

  RateEntry(long id, EventType type, long high, long low, long nowNanos) {
    this.id = id;
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

  /** A run of the other kind begins. */
  void change(boolean nowExceeded, long nowNanos) {
    exceeded = nowExceeded;
    run = 0;
    changedNanos = nowNanos;
  }

  /** The rate of an interval, events an interval; closes the window if it has run its time. */
  double rate(int slotNumber, long intervalNanos, long nowNanos) {
    double rate = currentRate(slotNumber, intervalNanos, nowNanos);
    if (nowNanos - windowStartNanos[slotNumber] > intervalNanos) {
      closedRate[slotNumber] = rate;
      windowStartNanos[slotNumber] = nowNanos;
      windowStartTotal[slotNumber] = total;
    }
    return rate;
  }

  /** The same, changing nothing. */
  double currentRate(int slotNumber, long intervalNanos, long nowNanos) {
    long elapsed = nowNanos - windowStartNanos[slotNumber];
    long count = total - windowStartTotal[slotNumber];
    return elapsed > intervalNanos
        ? (double) count * (double) intervalNanos / (double) elapsed
        : Math.max(closedRate[slotNumber], (double) count);
  }
}
