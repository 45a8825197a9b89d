package io.callscope.capture.tcp;

import io.callscope.bus.Envelope;

/** Reads nothing. */
final class IgnoringReader implements StreamReader {
  static final IgnoringReader INSTANCE = new IgnoringReader();

  private IgnoringReader() {}

  @Override
  public void read(Envelope envelope, byte[] bytes, int from, int end) {}

  @Override
  public void gap(Envelope envelope, long missing) {}

  @Override
  public void close(Envelope envelope) {}

  @Override
  public void giveUp(Envelope envelope) {}

  @Override
  public boolean isHolding() {
    return false;
  }

  @Override
  public boolean isIgnoring() {
    return true;
  }
}
