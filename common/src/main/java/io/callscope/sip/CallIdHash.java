package io.callscope.sip;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hash that places a message: the partition it goes to, the pcap writer, the bucket of the call
 * table. Not keyed by a secret, so every process agrees; tables that are open to attack must bound
 * their chains.
 */
public final class CallIdHash {
  private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private CallIdHash() {}

  /** Hash of a span of bytes; every bit of the result depends on every byte. */
  public static int of(byte[] bytes, int from, int length) {
    long hash = length * MULTIPLIER;
    int i = from;
    int end = from + length;
    for (; i <= end - 8; i += 8) {
      hash = mix(hash ^ (long) LONGS.get(bytes, i));
    }
    long rest = 0;
    for (int shift = 0; i < end; i++, shift += 8) {
      rest |= (bytes[i] & 0xffL) << shift;
    }
    hash = mix(hash ^ rest);
    return (int) (hash ^ (hash >>> 32));
  }

  /** Hash of two spans, a border between them, whatever the case of their ASCII letters. */
  static int ofPairIgnoringCase(
      byte[] bytes, int from, int length, int secondFrom, int secondLength) {
    long hash = mix(addIgnoringCase(length * MULTIPLIER, bytes, from, length));
    hash = mix(addIgnoringCase(hash ^ secondLength, bytes, secondFrom, secondLength));
    return (int) (hash ^ (hash >>> 32));
  }

  private static long addIgnoringCase(long seed, byte[] bytes, int from, int length) {
    long hash = seed;
    for (int i = from; i < from + length; i++) {
      hash = mix(hash ^ Octets.lower(bytes[i]));
    }
    return hash;
  }

  private static long mix(long x) {
    long y = x * MULTIPLIER;
    return y ^ (y >>> 29);
  }

  /** Maps a hash to one of {@code parts}, evenly. */
  public static int part(int hash, int parts) {
    return (int) (((hash & 0xffff_ffffL) * parts) >>> 32);
  }
}
