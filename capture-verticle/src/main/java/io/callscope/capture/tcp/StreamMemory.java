package io.callscope.capture.tcp;

/** How many bytes all streams of a source hold. One thread. */
public final class StreamMemory {
  private final long max;
  private long held;

  public StreamMemory(long max) {
    this.max = max;
  }

  public void take(int bytes) {
    held += bytes;
  }

  public void free(int bytes) {
    held -= bytes;
  }

  boolean isShort() {
    return held > max;
  }

  long held() {
    return held;
  }
}
