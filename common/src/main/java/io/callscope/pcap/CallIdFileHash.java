package io.callscope.pcap;

/**
 * The hash of a Call-ID that places its file in a sub-directory. Scripts compute it too, so it is
 * not to be changed; inside the program {@link io.callscope.sip.CallIdHash} does better.
 */
final class CallIdFileHash {
  private static final int STEP = 16_777_259;

  private CallIdFileHash() {}

  /** An unsigned number of 32 bits. */
  static int of(byte[] bytes, int from, int length) {
    int hash = 0;
    int at = from;
    int end = from + length;
    for (; end - at >= 4; at += 4) {
      int value =
          (bytes[at] & 0xff) * 16_777_213
              + (bytes[at + 1] & 0xff) * 65_537
              + (bytes[at + 2] & 0xff) * 257
              + (bytes[at + 3] & 0xff);
      hash = step(hash, value);
    }
    int rest = 0;
    for (; at < end; at++) {
      rest = 251 * rest + (bytes[at] & 0xff);
    }
    hash = step(hash, rest);
    return hash + (hash >>> 7) + (hash >>> 13) + (hash >>> 23);
  }

  private static int step(int hash, int value) {
    return STEP * hash + value ^ value << 17;
  }
}
