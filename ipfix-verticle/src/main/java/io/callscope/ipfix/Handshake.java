package io.callscope.ipfix;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The connect request of an SBC (set 256), as it was received, and the answer to it (set 257).
 *
 * <pre>
 * 0 major version (2)   2 minor version (2)   4 flags (2)   6 flags (2)   8 system flags (2)
 * 10 keep-alive interval, s (2)   12 system id (4)   16 product (2)   18 its version (3)
 * 21 length of the host name (1), which old systems leave out together with the name   22 host name
 * </pre>
 *
 * @param size bytes of the request without padding
 */
record Handshake(
    int major,
    int minor,
    int flags,
    int flags2,
    int systemFlags,
    int keepAliveSeconds,
    long systemId,
    int product,
    String productVersion,
    String host,
    int size) {
  private static final int WITHOUT_HOST = 21;
  private static final int FLAGS = 4;
  private static final int KEEP_ALIVE = 10;

  /** Reads the payload of a set; null if it is too short, or the host name runs out of it. */
  static Handshake read(byte[] bytes, int at, int end) {
    if (end - at < WITHOUT_HOST) {
      return null;
    }
    String host = "";
    int size = WITHOUT_HOST;
    if (end - at > WITHOUT_HOST) {
      VariableLength name = new VariableLength();
      if (!name.read(bytes, at + WITHOUT_HOST, end)) {
        return null;
      }
      host = new String(bytes, name.at, name.length, StandardCharsets.ISO_8859_1);
      size = name.end() - at;
    }
    return new Handshake(
        Octets.uint16(bytes, at),
        Octets.uint16(bytes, at + 2),
        Octets.uint16(bytes, at + FLAGS),
        Octets.uint16(bytes, at + 6),
        Octets.uint16(bytes, at + 8),
        Octets.uint16(bytes, at + KEEP_ALIVE),
        Octets.uint32(bytes, at + 12),
        Octets.uint16(bytes, at + 16),
        bytes[at + 18] + "." + bytes[at + 19] + "." + bytes[at + 20],
        host,
        size);
  }

  /**
   * The answer, a whole message: header and payload of the request, but for the flags, of which all
   * that are not wanted are off, and the interval of keep-alives.
   *
   * @param message array and place of the message with the request
   * @param payloadAt where the payload of its set starts
   */
  byte[] answer(byte[] bytes, int message, int payloadAt, int newFlags, int newKeepAliveSeconds) {
    int head = Framing.HEADER + Framing.SET_HEADER;
    byte[] answer = Arrays.copyOfRange(bytes, message, message + head + size);
    System.arraycopy(bytes, payloadAt, answer, head, size);
    Octets.put16(answer, Framing.LENGTH, answer.length);
    Octets.put16(answer, Framing.HEADER, SetId.CONNECT_ANSWER);
    Octets.put16(answer, Framing.HEADER + 2, Framing.SET_HEADER + size);
    Octets.put16(answer, head + FLAGS, newFlags);
    Octets.put16(answer, head + FLAGS + 2, 0);
    Octets.put16(answer, head + FLAGS + 4, 0);
    Octets.put16(answer, head + KEEP_ALIVE, newKeepAliveSeconds);
    return answer;
  }
}
