package io.callscope.capture.decode;

import static io.callscope.capture.packet.Frames.DESTINATION6;
import static io.callscope.capture.packet.Frames.SOURCE6;
import static io.callscope.capture.packet.Frames.ascii;
import static io.callscope.capture.packet.Frames.ethernet;
import static io.callscope.capture.packet.Frames.hex;
import static io.callscope.capture.packet.Frames.ipv4;
import static io.callscope.capture.packet.Frames.ipv6;
import static io.callscope.capture.packet.Frames.join;
import static io.callscope.capture.packet.Frames.u16;
import static io.callscope.capture.packet.Frames.udp;
import static io.callscope.capture.packet.Frames.vlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.Verdict;
import io.callscope.capture.tcp.TcpOptions;
import io.callscope.counters.Balance;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PacketDecoderTest {
  private static final byte[] PAYLOAD = ascii("hello");
  private static final byte[] UDP4 = ipv4(17, udp(PAYLOAD));
  private static final byte[] UDP6 = ipv6(17, udp(PAYLOAD));

  private final CaptureCounters counters = new CaptureCounters();
  private final PacketDecoder decoder =
      new PacketDecoder(counters, new DecodeOptions(List.of(0, 4789), TcpOptions.DEFAULTS), null);
  private final Packet packet = new Packet();

  private Verdict decode(int linkType, byte[] frame, int originalLength) {
    int margin = 3;
    packet.bytes = join(new byte[margin], frame, new byte[margin]);
    packet.at = margin;
    packet.end = margin + frame.length;
    packet.cut = frame.length < originalLength;
    packet.linkType = linkType;
    counters.packet(originalLength);
    Verdict verdict = decoder.decode(packet);
    assertThat(packet.at).isBetween(0, packet.end);
    assertThat(packet.end).isLessThanOrEqualTo(packet.bytes.length);
    return verdict;
  }

  private Verdict decode(int linkType, byte[] frame) {
    return decode(linkType, frame, frame.length);
  }

  private byte[] payload() {
    return Arrays.copyOfRange(packet.bytes, packet.at, packet.end);
  }

  static Stream<Arguments> datagrams() {
    byte[] sll = hex("0000", "0001", "0006", "0200000000010000");
    byte[] sll2Rest = hex("0000", "00000002", "0001", "00", "06", "0200000000010000");
    byte[] snap = hex("aaaa03", "000000", "0800");
    return Stream.of(
        arguments("ethernet, IPv4", 1, ethernet(0x0800, UDP4)),
        arguments("ethernet, IPv6", 1, ethernet(0x86dd, UDP6)),
        arguments("ethernet, padded", 1, join(ethernet(0x0800, UDP4), new byte[20])),
        arguments("802.1Q", 1, ethernet(0x8100, vlan(0x0800, UDP4))),
        arguments("802.1ad", 1, ethernet(0x88a8, vlan(0x8100, vlan(0x86dd, UDP6)))),
        arguments("QinQ", 1, ethernet(0x8100, vlan(0x8100, vlan(0x0800, UDP4)))),
        arguments("old QinQ", 1, ethernet(0x9100, vlan(0x8100, vlan(0x0800, UDP4)))),
        arguments("bridged", 1, ethernet(0x6558, ethernet(0x0800, UDP4))),
        arguments("802.3 SNAP", 1, ethernet(8 + UDP4.length, join(snap, UDP4, new byte[9]))),
        arguments("802.3 LLC", 1, ethernet(3 + UDP4.length, join(hex("060603"), UDP4))),
        arguments("SLL", 113, join(sll, u16(0x0800), UDP4)),
        arguments("SLL with tag", 113, join(sll, u16(0x8100), vlan(0x0800, UDP4))),
        arguments("SLL with LLC", 113, join(sll, u16(4), snap, UDP4)),
        arguments("SLL2", 276, join(u16(0x0800), sll2Rest, UDP4)),
        arguments("SLL2, IPv6", 276, join(u16(0x86dd), sll2Rest, UDP6)),
        arguments("NULL little endian", 0, join(hex("02000000"), UDP4)),
        arguments("NULL big endian", 0, join(hex("00000002"), UDP4)),
        arguments("NULL macOS IPv6", 0, join(hex("1e000000"), UDP6)),
        arguments("NULL FreeBSD IPv6", 0, join(hex("1c000000"), UDP6)),
        arguments("LOOP OpenBSD IPv6", 108, join(hex("00000018"), UDP6)),
        arguments("LOOP Linux IPv6", 108, join(hex("0000000a"), UDP6)),
        arguments("raw 12", 12, UDP4),
        arguments("raw 14", 14, UDP6),
        arguments("raw 101", 101, UDP4),
        arguments("raw IPv6 in 101", 101, UDP6),
        arguments("raw IPv4", 228, UDP4),
        arguments("raw IPv6", 229, UDP6),
        arguments(
            "IPv4 options", 228, ipv4(17, 0, "01010101" + "94040000" + "00ff0000", udp(PAYLOAD))),
        arguments("IPv4, do not fragment", 228, ipv4(17, 0x4000, "", udp(PAYLOAD))),
        arguments(
            "IPv6 options",
            229,
            ipv6(
                0,
                join(
                    hex("3c00050200000100"),
                    hex("2b010104000000000000000000000000"),
                    hex("1100000000000000"),
                    udp(PAYLOAD)))),
        arguments(
            "IPv6 atomic fragment", 229, ipv6(44, join(hex("1100000000000001"), udp(PAYLOAD)))),
        arguments("UDP length 0", 228, ipv4(17, udp(0, PAYLOAD))),
        arguments("UDP length over what is there", 228, ipv4(17, udp(900, PAYLOAD))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void datagrams(String name, int linkType, byte[] frame) {
    assertThat(decode(linkType, frame)).isEqualTo(Verdict.UDP);
    assertThat(payload()).isEqualTo(PAYLOAD);
    assertThat(packet.envelope.sourcePort).isEqualTo(5060);
    assertThat(packet.envelope.destinationPort).isEqualTo(5070);
    if (packet.ipv6) {
      assertThat(hex(SOURCE6))
          .isEqualTo(address(packet.envelope.sourceHigh, packet.envelope.sourceLow));
      assertThat(hex(DESTINATION6))
          .isEqualTo(address(packet.envelope.destinationHigh, packet.envelope.destinationLow));
    } else {
      assertThat(packet.envelope.sourceHigh | packet.envelope.destinationHigh).isZero();
      assertThat(packet.envelope.sourceLow).isEqualTo(0xffff_c000_0201L);
      assertThat(packet.envelope.destinationLow).isEqualTo(0xffff_c000_0202L);
    }
    assertThat(counters.value(packet.ipv6 ? counters.udp6 : counters.udp4)).isEqualTo(1);
    assertThat(counters.value(packet.ipv6 ? counters.ip6 : counters.ip4)).isEqualTo(1);
  }

  private static byte[] address(long high, long low) {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }

  static Stream<Arguments> otherPackets() {
    byte[] longUdp = udp(PAYLOAD);
    byte[] manyTags = vlan(0x0800, UDP4);
    for (int i = 0; i < 20; i++) {
      manyTags = vlan(0x8100, manyTags);
    }
    byte[] manyExtensions = udp(PAYLOAD);
    for (int i = 0; i < 20; i++) {
      manyExtensions = join(hex(i == 0 ? "11" : "3c", "00000000000000"), manyExtensions);
    }
    byte[] manyBridges = UDP4;
    for (int i = 0; i < 20; i++) {
      manyBridges = ethernet(i == 0 ? 0x0800 : 0x6558, manyBridges);
    }
    byte[] lyingLength = ipv4(17, longUdp);
    lyingLength[3] = 19;
    byte[] shortHeader = ipv4(17, longUdp);
    shortHeader[0] = 0x44;
    byte[] wrongVersion = ipv4(17, longUdp);
    wrongVersion[0] = 0x65;
    return Stream.of(
        arguments("ARP", 1, ethernet(0x0806, new byte[28]), Verdict.NOT_IP),
        arguments(
            "spanning tree", 1, ethernet(10, hex("424203", "00000000000000")), Verdict.NOT_IP),
        arguments(
            "SNAP of a vendor",
            1,
            ethernet(10, hex("aaaa03", "00000c", "2000", "0000")),
            Verdict.NOT_IP),
        arguments("tags without end", 1, ethernet(0x8100, manyTags), Verdict.MALFORMED),
        arguments("bridges without end", 1, ethernet(0x6558, manyBridges), Verdict.MALFORMED),
        arguments("SLL, no type", 113, new byte[40], Verdict.NOT_IP),
        arguments(
            "SLL2, long address",
            276,
            join(hex("08000000000000020001000a"), new byte[30]),
            Verdict.MALFORMED),
        arguments("NULL, unknown family", 0, join(hex("07000000"), UDP4), Verdict.NOT_IP),
        arguments("NULL, no family", 0, join(hex("00000200"), UDP4), Verdict.MALFORMED),
        arguments("raw, no IP", 101, new byte[40], Verdict.MALFORMED),
        arguments("802.11", 105, UDP4, Verdict.LINK_UNSUPPORTED),
        arguments("first fragment", 228, ipv4(17, 0x2000, "", longUdp), Verdict.FRAGMENT),
        arguments("next fragment", 228, ipv4(17, 0x2001, "", longUdp), Verdict.FRAGMENT),
        arguments("last fragment", 228, ipv4(17, 0x0010, "", longUdp), Verdict.FRAGMENT),
        arguments(
            "IPv6 first fragment",
            229,
            ipv6(44, join(hex("1100000100000001"), longUdp)),
            Verdict.FRAGMENT),
        arguments(
            "IPv6 last fragment",
            229,
            ipv6(44, join(hex("1100000800000001"), longUdp)),
            Verdict.FRAGMENT),
        arguments("TCP", 228, ipv4(6, hex("00".repeat(12) + "50" + "00".repeat(7))), Verdict.TCP),
        arguments("TCP header of four words", 228, ipv4(6, new byte[20]), Verdict.MALFORMED),
        arguments(
            "TCP header over the end",
            228,
            ipv4(6, hex("00".repeat(12) + "f0" + "00".repeat(7))),
            Verdict.MALFORMED),
        arguments("TCP header too short", 228, ipv4(6, new byte[19]), Verdict.MALFORMED),
        arguments("SCTP", 229, ipv6(132, new byte[20]), Verdict.SCTP),
        arguments("ICMP", 228, ipv4(1, new byte[20]), Verdict.ICMP),
        arguments("ICMPv6", 229, ipv6(58, new byte[20]), Verdict.ICMP),
        arguments("ESP", 228, ipv4(50, new byte[20]), Verdict.OTHER_PROTOCOL),
        arguments("IPv6 AH", 229, ipv6(51, new byte[20]), Verdict.OTHER_PROTOCOL),
        arguments("IPv6 no next header", 229, ipv6(59, new byte[0]), Verdict.OTHER_PROTOCOL),
        arguments("IPv6 extensions without end", 229, ipv6(60, manyExtensions), Verdict.MALFORMED),
        arguments(
            "IPv6 extension over the end",
            229,
            ipv6(60, hex("11ff000000000000")),
            Verdict.MALFORMED),
        arguments("IPv4 total below header", 228, lyingLength, Verdict.MALFORMED),
        arguments("IPv4 header of four words", 228, shortHeader, Verdict.MALFORMED),
        arguments("IPv4 of another version", 228, wrongVersion, Verdict.MALFORMED),
        arguments(
            "IPv4 option of length 0", 228, ipv4(17, 0, "94000000", longUdp), Verdict.MALFORMED),
        arguments(
            "IPv4 option over the end", 228, ipv4(17, 0, "94050000", longUdp), Verdict.MALFORMED),
        arguments(
            "IPv4 option without length", 228, ipv4(17, 0, "01010194", longUdp), Verdict.MALFORMED),
        arguments("UDP length 7", 228, ipv4(17, udp(7, PAYLOAD)), Verdict.MALFORMED),
        arguments("UDP header too short", 228, ipv4(17, new byte[7]), Verdict.MALFORMED),
        arguments("empty", 1, new byte[0], Verdict.MALFORMED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void otherPackets(String name, int linkType, byte[] frame, Verdict verdict) {
    assertThat(decode(linkType, frame)).isEqualTo(verdict);
    assertThat(counters.balances().get(0).missing()).isZero();
  }

  @Test
  void whatWasCapturedTooShortIsCutAndNotMalformed() {
    byte[] frame = ethernet(0x8100, vlan(0x0800, ipv4(17, 0, "01010100", udp(PAYLOAD))));
    int headers = frame.length - PAYLOAD.length;
    for (int length = 0; length < frame.length; length++) {
      assertThat(decode(1, Arrays.copyOf(frame, length), frame.length))
          .as("captured %d", length)
          .isEqualTo(length < headers ? Verdict.CUT : Verdict.UDP);
    }
    byte[] ipv6 = ipv6(0, join(hex("1100000000000000"), udp(PAYLOAD)));
    for (int length = 1; length < ipv6.length - PAYLOAD.length; length++) {
      assertThat(decode(101, Arrays.copyOf(ipv6, length), ipv6.length)).isEqualTo(Verdict.CUT);
    }
  }

  @Test
  void aTotalLengthOfZeroMeansAllThereIs() {
    byte[] frame = ipv4(17, udp(0, PAYLOAD));
    frame[2] = 0;
    frame[3] = 0;
    assertThat(decode(228, frame)).isEqualTo(Verdict.UDP);
    assertThat(payload()).isEqualTo(PAYLOAD);
  }

  @Test
  void noBytesBreakTheDecodersAndEveryPacketIsAccountedFor() {
    SplittableRandom random = new SplittableRandom(42);
    byte[][] seeds =
        datagrams().map(arguments -> (byte[]) arguments.get()[2]).toArray(byte[][]::new);
    int[] linkTypes = datagrams().mapToInt(arguments -> (int) arguments.get()[1]).toArray();
    int packets = 300_000;
    for (int i = 0; i < packets; i++) {
      int seed = random.nextInt(seeds.length);
      byte[] frame = seeds[seed].clone();
      for (int change = random.nextInt(4); change > 0; change--) {
        frame[random.nextInt(frame.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(3) == 0 ? random.nextInt(frame.length + 1) : frame.length;
      decode(linkTypes[seed], Arrays.copyOf(frame, length), frame.length);
    }
    decoder.end();
    assertThat(counters.balances())
        .allMatch(each -> each.missing() == 0 || Set.of("datagrams", "TCP").contains(each.stage()));
    Balance balance = counters.balances().get(0);
    long whole = counters.value(counters.ip4Defrag) + counters.value(counters.ip6Defrag);
    assertThat(balance.in()).isEqualTo(packets + whole);
    assertThat(counters.value(counters.totalPackets) + whole)
        .isEqualTo(
            counters.value(counters.ip4Frags)
                + counters.value(counters.ip6Frags)
                + counters.value(counters.udp)
                + counters.value(counters.tcp)
                + counters.value(counters.sctp)
                + counters.value(counters.other)
                + counters.value(counters.decodeErrs));
    assertThat(balance.dropped()).containsEntry("link_unsupported", 0L);
    assertThat(balance.dropped().get("malformed")).isPositive();
    assertThat(balance.dropped().get("cut")).isPositive();
  }
}
