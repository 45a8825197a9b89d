package io.callscope.testdata;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The Internet checksum (RFC 1071). */
final class Checksum {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private Checksum() {}

  /** Adds bytes to a sum; all parts but the last must have an even length. */
  static long add(long sum, byte[] bytes, int from, int length) {
    long total = sum;
    int i = from;
    int end = from + length;
    for (; i <= end - 4; i += 4) {
      total += (int) INTS.get(bytes, i) & 0xffff_ffffL;
    }
    if (i <= end - 2) {
      total += (bytes[i] & 255L) << 8 | (bytes[i + 1] & 255L);
      i += 2;
    }
    if (i < end) {
      total += (bytes[i] & 255L) << 8;
    }
    return total;
  }

  /** The checksum of what was added. */
  static int of(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) ~folded & 0xffff;
  }
}
