package io.callscope.pcap;

import java.util.Arrays;

/** An array that grows, and how much of it is in use. One thread. */
public final class GrowingBytes {
  private byte[] array;
  private int used;

  public GrowingBytes(int firstBytes) {
    array = new byte[firstBytes];
  }

  /** The array, the same until the next {@link #reserve}. */
  public byte[] array() {
    return array;
  }

  public int used() {
    return used;
  }

  /** Bytes that it takes in memory. */
  public int capacity() {
    return array.length;
  }

  /** Makes room for so many bytes behind those in use. */
  public void reserve(int bytes) {
    int needed = Math.addExact(used, bytes);
    if (needed > array.length) {
      array = Arrays.copyOf(array, Math.max(needed, array.length + (array.length >> 1)));
    }
  }

  /** Sets how much is in use. */
  public void use(int bytes) {
    used = bytes;
  }
}
