package io.callscope.ipfix;

/** Big-endian numbers in bytes; the caller has checked that they are there. */
final class Octets {
  private Octets() {}

  static int uint16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  static long uint32(byte[] bytes, int at) {
    return int32(bytes, at) & 0xffff_ffffL;
  }

  static int int32(byte[] bytes, int at) {
    return uint16(bytes, at) << 16 | uint16(bytes, at + 2);
  }

  static long int64(byte[] bytes, int at) {
    return (long) int32(bytes, at) << 32 | uint32(bytes, at + 4);
  }

  static void put16(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >>> 8);
    bytes[at + 1] = (byte) value;
  }

  /** Seconds and microseconds since 1970, as ns. */
  static long nanos(byte[] bytes, int at) {
    return uint32(bytes, at) * 1_000_000_000 + uint32(bytes, at + 4) * 1000;
  }
}
