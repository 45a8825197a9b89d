package io.callscope.tracker.rate;

import io.callscope.bus.EventType;

/** The rates of one event type from one source address. */
final class RateEntry {
  /** Bytes of the object and its array. */
  static final int BYTES = 208;

  // Of each interval's window: when it began, the total then, the rate when the last one closed.
  private static final int START = 0;
  private static final int TOTAL = 1;
  private static final int CLOSED = 2;
  private static final int WINDOW = 3;

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

  /** The windows of all intervals behind one another: arrays of their own are in no cache. */
  private final long[] windows = new long[WINDOW * RateSettings.SLOTS];

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
      windows[WINDOW * i + START] = nowNanos;
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
    int at = WINDOW * slotNumber;
    if (nowNanos - windows[at + START] > intervalNanos) {
      windows[at + CLOSED] = Double.doubleToRawLongBits(rate);
      windows[at + START] = nowNanos;
      windows[at + TOTAL] = total;
    }
    return rate;
  }

  /** The same, changing nothing. */
  double currentRate(int slotNumber, long intervalNanos, long nowNanos) {
    int at = WINDOW * slotNumber;
    long elapsed = nowNanos - windows[at + START];
    long count = total - windows[at + TOTAL];
    return elapsed > intervalNanos
        ? (double) count * (double) intervalNanos / (double) elapsed
        : Math.max(closedRate(slotNumber), (double) count);
  }

  /** The rate when the last window of an interval closed. */
  double closedRate(int slotNumber) {
    return Double.longBitsToDouble(windows[WINDOW * slotNumber + CLOSED]);
  }

  /** When the window of an interval began, ns since 1970. */
  long windowStartNanos(int slotNumber) {
    return windows[WINDOW * slotNumber + START];
  }

  /** Reads what an event needs of the entry; see {@link RateLimiter#expect}. */
  long touch() {
    return low + total + windows[0] + windows[windows.length - 1];
  }
}
