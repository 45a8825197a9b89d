package io.callscope.capture.decode;

import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.Verdict;
import io.callscope.pcap.LinkType;

/**
 * Decodes the link layer, down to the first byte of the network layer.
 *
 * <pre>
 * Ethernet   0 destination   6 source   12 type, or length of an LLC frame   14 payload
 * VLAN tag   0 tag   2 type   4 payload
 * LLC        0 DSAP   1 SSAP   2 control   with SNAP 3 OUI   6 type   8 payload
 * SLL        0 packet type   2 ARPHRD   4 address length   6 address (8)   14 protocol   16 payload
 * SLL2       0 protocol   2 reserved   4 interface   8 ARPHRD   10 packet type   11 address length
 *            12 address (8)   20 payload
 * loopback   0 address family   4 payload
 * </pre>
 */
final class LinkDecoder {
  /** Most tags and bridged frames inside each other; real networks have three. */
  private static final int MAX_DEPTH = 16;

  private static final int ETHERNET_HEADER = 14;
  private static final int ETHERNET_TYPE_AT = 12;
  private static final int SLL_HEADER = 16;
  private static final int SLL_PROTOCOL_AT = 14;
  private static final int SLL2_HEADER = 20;
  private static final int SLL2_ADDRESS_LENGTH_AT = 11;
  private static final int LOOPBACK_HEADER = 4;
  private static final int TAG = 4;
  private static final int LLC_HEADER = 3;
  private static final int SNAP_HEADER = 8;

  /** A type below this is the length of an LLC frame (IEEE 802.3). */
  private static final int SMALLEST_TYPE = 0x600;

  private static final int TYPE_IPV4 = 0x0800;
  private static final int TYPE_IPV6 = 0x86dd;
  private static final int TYPE_VLAN = 0x8100;
  private static final int TYPE_PROVIDER_VLAN = 0x88a8;
  private static final int TYPE_OLD_QINQ = 0x9100;
  private static final int TYPE_BRIDGED = 0x6558;

  /** Linux's number of an LLC frame without its length. */
  private static final int SLL_LLC = 0x0004;

  private static final int SAP_SNAP = 0xaa;
  private static final int SAP_IP = 0x06;
  private static final int UNNUMBERED = 0x03;
  private static final int OUI_BRIDGE_TUNNEL = 0x0000f8;

  private LinkDecoder() {}

  /** {@link Verdict#IPV4}, {@link Verdict#IPV6}, or why there is no network layer. */
  static Verdict decode(Packet packet) {
    return switch (packet.linkType) {
      case LinkType.ETHERNET -> ethernet(packet, 0);
      case LinkType.LINUX_SLL -> sll(packet);
      case LinkType.LINUX_SLL2 -> sll2(packet);
      case LinkType.NULL, LinkType.LOOP -> loopback(packet);
      case LinkType.RAW, LinkType.RAW_BSD, LinkType.RAW_OPENBSD -> rawIp(packet);
      case LinkType.IPV4 -> Verdict.IPV4;
      case LinkType.IPV6 -> Verdict.IPV6;
      default -> Verdict.LINK_UNSUPPORTED;
    };
  }

  /** An Ethernet frame, such as tunnels carry. */
  static Verdict ethernet(Packet packet) {
    return ethernet(packet, 0);
  }

  /** The payload of an Ethernet type. */
  static Verdict ofType(Packet packet, int type) {
    return type < SMALLEST_TYPE ? Verdict.NOT_IP : payload(packet, type, 0);
  }

  private static Verdict ethernet(Packet packet, int depth) {
    if (packet.available() < ETHERNET_HEADER) {
      return packet.tooShort();
    }
    int type = packet.uint16(packet.at + ETHERNET_TYPE_AT);
    packet.at += ETHERNET_HEADER;
    return payload(packet, type, depth);
  }

