package io.callscope.capture.decode;

import io.callscope.capture.packet.IpProtocol;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.Verdict;

/**
 * Decodes an IPv6 header and the extension headers that only pass the packet on (RFC 8200).
 *
 * <pre>
 * header      0 version   4 payload length   6 next header   8 source   24 destination   40 payload
 * extension   0 next header   1 length in 8 bytes, less one
 * fragment    0 next header   2 offset, flags   4 identification   8 payload
 * </pre>
 */
final class Ipv6Decoder {
  private static final int HEADER = 40;
  private static final int EXTENSION_UNIT = 8;

  /** Most extension headers; each kind should stand once (RFC 8200 §4.1). */
  private static final int MAX_EXTENSIONS = 16;

  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int DESTINATION = 60;
  private static final int MORE_FRAGMENTS = 0x0001;
  private static final int OFFSET = 0xfff8;
  private static final int MORE_FRAGMENTS_OR_OFFSET = OFFSET | MORE_FRAGMENTS;

  private Ipv6Decoder() {}

  /** What the packet carries, or why it cannot be decoded. */
  static Verdict decode(Packet packet) {
    int at = packet.at;
    if (packet.available() < HEADER) {
      return packet.tooShort();
    }
    if (packet.uint8(at) >>> 4 != 6) {
      return Verdict.MALFORMED;
    }
    int payload = packet.uint16(at + 4);
    // Jumbograms (RFC 2675) and segmentation offload leave 0: then all there is belongs to it.
    if (payload != 0) {
      packet.limit(HEADER + payload);
    }
    packet.ipv6 = true;
    packet.envelope.sourceHigh = packet.int64(at + 8);
    packet.envelope.sourceLow = packet.int64(at + 16);
    packet.envelope.destinationHigh = packet.int64(at + 24);
    packet.envelope.destinationLow = packet.int64(at + 32);
    packet.at = at + HEADER;
    return passExtensions(packet, packet.uint8(at + 6));
  }

  private static Verdict passExtensions(Packet packet, int first) {
    int next = first;
    for (int i = 0; i < MAX_EXTENSIONS; i++) {
      if (next != HOP_BY_HOP && next != ROUTING && next != FRAGMENT && next != DESTINATION) {
        packet.protocol = next;
        return IpProtocol.of(next);
      }
      if (packet.available() < EXTENSION_UNIT) {
        return packet.tooShort();
      }
      int at = packet.at;
      // A fragment header with neither offset nor more to come is a whole datagram (RFC 6946).
      if (next == FRAGMENT && (packet.uint16(at + 2) & MORE_FRAGMENTS_OR_OFFSET) != 0) {
        return fragment(packet);
      }
      int length = next == FRAGMENT ? 8 : (packet.uint8(at + 1) + 1) * EXTENSION_UNIT;
      if (packet.available() < length) {
        return packet.tooShort();
      }
      next = packet.uint8(at);
      packet.at += length;
    }
    return Verdict.MALFORMED;
  }

  /** Extension headers behind it belong to the datagram: they are passed once that is whole. */
  private static Verdict fragment(Packet packet) {
    int at = packet.at;
    int offset = packet.uint16(at + 2);
    packet.protocol = packet.uint8(at);
    packet.fragmentOffset = offset & OFFSET;
    packet.moreFragments = (offset & MORE_FRAGMENTS) != 0;
    packet.fragmentId = packet.int32(at + 4);
    packet.at = at + EXTENSION_UNIT;
    return Verdict.FRAGMENT;
  }
}
