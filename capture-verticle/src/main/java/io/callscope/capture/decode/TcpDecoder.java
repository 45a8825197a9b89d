package io.callscope.capture.decode;

import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.Verdict;

/**
 * Decodes a TCP header (RFC 9293 §3.1). Options change nothing in the order of bytes and are not
 * looked at.
 *
 * <pre>
 * 0 source port   2 destination port   4 sequence   8 acknowledgement   12 header words   13 flags
 * 14 window   16 checksum   18 urgent   20 options
 * </pre>
 */
final class TcpDecoder {
  private static final int SMALLEST_HEADER = 20;

  private TcpDecoder() {}

  /** {@link Verdict#TCP} with the packet at its payload, or why not. */
  static Verdict decode(Packet packet) {
    int at = packet.at;
    if (packet.available() < SMALLEST_HEADER) {
      return packet.tooShort();
    }
    int header = (packet.uint8(at + 12) >>> 4) * 4;
    if (header < SMALLEST_HEADER) {
      return Verdict.MALFORMED;
    }
    if (packet.available() < header) {
      return packet.tooShort();
    }
    packet.envelope.sourcePort = packet.uint16(at);
    packet.envelope.destinationPort = packet.uint16(at + 2);
    packet.sequence = packet.int32(at + 4);
    packet.acknowledgement = packet.int32(at + 8);
    packet.tcpFlags = packet.uint8(at + 13);
    packet.at = at + header;
    return Verdict.TCP;
  }
}
