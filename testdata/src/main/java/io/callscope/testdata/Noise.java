package io.callscope.testdata;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Datagrams on the SIP port that are not SIP. */
final class Noise {
  private static final byte[] KEEP_ALIVE = Bytes.ascii("\r\n\r\n");
  private static final byte[] HTTP = Bytes.ascii("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  private static final int STUN_COOKIE = 0x2112_a442;
  private static final byte[] STUN = stun();
  private static final int SHORTEST_SIP = 13;

  private final SplittableRandom random;

  Noise(SplittableRandom random) {
    this.random = random;
  }

  /** Something else each time, at times the beginning of a message. */
  byte[] next(byte[] message, int from, int length) {
    return switch (random.nextInt(6)) {
      case 0 -> KEEP_ALIVE;
      case 1 -> new byte[4];
      case 2 -> STUN;
      case 3 -> rubbish();
      case 4 -> HTTP;
      default ->
          Arrays.copyOfRange(message, from, from + Math.min(length, random.nextInt(20, 200)));
    };
  }

  /** It is too short for SIP, or starts with something else than a letter. */
  static boolean isProbe(byte[] datagram) {
    int first = datagram[0] | 0x20;
    return datagram.length < SHORTEST_SIP || first < 'a' || first > 'z';
  }

  private byte[] rubbish() {
    byte[] bytes = new byte[64];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) random.nextInt();
    }
    return bytes;
  }

  /** A binding request (RFC 8489 §5). */
  private static byte[] stun() {
    byte[] bytes = new byte[20];
    bytes[1] = 1;
    ByteBuffer.wrap(bytes).putInt(4, STUN_COOKIE).putLong(8, 0x6162_6364_6566_6768L);
    return bytes;
  }
}
