package io.callscope.config;

import java.time.Duration;

/**
 * The entries that a removal of rate entries may look at in a time. The options bound its time; the
 * program bounds its work, so that the same events always meet the same table.
 */
public final class WalkedEntries {
  /** What the help of the options says. */
  public static final String HINT = "10,000 entries a millisecond, at most 100,000";

  private static final int PER_MILLI = 10_000;
  private static final int MOST = 100_000;

  private WalkedEntries() {}

  /** The entries of a time: 1 at least, so that a removal gets on. */
  public static int in(Duration time) {
    long most = MOST / PER_MILLI * 1_000_000L;
    if (time.compareTo(Duration.ofNanos(most)) >= 0) {
      return MOST;
    }
    return (int) Math.max(1, time.toNanos() * PER_MILLI / 1_000_000);
  }

  /** The time that so many entries stand for. */
  public static Duration time(long walked) {
    return Duration.ofNanos(walked * 1_000_000 / PER_MILLI);
  }
}
