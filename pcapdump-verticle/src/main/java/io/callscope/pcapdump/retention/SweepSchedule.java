package io.callscope.pcapdump.retention;

/**
 * When to sweep: soon for the first time, then often enough for the limit on age, and once what was
 * written since the last time may have gone over the limit on size. A sweep that takes long comes
 * more seldom. One thread.
 */
public final class SweepSchedule {
  private static final long SHORTEST_MILLIS = 1000;
  private static final long LONGEST_MILLIS = 60_000;
  private static final int REST = 4;

  /** Of files that nobody has counted: more than any limit, whatever is added. */
  private static final long UNKNOWN_BYTES = Long.MAX_VALUE / 2;

  private final long maxBytes;
  private final long periodMillis;
  private long leftBytes;
  private long writtenBytes;
  private long endedMillis;
  private long restMillis;
  private boolean begun;

  public SweepSchedule(long maxBytes, long maxAgeMillis) {
    this.maxBytes = maxBytes;
    periodMillis =
        maxAgeMillis == 0
            ? Long.MAX_VALUE
            : Math.max(SHORTEST_MILLIS, Math.min(maxAgeMillis / 10, LONGEST_MILLIS));
  }

  /**
   * @param written bytes written since the start of the program
   */
  public boolean isDue(long nowMillis, long written) {
    if (maxBytes == 0 && periodMillis == Long.MAX_VALUE) {
      return false;
    }
    if (!begun) {
      return true;
    }
    long since = nowMillis - endedMillis;
    boolean tooLarge = maxBytes > 0 && leftBytes + written - writtenBytes > maxBytes;
    return since >= restMillis && (tooLarge || since >= periodMillis);
  }

  /**
   * A sweep has ended.
   *
   * @param tookMillis how long it was at it
   * @param written bytes written before it began
   * @param left bytes of the files that are left
   */
  public void swept(long nowMillis, long tookMillis, long written, long left) {
    begun = true;
    endedMillis = nowMillis;
    restMillis = Math.max(SHORTEST_MILLIS, REST * tookMillis);
    writtenBytes = written;
    leftBytes = left;
  }

  /** A sweep did not come to its end: the next one is due after a while. */
  public void failed(long nowMillis) {
    begun = true;
    endedMillis = nowMillis;
    restMillis = LONGEST_MILLIS;
    leftBytes = UNKNOWN_BYTES;
  }
}