  private static Verdict payload(Packet packet, int firstType, int firstDepth) {
    int type = firstType;
    int depth = firstDepth;
    while (isVlan(type)) {
      if (packet.available() < TAG) {
        return packet.tooShort();
      }
      if (depth++ == MAX_DEPTH) {
        return Verdict.MALFORMED;
      }
      type = packet.uint16(packet.at + 2);
      packet.at += TAG;
    }
    return switch (type) {
      case TYPE_IPV4 -> Verdict.IPV4;
      case TYPE_IPV6 -> Verdict.IPV6;
      case TYPE_BRIDGED -> depth == MAX_DEPTH ? Verdict.MALFORMED : ethernet(packet, depth + 1);
      default -> {
        if (type >= SMALLEST_TYPE) {
          yield Verdict.NOT_IP;
        }
        packet.limit(type);
        yield llc(packet, depth);
      }
    };
  }

  static boolean isVlan(int type) {
    return type == TYPE_VLAN || type == TYPE_PROVIDER_VLAN || type == TYPE_OLD_QINQ;
  }

  private static Verdict llc(Packet packet, int depth) {
    if (packet.available() < LLC_HEADER) {
      return packet.tooShort();
    }
    int at = packet.at;
    int sap = packet.uint8(at);
    if (sap != packet.uint8(at + 1) || packet.uint8(at + 2) != UNNUMBERED) {
      return Verdict.NOT_IP;
    }
    if (sap == SAP_IP) {
      packet.at += LLC_HEADER;
      return Verdict.IPV4;
    }
    if (sap != SAP_SNAP) {
      return Verdict.NOT_IP;
    }
    if (packet.available() < SNAP_HEADER) {
      return packet.tooShort();
    }
    int oui = packet.int32(at + 2) & 0xff_ffff;
    int type = packet.uint16(at + 6);
    boolean ethernetType = oui == 0 || oui == OUI_BRIDGE_TUNNEL;
    if (!ethernetType || type < SMALLEST_TYPE || depth == MAX_DEPTH) {
      return Verdict.NOT_IP;
    }
    packet.at += SNAP_HEADER;
    return payload(packet, type, depth + 1);
  }

  private static Verdict sll(Packet packet) {
    if (packet.available() < SLL_HEADER) {
      return packet.tooShort();
    }
    int protocol = packet.uint16(packet.at + SLL_PROTOCOL_AT);
    packet.at += SLL_HEADER;
    return cooked(packet, protocol);
  }

  private static Verdict sll2(Packet packet) {
    if (packet.available() < SLL2_HEADER) {
      return packet.tooShort();
    }
    if (packet.uint8(packet.at + SLL2_ADDRESS_LENGTH_AT) > 8) {
      return Verdict.MALFORMED;
    }
    int protocol = packet.uint16(packet.at);
    packet.at += SLL2_HEADER;
    return cooked(packet, protocol);
  }

  /** The numbers below the types are Linux's own, not lengths. */
  private static Verdict cooked(Packet packet, int protocol) {
    if (protocol >= SMALLEST_TYPE) {
      return payload(packet, protocol, 0);
    }
    return protocol == SLL_LLC ? llc(packet, 0) : Verdict.NOT_IP;
  }

  /** The family is in the byte order of the machine that captured, so it must be guessed. */
  private static Verdict loopback(Packet packet) {
    if (packet.available() < LOOPBACK_HEADER) {
      return packet.tooShort();
    }
    int family = packet.int32(packet.at);
    if (family >>> 16 != 0) {
      family = Integer.reverseBytes(family);
    }
    packet.at += LOOPBACK_HEADER;
    return switch (family) {
      case 2 -> Verdict.IPV4;
      case 10, 24, 28, 30 -> Verdict.IPV6; // Linux, NetBSD and OpenBSD, FreeBSD, macOS
      default -> family < 0 || family > 255 ? Verdict.MALFORMED : Verdict.NOT_IP;
    };
  }

  /** IPv4 or IPv6 without anything before it. */
  static Verdict rawIp(Packet packet) {
    if (packet.available() < 1) {
      return packet.tooShort();
    }
    return switch (packet.uint8(packet.at) >>> 4) {
      case 4 -> Verdict.IPV4;
      case 6 -> Verdict.IPV6;
      default -> Verdict.MALFORMED;
    };
  }
}
