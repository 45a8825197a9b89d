package io.callscope.pcapdump.file;

/**
 * What one writer may hold.
 *
 * @param flushMillis how long messages of a call may be gathered
 * @param openFiles files kept open
 * @param gatheredBytes memory for gathered messages
 * @param calls calls remembered between their messages
 * @param connections TCP connections of these calls
 */
public record Limits(
    long flushMillis, int openFiles, long gatheredBytes, int calls, int connections) {
  /** An open file that nothing was written to for so long is closed. */
  static final long IDLE_MILLIS = 5000;

  /** A call that has gathered so much is written at once. */
  static final int MAX_CALL_BYTES = 256 * 1024;

  /** Calls of all writers: some 50 MB, 150 with the longest Call-IDs. */
  private static final int ALL_CALLS = 131_072;

  /** Connections of all writers, two a call: some 70 MB. */
  private static final int ALL_CONNECTIONS = 262_144;

  public Limits {
    if (flushMillis < 0 || openFiles < 1 || gatheredBytes < 1 || calls < 1 || connections < 1) {
      throw new IllegalArgumentException("a writer must be able to hold something");
    }
  }

  /**
   * The share of one of so many writers.
   *
   * @param openFiles of all
   * @param gatheredBytes of all
   */
  public static Limits share(int writers, long flushMillis, int openFiles, long gatheredBytes) {
    return new Limits(
        flushMillis,
        Math.max(1, openFiles / writers),
        Math.max(1, gatheredBytes / writers),
        Math.max(1, ALL_CALLS / writers),
        Math.max(1, ALL_CONNECTIONS / writers));
  }
}
