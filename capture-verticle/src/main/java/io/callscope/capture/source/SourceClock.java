package io.callscope.capture.source;

/** The time of the real world, as a source needs it. */
public interface SourceClock {
  /** The time of day, ns since 1970. */
  long wallNanos();

  /** A clock of any zero that no one sets. */
  long monotonicNanos();

  /** Waits until {@link #monotonicNanos} has come to this. */
  void sleepUntil(long monotonicNanos) throws InterruptedException;
}
