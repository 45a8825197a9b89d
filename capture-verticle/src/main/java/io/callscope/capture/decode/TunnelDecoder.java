package io.callscope.capture.decode;

import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.packet.IpProtocol;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.Verdict;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes what wraps a packet into another one: GRE (RFC 2784, RFC 2890) with IP, Ethernet or
 * ERSPAN II and III in it, VXLAN (RFC 7348) on the ports that are configured.
 *
 * <pre>
 * GRE          0 flags, version   2 type   4 checksum, offset (C)   key (K)   sequence (S)   payload
 * ERSPAN II    0 version, VLAN   2 session   4 index   8 Ethernet
 * ERSPAN III   0 version, VLAN   2 session   4 time   8 tag   10 flags: frame type, O   12 (O: 8 more)
 * VXLAN        0 flags   4 network   8 Ethernet
 * </pre>
 */
final class TunnelDecoder {
  private static final int GRE_HEADER = 4;
  private static final int GRE_CHECKSUM = 0x8000;
  private static final int GRE_ROUTING = 0x4000;
  private static final int GRE_KEY = 0x2000;
  private static final int GRE_SEQUENCE = 0x1000;
  private static final int GRE_VERSION = 0x0007;
  private static final int GRE_FIELD = 4;
  private static final int TYPE_ERSPAN_II = 0x88be;
  private static final int TYPE_ERSPAN_III = 0x22eb;
  private static final int ERSPAN_II_HEADER = 8;
  private static final int ERSPAN_III_HEADER = 12;
  private static final int ERSPAN_III_SUBHEADER = 8;
  private static final int ERSPAN_FRAME_TYPE = 0x7c00;
  private static final int ERSPAN_FRAME_IP = 0x0800;
  private static final int VXLAN_HEADER = 8;
  private static final int VXLAN_FLAGS = 0x0800;
  private static final int VXLAN_PORT = 4789;
  private static final int VXLAN_OLD_PORT = 8472;
  private static final int ETHERNET_HEADER = 14;
  private static final int TYPE_IPV4 = 0x0800;
  private static final int TYPE_IPV6 = 0x86dd;
  private static final Logger LOG = LoggerFactory.getLogger(TunnelDecoder.class);

  private final CaptureCounters counters;
  private final boolean[] vxlanPorts = new boolean[0x10000];
  private boolean told;

  TunnelDecoder(CaptureCounters counters, List<Integer> vxlanPorts) {
    this.counters = counters;
    vxlanPorts.forEach(port -> this.vxlanPorts[port] = port != 0);
  }

  /** What the packet inside is, if {@code verdict} is that of a tunnel; else {@code verdict}. */
  Verdict enter(Packet packet, Verdict verdict) {
    return switch (verdict) {
      case IPIP -> {
        counters.increment(counters.ipip);
        yield packet.protocol == IpProtocol.IPV6 ? Verdict.IPV6 : Verdict.IPV4;
      }
      case GRE -> gre(packet);
      case UDP -> vxlanPorts[packet.envelope.destinationPort] ? vxlan(packet) : noTunnel(packet);
      default -> verdict;
    };
  }

  /** What looks like VXLAN where none was said to be may be why no SIP is seen. */
  private Verdict noTunnel(Packet packet) {
    int port = packet.envelope.destinationPort;
    if ((port == VXLAN_PORT || port == VXLAN_OLD_PORT) && isVxlan(packet)) {
      counters.increment(counters.vxlanUnread);
      if (!told) {
        told = true;
        LOG.warn("VXLAN on UDP port {} is not read; name the port in -vxlan_ports", port);
      }
    }
    return Verdict.UDP;
  }

  private static boolean isVxlan(Packet packet) {
    if (packet.available() < VXLAN_HEADER + ETHERNET_HEADER) {
      return false;
    }
    int type = packet.uint16(packet.at + VXLAN_HEADER + ETHERNET_HEADER - 2);
    return packet.uint16(packet.at) == VXLAN_FLAGS
        && packet.uint16(packet.at + 2) == 0
        && (type == TYPE_IPV4 || type == TYPE_IPV6);
  }

  private Verdict vxlan(Packet packet) {
    if (packet.available() < VXLAN_HEADER) {
      return packet.tooShort();
    }
    counters.vxlan(packet.ipv6);
    packet.at += VXLAN_HEADER;
    return LinkDecoder.ethernet(packet);
  }

  private Verdict gre(Packet packet) {
    if (packet.available() < GRE_HEADER) {
      return packet.tooShort();
    }
    int flags = packet.uint16(packet.at);
    int type = packet.uint16(packet.at + 2);
    if ((flags & (GRE_ROUTING | GRE_VERSION)) != 0) {
      return Verdict.GRE_OTHER;
    }
    int header = GRE_HEADER;
    header += (flags & GRE_CHECKSUM) != 0 ? GRE_FIELD : 0;
    header += (flags & GRE_KEY) != 0 ? GRE_FIELD : 0;
    header += (flags & GRE_SEQUENCE) != 0 ? GRE_FIELD : 0;
    if (packet.available() < header) {
      return packet.tooShort();
    }
    packet.at += header;
    counters.increment(counters.gre);
    return switch (type) {
      case TYPE_ERSPAN_II -> erspan(packet, (flags & GRE_SEQUENCE) != 0 ? ERSPAN_II_HEADER : 0);
      case TYPE_ERSPAN_III -> erspan3(packet);
      default -> {
        Verdict inner = LinkDecoder.ofType(packet, type);
        yield inner == Verdict.NOT_IP ? Verdict.GRE_OTHER : inner;
      }
    };
  }

  /** Without a sequence number it is the first version, which has no header of its own. */
  private static Verdict erspan(Packet packet, int header) {
    if (packet.available() < header) {
      return packet.tooShort();
    }
    packet.at += header;
    return LinkDecoder.ethernet(packet);
  }

  private static Verdict erspan3(Packet packet) {
    if (packet.available() < ERSPAN_III_HEADER) {
      return packet.tooShort();
    }
    int flags = packet.uint16(packet.at + 10);
    int header = ERSPAN_III_HEADER + (flags & 1) * ERSPAN_III_SUBHEADER;
    if (packet.available() < header) {
      return packet.tooShort();
    }
    packet.at += header;
    return (flags & ERSPAN_FRAME_TYPE) == ERSPAN_FRAME_IP
        ? LinkDecoder.rawIp(packet)
        : LinkDecoder.ethernet(packet);
  }
}
