package io.callscope.pcapdump.file;

import io.callscope.sip.CallIdLimit;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A Call-ID as the key of a table: of one that is longer than {@link CallIdLimit#MAX_KEPT_BYTES}
 * its start and its hash, so that a table of them is bounded. One object can be set again and again
 * to look others up. They have an order, so that a {@link java.util.HashMap} stays fast where
 * Call-IDs are made to collide.
 */
public final class CallId implements Comparable<CallId> {
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

  /** The same key, which stays as it is. It has not all bytes of a Call-ID that is too long. */
  public CallId copy() {
    CallId copy = new CallId();
    copy.set(Arrays.copyOfRange(bytes, from, keptTo()), 0, keptTo() - from, hash);
    return copy;
  }

  private int keptTo() {
    return from + Math.min(length, CallIdLimit.MAX_KEPT_BYTES);
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
        && Arrays.equals(bytes, from, keptTo(), id.bytes, id.from, id.keptTo());
  }

  @Override
  public int compareTo(CallId id) {
    return hash == id.hash
        ? Arrays.compareUnsigned(bytes, from, keptTo(), id.bytes, id.from, id.keptTo())
        : Integer.compare(hash, id.hash);
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
