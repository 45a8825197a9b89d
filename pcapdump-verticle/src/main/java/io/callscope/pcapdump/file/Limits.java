package io.callscope.pcapdump.file;

/**
 * What one writer may hold.
 *
 * @param flushMillis how long messages of a call may be gathered
 * @param openFiles files kept open
 * @param gatheredBytes memory for gathered messages
 * @param calls calls remembered between their messages
 */
public record Limits(long flushMillis, int openFiles, long gatheredBytes, int calls) {
  /** An open file that nothing was written to for so long is closed. */
  static final long IDLE_MILLIS = 5000;

  /** A call that has gathered so much is written at once. */
  static final int MAX_CALL_BYTES = 256 * 1024;

  public Limits {
    if (flushMillis < 0 || openFiles < 1 || gatheredBytes < 1 || calls < 1) {
      throw new IllegalArgumentException("a writer must be able to hold something");
    }
  }
}
