package io.callscope.capture.tcp;

import io.callscope.bus.Envelope;

/**
 * Reads the bytes of one direction of a connection, in their order. Called by the source's thread;
 * nothing of an envelope or array may be kept.
 */
public interface StreamReader {
  /** The next bytes. */
  void read(Envelope envelope, byte[] bytes, int from, int end) throws InterruptedException;

  /**
   * The next bytes are missing.
   *
   * @param missing how many, or {@link #UNKNOWN}: the stream was joined in the middle
   */
  void gap(Envelope envelope, long missing) throws InterruptedException;

  /** Of {@link #gap}: before the first byte seen there may be any number. */
  long UNKNOWN = -1;

  /** No more bytes come. */
  void close(Envelope envelope) throws InterruptedException;

  /** Memory is short: lets go of all it holds, as if bytes were missing. */
  void giveUp(Envelope envelope) throws InterruptedException;

  /** Whether it holds memory for bytes to come. */
  boolean isHolding();

  /** Nothing more is of interest. It holds nothing, and need not be given anything. */
  boolean isIgnoring();
}
