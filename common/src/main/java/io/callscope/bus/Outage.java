package io.callscope.bus;

/**
 * Tells a receiver that is gone from one that is being handed over: only what goes on for longer
 * than that takes is worth a line, and one is enough. On one context.
 */
final class Outage {
  private static final long LONG_NANOS = 3_000_000_000L;

  private boolean failing;
  private boolean told;
  private long sinceNanos;

  /**
   * Something was not taken.
   *
   * @return whether it is to be said now
   */
  boolean failed(long nowNanos) {
    if (!failing) {
      failing = true;
      sinceNanos = nowNanos;
    }
    boolean tell = !told && nowNanos - sinceNanos >= LONG_NANOS;
    told |= tell;
    return tell;
  }

  /** Something was taken. */
  void over() {
    failing = false;
    told = false;
  }
}
