package io.callscope.capture.decode;

import io.callscope.capture.bpf.BpfCompiler;
import io.callscope.capture.bpf.BpfException;
import io.callscope.capture.bpf.BpfProgram;
import io.callscope.capture.bpf.LibpcapErrors;
import io.callscope.capture.config.SourceException;
import io.callscope.capture.packet.Packet;
import io.callscope.pcap.LinkType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The filter of {@code -bpf}. A packet passes if the expression holds for it as it was captured, or
 * for what is inside it: behind VLAN tags, in a tunnel, put together from fragments. So a filter on
 * a port lets all fragments of its datagrams through, of which only the first has the port.
 *
 * <p>The kernel cannot look that far. For an interface it gets a wider filter ({@link
 * #kernelExpression}), and what passes that is looked at here like packets of files. For one
 * source's thread once made.
 */
public final class PacketFilter {
  /** The system's number of {@link LinkType#RAW}. */
  private static final int DLT_RAW = 12;

  /** Link types of which one at least must take the expression. */
  private static final List<Integer> USUAL =
      List.of(
          LinkType.ETHERNET, DLT_RAW, LinkType.LINUX_SLL, LinkType.LINUX_SLL2, LinkType.NULL, 105);

  private static final int VLAN_AT = 12;

  private final String expression;
  private final List<Integer> vxlanPorts;
  private final BpfCompiler compiler;
  private final Map<Integer, BpfProgram[]> programs = new HashMap<>();

  /** For what begins with an IP header; null if the expression speaks of the link layer. */
  private final BpfProgram ip;

  private final IpHeaders headers = new IpHeaders();
  private int linkType = -1;
  private BpfProgram[] ofLinkType;

  private PacketFilter(String expression, List<Integer> vxlanPorts, BpfCompiler compiler) {
    this.expression = expression;
    this.vxlanPorts = vxlanPorts;
    this.compiler = compiler;
    ip = compiled(expression, DLT_RAW);
  }

  /**
   * @param expression not empty
   * @throws SourceException if libpcap is missing or does not take the expression
   */
  public static PacketFilter compile(String expression, List<Integer> vxlanPorts)
      throws SourceException {
    BpfCompiler compiler;
    try {
      compiler = new BpfCompiler();
    } catch (LinkageError e) {
      throw LibpcapErrors.missing("-bpf", e);
    }
    String reason = null;
    for (int usual : USUAL) {
      try {
        compiler.compile(expression, usual);
        return new PacketFilter(expression, vxlanPorts, compiler);
      } catch (BpfException e) {
        reason = reason == null ? e.getMessage() : reason; // that of Ethernet, as people expect
      }
    }
    throw new SourceException("-bpf \"" + expression + "\": " + reason);
  }

  private BpfProgram compiled(String text, int dlt) {
    try {
      return compiler.compile(text, dlt);
    } catch (BpfException e) {
      return null; // not for this link type
    }
  }

  /** Whether it can say anything of packets of a link type. */
  public boolean fits(int type) {
    return ip != null || of(type).length > 0;
  }

  private BpfProgram[] of(int type) {
    if (type != linkType) {
      ofLinkType = programs.computeIfAbsent(type, this::forLinkType);
      linkType = type;
    }
    return ofLinkType;
  }

  private BpfProgram[] forLinkType(int type) {
    int dlt = type == LinkType.RAW ? DLT_RAW : type;
    List<BpfProgram> found = new ArrayList<>();
    String text = expression;
    for (int tags = 0; tags <= (type == LinkType.ETHERNET ? 2 : 0); tags++) {
      BpfProgram program = compiled(text, dlt);
      if (program == null) {
        break;
      }
      found.add(program);
      text = "vlan and (" + text + ")";
    }
    return found.toArray(BpfProgram[]::new);
  }

  /**
   * Whether the expression holds for a packet as it was captured.
   *
   * @param packet not decoded yet
   */
  boolean matchesFrame(Packet packet) {
    BpfProgram[] of = of(packet.linkType);
    int captured = packet.available();
    int tries = hasVlanTag(packet) ? of.length : Math.min(1, of.length);
    for (int i = 0; i < tries; i++) {
      if (of[i].matches(packet.bytes, packet.at, captured, packet.originalLength)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasVlanTag(Packet packet) {
    return packet.linkType == LinkType.ETHERNET
        && packet.available() >= VLAN_AT + 2
        && LinkDecoder.isVlan(packet.uint16(packet.at + VLAN_AT));
  }

  /**
   * Whether the expression holds for an IP packet as it stands in its frame or tunnel.
   *
   * @param packet at its payload
   * @param start where its header is; -1 if it was put together from fragments
   */
  boolean matchesIp(Packet packet, int start) {
    if (ip == null) {
      return false;
    }
    boolean plain = start >= 0 && (!packet.ipv6 || packet.at - start == IpHeaders.IPV6);
    if (plain) {
      int length = packet.end - start;
      return ip.matches(packet.bytes, start, length, length);
    }
    int length = headers.put(packet);
    return ip.matches(headers.bytes(), 0, length, length);
  }

  /**
   * What the kernel is to let through: all that may pass here.
   *
   * @param dlt link type, as the system calls it
   */
  public String kernelExpression(int dlt) {
    String inside = inside();
    String plain = inside + " or (" + expression + ")";
    String tagged;
    if (expression.contains("vlan")) {
      // Behind the user's own tag everything counts from there.
      tagged = plain + " or " + inside + " or (vlan and (" + inside + "))";
    } else {
      // Each "vlan" moves all that stands behind it by one tag.
      String one = " or (vlan and (" + plain + "))";
      tagged = plain + one + one;
    }
    for (String candidate : List.of(tagged, plain)) {
      if (compiled(candidate, dlt) != null) {
        return candidate;
      }
    }
    return expression;
  }

  /** Packets with something inside that only we can see: fragments, extension headers, tunnels. */
  private String inside() {
    StringBuilder text =
        new StringBuilder(
            "(ip[6:2] & 0x1fff != 0 or ip[9] = 47 or ip[9] = 4 or ip[9] = 41"
                + " or ip6[6] = 44 or ip6[6] = 0 or ip6[6] = 43 or ip6[6] = 60"
                + " or ip6[6] = 47 or ip6[6] = 4 or ip6[6] = 41");
    for (int port : vxlanPorts) {
      if (port != 0) {
        text.append(" or udp dst port ").append(port);
      }
    }
    return text.append(')').toString();
  }
}
