package io.callscope.capture.decode;

import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.fragment.Fragments;
import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a packet through its layers, and counts where its way ends. */
public final class PacketDecoder {
  private static final Logger LOG = LoggerFactory.getLogger(PacketDecoder.class);

  /** Most tunnels inside each other; real networks have two. */
  private static final int MAX_TUNNELS = 8;

  private final CaptureCounters counters;
  private final Fragments fragments;
  private final TunnelDecoder tunnels;

  /** Null where all packets pass. */
  private final PacketFilter filter;

  /**
   * @param filter null to let all packets pass
   */
  public PacketDecoder(CaptureCounters counters, DecodeOptions options, PacketFilter filter) {
    this.counters = counters;
    this.filter = filter;
    fragments = new Fragments(counters);
    tunnels = new TunnelDecoder(counters, options.vxlanPorts());
  }

  /**
   * {@link Verdict#UDP} or {@link Verdict#TCP} with the packet at the payload of a whole datagram
   * or segment, or why there is none.
   */
  public Verdict decode(Packet packet) {
    Verdict verdict;
    fragments.next();
    try {
      verdict = layers(packet);
    } catch (RuntimeException e) {
      // A mistake in a decoder must cost one packet, not the source.
      LOG.error("link type {}: the decoder failed", packet.linkType, e);
      verdict = Verdict.MALFORMED;
    }
    counters.verdict(verdict, packet.ipv6);
    return verdict;
  }

  private Verdict layers(Packet packet) {
    packet.passed = filter == null || filter.matchesFrame(packet);
    Verdict verdict = inside(packet);
    return packet.passed || verdict == Verdict.FRAGMENT ? verdict : Verdict.FILTERED;
  }

  private Verdict inside(Packet packet) {
    Verdict verdict = LinkDecoder.decode(packet);
    for (int depth = 0; depth <= MAX_TUNNELS; depth++) {
      Verdict carried = network(packet, verdict);
      verdict = tunnels.enter(packet, carried);
      if (verdict == carried) {
        return verdict;
      }
    }
    return Verdict.MALFORMED;
  }

  private Verdict network(Packet packet, Verdict network) {
    int start = packet.at;
    Verdict verdict = network;
    if (network == Verdict.IPV4) {
      verdict = Ipv4Decoder.decode(packet);
      countIp(verdict, counters.ip4);
    } else if (network == Verdict.IPV6) {
      verdict = Ipv6Decoder.decode(packet);
      countIp(verdict, counters.ip6);
    }
    if (verdict == Verdict.FRAGMENT) {
      counters.fragment(packet.ipv6);
      verdict = fragments.add(packet);
      start = -1;
    }
    if (!packet.passed && isPayload(verdict)) {
      packet.passed = filter.matchesIp(packet, start);
    }
    return switch (verdict) {
      case UDP -> UdpDecoder.decode(packet);
      case TCP -> TcpDecoder.decode(packet);
      default -> verdict;
    };
  }

  /** The packet is at what an IP header announces. */
  private static boolean isPayload(Verdict verdict) {
    return switch (verdict) {
      case UDP, TCP, SCTP, ICMP, GRE, IPIP, OTHER_PROTOCOL -> true;
      default -> false;
    };
  }

  private void countIp(Verdict verdict, int counter) {
    if (verdict != Verdict.CUT && verdict != Verdict.MALFORMED) {
      counters.increment(counter);
    }
  }

  /** The source has ended: gives up what waits for more. */
  public void end() {
    fragments.end();
  }
}
