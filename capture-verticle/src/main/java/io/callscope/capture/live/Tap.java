package io.callscope.capture.live;

import io.callscope.capture.config.SourceException;

/**
 * An interface that is open for capture. For one thread, but for {@link #wake}. A seam between us
 * and the library that captures, and for tests.
 */
interface Tap extends AutoCloseable {
  /** Takes one packet; the bytes are its own only until it returns. */
  interface Listener {
    /**
     * @param from where in the bytes the packet starts
     * @param capturedLength bytes of it that are there
     * @param originalLength bytes on the wire
     * @param captureNanos ns since 1970
     */
    void packet(byte[] bytes, int from, int capturedLength, int originalLength, long captureNanos);
  }

  /**
   * What the kernel says since the tap was opened, each modulo 2<sup>32</sup>.
   *
   * @param received packets that passed the filter, with those that were dropped then
   * @param dropped packets the kernel dropped because its buffer was full
   * @param interfaceDropped packets the interface or its driver dropped
   */
  record Statistics(long received, long dropped, long interfaceDropped) {
    static final Statistics NONE = new Statistics(0, 0, 0);
  }

  int linkType();

  /**
   * Reads packets that have come, or waits for some.
   *
   * @return how many; 0 if none came in time or {@link #wake} was called
   * @throws SourceException if nothing more can be read
   */
  int read(Listener listener) throws SourceException;

  Statistics statistics() throws SourceException;

  /** Ends a read that waits. For any thread. */
  void wake();

  @Override
  void close();
}
