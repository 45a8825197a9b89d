package io.callscope.pcapdump.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A Call-ID as the key of a table. One object can be set again and again to look others up. */
public final class CallId {
  private byte[] bytes;
  private int from;
  private int length;
  private int hash;

  /** One to be set before each use. */
  public CallId() {
    set(new byte[0], 0, 0, 0);
  }

  /** Makes it stand for these bytes, which it does not copy. */
  public void set(byte[] inBytes, int at, int ofLength, int itsHash) {
    bytes = inBytes;
    from = at;
    length = ofLength;
    hash = itsHash;
  }

  /** One that stays as it is. */
  public CallId copy() {
    CallId copy = new CallId();
    copy.set(Arrays.copyOfRange(bytes, from, from + length), 0, length, hash);
    return copy;
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int length() {
    return length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CallId id
        && hash == id.hash
        && Arrays.equals(bytes, from, from + length, id.bytes, id.from, id.from + id.length);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }
}
