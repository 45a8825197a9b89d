package io.callscope.capture.packet;

import io.callscope.capture.tcp.SipCounters;
import io.callscope.capture.tcp.StreamCounters;
import io.callscope.counters.Balance;
import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import io.callscope.feed.SipKindCounters;
import io.callscope.net.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Group {@code pkt_stats}: what became of every packet. Written by the source's thread, read by
 * any. {@link #balances()} states how the figures must add up.
 */
public final class CaptureCounters {

  private final CounterGroup.Builder builder = new CounterGroup.Builder("pkt_stats");

  public final int totalPackets = builder.add("total_packets", "packets read");
  public final int totalSize = builder.add("total_size", "bytes of all packets on the wire");
  public final int ip4 = builder.add("ip4", "IPv4 packets, filtered ones too");
  public final int ip6 = builder.add("ip6", "IPv6 packets, filtered ones too");
  public final int ip4Frags = builder.add("ip4_frags", "IPv4 fragments");
  public final int ip6Frags = builder.add("ip6_frags", "IPv6 fragments");
  public final int ip4Defrag =
      builder.add("ip4_defrag", "IPv4 datagrams put together from fragments");
  public final int ip6Defrag =
      builder.add("ip6_defrag", "IPv6 datagrams put together from fragments");
  private final int fragReassembled =
      builder.add("frag_reassembled", "fragments of datagrams that were put together");
  private final int fragWaiting =
      builder.add("frag_waiting", CounterKind.GAUGE_MAX, "fragments that wait for others");
  public final int fragTimeouts =
      builder.add("frag_timeouts", "fragments whose others did not come within 5 s");
  public final int fragEvicted = builder.add("frag_evicted", "fragments given up: too many waited");
  public final int fragDuplicates =
      builder.add("frag_duplicates", "fragments that brought nothing new, or came again to no end");
  public final int fragMalformed =
      builder.add(
          "frag_malformed", "fragments that fit no datagram, or contradict others of theirs");
  public final int fragCut = builder.add("frag_cut", "fragments captured too short");
  public final int fragOverlaps =
      builder.add("frag_overlaps", "fragments that were there in part; the first bytes count");
  public final int vxlan = builder.add("vxlan", "VXLAN packets");
  private final int vxlan4 = builder.add("vxlan4", "VXLAN packets over IPv4");
  private final int vxlan6 = builder.add("vxlan6", "VXLAN packets over IPv6");
  public final int vxlanUnread =
      builder.add("vxlan_unread", "UDP datagrams that look like VXLAN: see -vxlan_ports");
  public final int udp = builder.add("udp", "UDP datagrams");
  public final int udp4 = builder.add("udp4", "UDP datagrams over IPv4");
  public final int udp6 = builder.add("udp6", "UDP datagrams over IPv6");
  public final int tcp = builder.add("tcp", "TCP segments");
  final int tcp4 = builder.add("tcp4", "TCP segments over IPv4");
  final int tcp6 = builder.add("tcp6", "TCP segments over IPv6");
  public final int ws = builder.add("ws", "TCP segments on a WebSocket port");
  private final int ws4 = builder.add("ws4", "TCP segments on a WebSocket port over IPv4");
  private final int ws6 = builder.add("ws6", "TCP segments on a WebSocket port over IPv6");
  public final int sctp = builder.add("sctp", "SCTP packets");
  final int sctp4 = builder.add("sctp4", "SCTP packets over IPv4");
  final int sctp6 = builder.add("sctp6", "SCTP packets over IPv6");
  final int dtls = builder.add("dtls", "DTLS datagrams, which cannot be read");
  public final int other = builder.add("other", "packets without a transport that carries SIP");
  public final int decodeErrs = builder.add("decode_errs", "packets that could not be decoded");
  public final int parseAttempts = builder.add("parse_attempts", "UDP payloads looked at");
  private final int sipUdp = builder.add("sip_udp", "SIP messages over UDP");
  private final int sipTcp = builder.add("sip_tcp", "SIP messages over TCP");
  private final int sipWs = builder.add("sip_ws", "SIP messages over WebSocket");
  final int parseErrs = builder.add("parse_errs", "messages that do not parse");
  private final int parseErrsUdp =
      builder.add("parse_errs_udp", "messages over UDP that do not parse");
  private final int parseErrsTcp =
      builder.add("parse_errs_tcp", "messages over TCP that do not parse");
  private final int parseErrsWs =
      builder.add("parse_errs_ws", "messages over WebSocket that do not parse");
  public final int offsetErrs = builder.add("offset_errs", "messages with bytes left behind them");
  public final int bodyErrs =
      builder.add("body_errs", "messages whose Content-Length does not fit");
  public final int parseOk = builder.add("parse_ok", "SIP messages");
  final int sipReqs = builder.add("sip_reqs", "SIP requests");
  final int sipRepls = builder.add("sip_repls", "SIP replies");
  private final SipKindCounters kinds = new SipKindCounters(builder);
  private final int icmp = builder.add("icmp", "ICMP packets");
  public final int gre = builder.add("gre", "GRE packets that were decoded");
  private final int greOther =
      builder.add("gre_other", "GRE packets with something in them that is not decoded");
  public final int ipip = builder.add("ipip", "IP in IP packets");
  private final int ipOther = builder.add("ip_other", "packets of other IP protocols");
  private final int notIp = builder.add("not_ip", "packets that are not IP, for example ARP");
  public final int linkUnsupported =
      builder.add("link_unsupported", "packets of a link type that is not decoded");
  private final int cut = builder.add("cut", "packets captured too short to decode");
  private final int malformed = builder.add("malformed", "packets with a header that is wrong");
  public final int filtered =
      builder.add("filtered", "packets that the filter does not let through");
  final int probes = builder.add("probes", "UDP payloads that cannot be SIP");
  private final int keepalive = builder.add("keepalive", "probes: empty, line ends or zeros");
  private final int stun = builder.add("stun", "probes: STUN");
  private final int rtp = builder.add("rtp", "probes: RTP");
  private final int rtcp = builder.add("rtcp", "probes: RTCP");
  private final int notSip = builder.add("not_sip", "probes: anything else");
  public final StreamCounters streams = new StreamCounters(builder);
  public final SipCounters sipStreams = new SipCounters(builder);
  public final int badTimes = builder.add("bad_times", "packets with an absurd capture time");
  public final int backTimes = builder.add("back_times", "packets captured before an earlier one");

  private final CounterGroup group = builder.build();
  private final int[] byVerdict = new int[Verdict.values().length];

  /** Of verdicts that are transports. */
  private final int[] overIpv4 = new int[Verdict.values().length];

  private final int[] overIpv6 = new int[Verdict.values().length];
  private final int[] byKind = new int[PayloadKind.values().length];

  public CaptureCounters() {
    streams.countIn(group);
    sipStreams.countIn(group);
    transport(Verdict.UDP, udp, udp4, udp6);
    transport(Verdict.TCP, tcp, tcp4, tcp6);
    transport(Verdict.SCTP, sctp, sctp4, sctp6);
    byVerdict[Verdict.ICMP.ordinal()] = icmp;
    byVerdict[Verdict.GRE_OTHER.ordinal()] = greOther;
    byVerdict[Verdict.OTHER_PROTOCOL.ordinal()] = ipOther;
    byVerdict[Verdict.NOT_IP.ordinal()] = notIp;
    byVerdict[Verdict.LINK_UNSUPPORTED.ordinal()] = linkUnsupported;
    byVerdict[Verdict.CUT.ordinal()] = cut;
    byVerdict[Verdict.MALFORMED.ordinal()] = malformed;
    byKind[PayloadKind.KEEPALIVE.ordinal()] = keepalive;
    byKind[PayloadKind.STUN.ordinal()] = stun;
    byKind[PayloadKind.RTP.ordinal()] = rtp;
    byKind[PayloadKind.RTCP.ordinal()] = rtcp;
    byKind[PayloadKind.DTLS.ordinal()] = dtls;
    byKind[PayloadKind.NOT_SIP.ordinal()] = notSip;
  }

  private void transport(Verdict verdict, int all, int ipv4, int ipv6) {
    byVerdict[verdict.ordinal()] = all;
    overIpv4[verdict.ordinal()] = ipv4;
    overIpv6[verdict.ordinal()] = ipv6;
  }

  public CounterGroup group() {
    return group;
  }

  public void increment(int counter) {
    group.increment(counter);
  }

  public void packet(int originalLength) {
    group.increment(totalPackets);
    group.add(totalSize, originalLength);
  }

  /** Where a packet's way ended, by its name and by the sums that name belongs to. */
  public void verdict(Verdict verdict, boolean ipv6) {
    switch (verdict) {
      case UDP, TCP, SCTP -> {
        group.increment(byVerdict[verdict.ordinal()]);
        group.increment((ipv6 ? overIpv6 : overIpv4)[verdict.ordinal()]);
      }
      case FRAGMENT -> {} // counted when it came
      case FILTERED -> group.increment(filtered);
      case CUT, MALFORMED -> {
        group.increment(byVerdict[verdict.ordinal()]);
        group.increment(decodeErrs);
      }
      default -> {
        group.increment(byVerdict[verdict.ordinal()]);
        group.increment(other);
      }
    }
  }

  /** A fragment came. */
  public void fragment(boolean ipv6) {
    group.increment(ipv6 ? ip6Frags : ip4Frags);
  }

  /** So many more fragments wait. */
  public void waiting(int more) {
    group.set(fragWaiting, value(fragWaiting) + more);
  }

  /** Fragments became a datagram. */
  public void reassembled(int pieces, boolean ipv6) {
    group.increment(ipv6 ? ip6Defrag : ip4Defrag);
    gaveUp(fragReassembled, pieces);
  }

  /** Fragments wait no more. */
  public void gaveUp(int counter, int pieces) {
    group.add(counter, pieces);
    waiting(-pieces);
  }

  /** A VXLAN packet; its outer IP header is not one of the packets inside. */
  public void vxlan(boolean ipv6) {
    group.increment(vxlan);
    group.increment(ipv6 ? vxlan6 : vxlan4);
    group.add(ipv6 ? ip6 : ip4, -1);
  }

  /** A payload that is not SIP. */
  public void notSip(PayloadKind kind) {
    group.increment(byKind[kind.ordinal()]);
    if (kind != PayloadKind.DTLS) {
      group.increment(probes);
    }
  }

  /** A TCP segment on a WebSocket port. */
  public void webSocketPort(boolean ipv6) {
    group.increment(ws);
    group.increment(ipv6 ? ws6 : ws4);
  }

  /** A SIP message. */
  public void message(Transport transport) {
    group.increment(parseOk);
    group.increment(
        switch (transport) {
          case TCP -> sipTcp;
          case WS -> sipWs;
          default -> sipUdp;
        });
  }

  public void request(int methodNumber) {
    group.increment(sipReqs);
    kinds.request(group, methodNumber);
  }

  public void reply(int status) {
    group.increment(sipRepls);
    kinds.reply(group, status);
  }

  public void parseError(int error, Transport transport) {
    group.increment(parseErrs);
    group.increment(
        switch (transport) {
          case TCP -> parseErrsTcp;
          case WS -> parseErrsWs;
          default -> parseErrsUdp;
        });
    kinds.parseError(group, error);
  }

  public long value(int counter) {
    return group.value(counter);
  }

  /**
   * How the figures must add up: packets to datagrams, datagrams to what the feed got. Exact on the
   * source's thread between two packets and everywhere once the source has ended.
   */
  public List<Balance> balances() {
    Map<String, Long> packetDrops = new LinkedHashMap<>();
    put(
        packetDrops,
        List.of(
            filtered,
            tcp,
            sctp,
            ip4Frags,
            ip6Frags,
            icmp,
            greOther,
            ipOther,
            notIp,
            linkUnsupported,
            cut,
            malformed));
    Map<String, Long> fragmentDrops = new LinkedHashMap<>();
    put(
        fragmentDrops,
        List.of(fragWaiting, fragTimeouts, fragEvicted, fragDuplicates, fragMalformed, fragCut));
    Map<String, Long> datagramDrops = new LinkedHashMap<>();
    put(datagramDrops, List.of(dtls));
    return List.of(
        new Balance(
            "packets",
            value(totalPackets) + value(ip4Defrag) + value(ip6Defrag),
            value(udp),
            packetDrops),
        new Balance(
            "fragments", value(ip4Frags) + value(ip6Frags), value(fragReassembled), fragmentDrops),
        new Balance(
            "datagrams",
            value(udp),
            value(sipUdp) + value(parseErrsUdp) + value(probes),
            datagramDrops));
  }

  private void put(Map<String, Long> drops, List<Integer> counters) {
    for (int counter : counters) {
      drops.put(group.definitions().get(counter).name(), value(counter));
    }
  }
}
