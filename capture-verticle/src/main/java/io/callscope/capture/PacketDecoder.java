package io.callscope.capture;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a packet through its layers, and counts where its way ends. */
final class PacketDecoder {
  private static final Logger LOG = LoggerFactory.getLogger(PacketDecoder.class);

  private final CaptureCounters counters;

  PacketDecoder(CaptureCounters counters) {
    this.counters = counters;
  }

  /**
   * {@link Verdict#UDP} with the packet at the payload of a whole datagram, or why there is none.
   */
  Verdict decode(Packet packet) {
    Verdict verdict;
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
    Verdict verdict = LinkDecoder.decode(packet);
    if (verdict == Verdict.IPV4) {
      verdict = Ipv4Decoder.decode(packet);
      countIp(verdict, counters.ip4);
    } else if (verdict == Verdict.IPV6) {
      verdict = Ipv6Decoder.decode(packet);
      countIp(verdict, counters.ip6);
    }
    return verdict == Verdict.UDP ? UdpDecoder.decode(packet) : verdict;
  }

  private void countIp(Verdict verdict, int counter) {
    if (verdict != Verdict.CUT && verdict != Verdict.MALFORMED) {
      counters.increment(counter);
    }
  }
}
