package io.callscope.capture.message;

import io.callscope.capture.packet.PayloadKind;

/** Tells what a UDP payload is. */
final class PayloadClassifier {
  /** A payload of this length or less cannot be SIP. */
  private static final int TINY = 12;

  private static final int STUN_HEADER = 20;
  private static final int STUN_COOKIE = 0x2112a442;
  private static final int RTP_HEADER = 12;
  private static final int RTCP_HEADER = 8;
  private static final int DTLS_HEADER = 13;

  private PayloadClassifier() {}

  /** Where the first byte is that is neither CR nor LF, {@code end} if there is none. */
  static int skipLineEnds(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && (bytes[at] == '\r' || bytes[at] == '\n')) {
      at++;
    }
    return at;
  }

  /**
   * @param from the payload without leading line ends
   */
  static PayloadKind of(byte[] bytes, int from, int end) {
    int length = end - from;
    if (length > TINY && isLetter(bytes[from])) {
      return PayloadKind.SIP;
    }
    if (isBlank(bytes, from, end)) {
      return PayloadKind.KEEPALIVE;
    }
    return binary(bytes, from, length);
  }

  private static boolean isLetter(byte b) {
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  private static boolean isBlank(byte[] bytes, int from, int end) {
    for (int i = from; i < end; i++) {
      byte b = bytes[i];
      if (b != 0 && b != '\r' && b != '\n' && b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  /** The first byte tells the protocols that share a port apart (RFC 7983 §7). */
  private static PayloadKind binary(byte[] bytes, int from, int length) {
    int first = bytes[from] & 0xff;
    if (first < 4 && length >= STUN_HEADER && int32(bytes, from + 4) == STUN_COOKIE) {
      return PayloadKind.STUN;
    }
    if (first >= 20 && first <= 63 && length >= DTLS_HEADER && (bytes[from + 1] & 0xff) == 0xfe) {
      return PayloadKind.DTLS;
    }
    if (first >>> 6 == 2 && length >= RTCP_HEADER) {
      int second = bytes[from + 1] & 0xff;
      if (second >= 192 && second <= 223) { // RFC 5761 §4
        return PayloadKind.RTCP;
      }
      return length >= RTP_HEADER ? PayloadKind.RTP : PayloadKind.NOT_SIP;
    }
    return PayloadKind.NOT_SIP;
  }

  private static int int32(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }
}
