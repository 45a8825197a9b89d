package io.callscope.fuzz;

import java.util.Arrays;

/** Takes an input apart into numbers and texts, for targets that are driven by operations. */
public final class FuzzInput {
  private final byte[] bytes;
  private int at;

  public FuzzInput(byte[] bytes) {
    this.bytes = bytes;
  }

  public boolean hasMore() {
    return at < bytes.length;
  }

  /** 0 to 255; 0 behind the end. */
  public int uint8() {
    return at < bytes.length ? bytes[at++] & 0xff : 0;
  }

  public int uint16() {
    return uint8() << 8 | uint8();
  }

  /** So many bytes, fewer at the end. */
  public byte[] take(int length) {
    int to = Math.min(bytes.length, at + length);
    byte[] taken = Arrays.copyOfRange(bytes, at, to);
    at = to;
    return taken;
  }

  /** All that is left. */
  public byte[] rest() {
    return take(bytes.length - at);
  }
}
