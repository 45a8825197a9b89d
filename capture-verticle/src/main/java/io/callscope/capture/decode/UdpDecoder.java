package io.callscope.capture.decode;

import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.Verdict;

/**
 * Decodes a UDP header (RFC 768).
 *
 * <pre>
 * 0 source port   2 destination port   4 length   6 checksum   8 payload
 * </pre>
 */
final class UdpDecoder {
  private static final int HEADER = 8;

  /** The largest length the header can tell; what offload glued together beyond it is not read. */
  private static final int MAX_LENGTH = 65_535;

  private UdpDecoder() {}

  /** {@link Verdict#UDP} with the packet at its payload, or why not. */
  static Verdict decode(Packet packet) {
    int at = packet.at;
    if (packet.available() < HEADER) {
      return packet.tooShort();
    }
    int length = packet.uint16(at + 4);
    if (length != 0 && length < HEADER) {
      return Verdict.MALFORMED;
    }
    packet.limit(length == 0 ? Math.min(packet.available(), MAX_LENGTH) : length);
    packet.envelope.sourcePort = packet.uint16(at);
    packet.envelope.destinationPort = packet.uint16(at + 2);
    packet.at = at + HEADER;
    return Verdict.UDP;
  }
}
