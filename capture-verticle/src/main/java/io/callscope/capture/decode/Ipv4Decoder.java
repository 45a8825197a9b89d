package io.callscope.capture.decode;

import io.callscope.capture.packet.IpProtocol;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.Verdict;
import io.callscope.net.IpAddress;

/**
 * Decodes an IPv4 header (RFC 791). Checksums are not looked at: captures of a sending machine have
 * none.
 *
 * <pre>
 * 0 version, header words   2 total length   4 identification   6 flags, fragment offset   9 protocol   12 source
 * 16 destination   20 options
 * </pre>
 */
final class Ipv4Decoder {
  private static final int SMALLEST_HEADER = 20;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int OFFSET = 0x1fff;
  private static final int MORE_FRAGMENTS_OR_OFFSET = MORE_FRAGMENTS | OFFSET;
  private static final int END_OF_OPTIONS = 0;
  private static final int NO_OPERATION = 1;

  private Ipv4Decoder() {}

  /** What the packet carries, or why it cannot be decoded. */
  static Verdict decode(Packet packet) {
    int at = packet.at;
    if (packet.available() < SMALLEST_HEADER) {
      return packet.tooShort();
    }
    int header = (packet.uint8(at) & 0xf) * 4;
    int total = packet.uint16(at + 2);
    // Segmentation offload leaves 0: then all there is belongs to it.
    boolean wrongLength = total != 0 && total < header;
    if (packet.uint8(at) >>> 4 != 4 || header < SMALLEST_HEADER || wrongLength) {
      return Verdict.MALFORMED;
    }
    if (total != 0) {
      packet.limit(total);
    }
    if (packet.available() < header) {
      return packet.tooShort();
    }
    if (header > SMALLEST_HEADER && !optionsFit(packet, at + SMALLEST_HEADER, at + header)) {
      return Verdict.MALFORMED;
    }
    packet.ipv6 = false;
    packet.envelope.sourceHigh = 0;
    packet.envelope.sourceLow = IpAddress.lowOfIpv4(packet.int32(at + 12));
    packet.envelope.destinationHigh = 0;
    packet.envelope.destinationLow = IpAddress.lowOfIpv4(packet.int32(at + 16));
    packet.at = at + header;
    packet.protocol = packet.uint8(at + 9);
    int fragment = packet.uint16(at + 6);
    if ((fragment & MORE_FRAGMENTS_OR_OFFSET) != 0) {
      packet.fragmentId = packet.uint16(at + 4);
      packet.fragmentOffset = (fragment & OFFSET) * 8;
      packet.moreFragments = (fragment & MORE_FRAGMENTS) != 0;
      return Verdict.FRAGMENT;
    }
    return IpProtocol.of(packet.protocol);
  }

  private static boolean optionsFit(Packet packet, int from, int end) {
    int at = from;
    while (at < end && packet.uint8(at) != END_OF_OPTIONS) {
      if (packet.uint8(at) == NO_OPERATION) {
        at++;
        continue;
      }
      if (end - at < 2 || packet.uint8(at + 1) < 2 || packet.uint8(at + 1) > end - at) {
        return false;
      }
      at += packet.uint8(at + 1);
    }
    return true;
  }
}
