package io.callscope.capture.tcp;

import io.callscope.bus.Envelope;

/** Takes what is found in streams. What is given to it may change as soon as it returns. */
public interface SipOutput {
  /**
   * A message.
   *
   * @param from where it starts in {@code bytes}
   * @param row its {@link io.callscope.sip.SipIndex} row
   */
  void message(Envelope envelope, byte[] bytes, int from, int[] row) throws InterruptedException;

  /**
   * A message that does not parse.
   *
   * @param error a {@link io.callscope.sip.SipError}
   */
  void parseError(Envelope envelope, int error, byte[] bytes, int from, int[] row)
      throws InterruptedException;
}
