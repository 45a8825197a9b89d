package io.callscope.capture.fragment;

/**
 * Buffers of datagrams that are done with, for others: a new one would have to be cleared, which
 * costs more than the fragment in it. Sizes are powers of two. One thread.
 */
final class FragmentBuffers {
  /** The smallest: most datagrams of more than one fragment fit. */
  static final int SMALLEST = 2048;

  private static final int SIZES = 6; // up to 64 KiB
  private static final int KEPT_BYTES = 512 << 10;
  private static final int MAX_KEPT = 64;

  /** More whole datagrams in one packet, each inside the other, than are decoded. */
  private static final int MAX_IN_USE = 16;

  private final byte[][][] kept = new byte[SIZES][][];
  private final int[] counts = new int[SIZES];

  // What a whole datagram is read from; others may not have it before the next packet.
  private final byte[][] inUse = new byte[MAX_IN_USE][];
  private int inUseCount;

  FragmentBuffers() {
    for (int i = 0; i < SIZES; i++) {
      kept[i] = new byte[Math.min(MAX_KEPT, KEPT_BYTES / (SMALLEST << i))][];
    }
  }

  /** A buffer of at least so many bytes, whatever is in them. */
  byte[] take(int length) {
    int size =
        length <= SMALLEST ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(length - 1) - 11;
    return counts[size] > 0 ? kept[size][--counts[size]] : new byte[SMALLEST << size];
  }

  /** Takes back a buffer that nobody reads any more. */
  void give(byte[] buffer) {
    if (buffer.length == 0) {
      return;
    }
    int size = Integer.numberOfTrailingZeros(buffer.length) - 11;
    if (counts[size] < kept[size].length) {
      kept[size][counts[size]++] = buffer;
    }
  }

  /** Takes back a buffer that is read until {@link #next}. */
  void giveLater(byte[] buffer) {
    if (inUseCount < MAX_IN_USE) {
      inUse[inUseCount++] = buffer;
    }
  }

  /** A new packet comes: nobody reads what the last one became. */
  void next() {
    while (inUseCount > 0) {
      give(inUse[--inUseCount]);
    }
  }
}
