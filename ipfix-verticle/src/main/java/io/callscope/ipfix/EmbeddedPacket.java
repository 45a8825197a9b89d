package io.callscope.ipfix;

import io.callscope.bus.Envelope;
import io.callscope.net.IpAddress;

/**
 * The IP packet in a UDP record: its ends and its payload. More lenient than a capture's decoder:
 * SBCs copy the packet into the record after they have taken it apart, so neither checksums nor
 * fragment fields nor all lengths mean what they say.
 */
final class EmbeddedPacket {
  private static final int UDP = 17;
  private static final int UDP_HEADER = 8;
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int DESTINATION = 60;

  /** Most extension headers; each kind should stand once (RFC 8200 §4.1). */
  private static final int MAX_EXTENSIONS = 16;

  boolean ipv6;

  /** A header tells of more bytes than there are. */
  boolean truncated;

  /** First byte of what is not read yet; at last of the payload. */
  int at;

  int end;

  /** False if it is no UDP in IP, or its headers do not fit. */
  boolean read(byte[] bytes, int from, int to, Envelope envelope) {
    at = from;
    end = to;
    truncated = false;
    if (from >= to) {
      return false;
    }
    int version = (bytes[from] & 0xff) >>> 4;
    ipv6 = version == 6;
    boolean carriesUdp = ipv6 ? ipv6(bytes, envelope) : version == 4 && ipv4(bytes, envelope);
    return carriesUdp && udp(bytes, envelope);
  }

  private boolean ipv4(byte[] bytes, Envelope envelope) {
    int header = (bytes[at] & 0xf) * 4;
    if (header < IPV4_HEADER || header > end - at) {
      return false;
    }
    int total = Octets.uint16(bytes, at + 2);
    if (total != 0 && total < header) {
      return false;
    }
    limit(total);
    envelope.sourceHigh = 0;
    envelope.sourceLow = IpAddress.lowOfIpv4(Octets.int32(bytes, at + 12));
    envelope.destinationHigh = 0;
    envelope.destinationLow = IpAddress.lowOfIpv4(Octets.int32(bytes, at + 16));
    boolean udp = (bytes[at + 9] & 0xff) == UDP;
    at += header;
    return udp;
  }

  private boolean ipv6(byte[] bytes, Envelope envelope) {
    if (end - at < IPV6_HEADER) {
      return false;
    }
    int payload = Octets.uint16(bytes, at + 4);
    limit(payload == 0 ? 0 : IPV6_HEADER + payload);
    envelope.sourceHigh = Octets.int64(bytes, at + 8);
    envelope.sourceLow = Octets.int64(bytes, at + 16);
    envelope.destinationHigh = Octets.int64(bytes, at + 24);
    envelope.destinationLow = Octets.int64(bytes, at + 32);
    int next = bytes[at + 6] & 0xff;
    at += IPV6_HEADER;
    for (int i = 0; i < MAX_EXTENSIONS && isExtension(next); i++) {
      if (end - at < 8) {
        return false;
      }
      int length = next == FRAGMENT ? 8 : ((bytes[at + 1] & 0xff) + 1) * 8;
      if (length > end - at) {
        return false;
      }
      next = bytes[at] & 0xff;
      at += length;
    }
    return next == UDP;
  }

  private static boolean isExtension(int header) {
    return header == HOP_BY_HOP || header == ROUTING || header == FRAGMENT || header == DESTINATION;
  }

  private boolean udp(byte[] bytes, Envelope envelope) {
    if (end - at < UDP_HEADER) {
      return false;
    }
    int length = Octets.uint16(bytes, at + 4);
    if (length != 0 && length < UDP_HEADER) {
      return false;
    }
    limit(length);
    envelope.sourcePort = Octets.uint16(bytes, at);
    envelope.destinationPort = Octets.uint16(bytes, at + 2);
    at += UDP_HEADER;
    return true;
  }

  /** Ends the layer after so many bytes; 0 says nothing, and more than there are shows a cut. */
  private void limit(int length) {
    if (length > end - at) {
      truncated = true;
    } else if (length != 0) {
      end = at + length;
    }
  }
}
