package io.callscope.capture.decode;

import static io.callscope.capture.packet.Frames.ascii;
import static io.callscope.capture.packet.Frames.ethernet;
import static io.callscope.capture.packet.Frames.hex;
import static io.callscope.capture.packet.Frames.ipv4;
import static io.callscope.capture.packet.Frames.ipv6;
import static io.callscope.capture.packet.Frames.join;
import static io.callscope.capture.packet.Frames.u16;
import static io.callscope.capture.packet.Frames.udp;
import static io.callscope.capture.packet.Frames.vlan;
import static io.callscope.capture.packet.Frames.vxlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.callscope.capture.bpf.BpfCompiler;
import io.callscope.capture.bpf.BpfException;
import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.config.SourceException;
import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.packet.CaptureFile;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.Verdict;
import io.callscope.capture.tcp.TcpOptions;
import io.callscope.counters.Balance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A filter on a port finds the port wherever it is. */
class PacketFilterTest {
  private static final int VXLAN = 4789;
  private static final byte[] SIP = udp(ascii("INVITE sip:x SIP/2.0" + "x".repeat(3000)));
  private static final byte[] OTHER = other(SIP);

  private final CaptureCounters counters = new CaptureCounters();

  @BeforeAll
  static void needsLibpcap() {
    try {
      new BpfCompiler();
    } catch (LinkageError e) {
      assumeTrue(false, "no libpcap here");
    }
  }

  /** The same datagram between other ports. */
  private static byte[] other(byte[] udp) {
    byte[] other = udp.clone();
    System.arraycopy(u16(7000), 0, other, 0, 2);
    System.arraycopy(u16(7001), 0, other, 2, 2);
    return other;
  }

  private static List<byte[]> fragments(byte[] datagram, boolean ipv6) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < datagram.length; at += 1400) {
      int to = Math.min(datagram.length, at + 1400);
      int more = to < datagram.length ? 1 : 0;
      byte[] part = Arrays.copyOfRange(datagram, at, to);
      pieces.add(
          ipv6
              ? ipv6(44, join(hex("1100"), u16(at | more), hex("00000007"), part))
              : ipv4(17, more << 13 | at / 8, "", part));
    }
    return pieces;
  }

  private static List<byte[]> frames(int type, List<byte[]> packets) {
    return packets.stream().map(packet -> ethernet(type, packet)).toList();
  }

  private static List<byte[]> tagged(int type, List<byte[]> packets) {
    return packets.stream().map(packet -> ethernet(0x8100, vlan(type, packet))).toList();
  }

  private static List<byte[]> reversed(List<byte[]> packets) {
    List<byte[]> reversed = new ArrayList<>(packets);
    Collections.reverse(reversed);
    return reversed;
  }

  /** Ways to carry a datagram; link type 1. */
  private static List<Arguments> carriers(byte[] udp) {
    byte[] short4 = ipv4(17, Arrays.copyOf(udp, 100));
    byte[] short6 = ipv6(17, Arrays.copyOf(udp, 100));
    byte[] frame = ethernet(0x0800, short4);
    byte[] extension = join(hex("1100000000000000"), Arrays.copyOf(udp, 100));
    return List.of(
        arguments("IPv4", List.of(frame)),
        arguments("IPv6", frames(0x86dd, List.of(short6))),
        arguments("IPv6, hop by hop options", frames(0x86dd, List.of(ipv6(0, extension)))),
        arguments("IPv6, destination options", frames(0x86dd, List.of(ipv6(60, extension)))),
        arguments("a VLAN tag", tagged(0x0800, List.of(short4))),
        arguments("a VLAN tag, IPv6", tagged(0x86dd, List.of(short6))),
        arguments("two VLAN tags", tagged(0x8100, List.of(vlan(0x0800, short4)))),
        arguments("IPv4 fragments", frames(0x0800, fragments(udp, false))),
        arguments("IPv4 fragments, last first", reversed(frames(0x0800, fragments(udp, false)))),
        arguments("IPv6 fragments", frames(0x86dd, fragments(udp, true))),
        arguments("IPv6 fragments, last first", reversed(frames(0x86dd, fragments(udp, true)))),
        arguments("IPv4 fragments behind a VLAN tag", tagged(0x0800, fragments(udp, false))),
        arguments("VXLAN", frames(0x0800, List.of(vxlan(VXLAN, frame)))),
        arguments(
            "VXLAN with fragments in it",
            frames(
                0x0800,
                frames(0x0800, fragments(udp, false)).stream()
                    .map(inner -> vxlan(VXLAN, inner))
                    .toList())),
        arguments("VXLAN behind a VLAN tag", tagged(0x0800, List.of(vxlan(VXLAN, frame)))),
        arguments("GRE", frames(0x0800, List.of(ipv4(47, join(hex("00006558"), frame))))),
        arguments("IP in IP", frames(0x0800, List.of(ipv4(4, short4)))),
        arguments("IPv6 in IP", frames(0x0800, List.of(ipv4(41, short6)))));
  }

  static Stream<Arguments> carriers() {
    return carriers(SIP).stream();
  }

  static Stream<Arguments> carriersOfOthers() {
    return carriers(OTHER).stream();
  }

  private Verdict decode(String expression, List<byte[]> packets) throws SourceException {
    PacketFilter filter = PacketFilter.compile(expression, List.of(VXLAN));
    PacketDecoder decoder =
        new PacketDecoder(counters, new DecodeOptions(List.of(VXLAN), TcpOptions.DEFAULTS), filter);
    Packet packet = new Packet();
    Verdict verdict = null;
    for (byte[] bytes : packets) {
      packet.bytes = bytes;
      packet.at = 0;
      packet.end = bytes.length;
      packet.cut = false;
      packet.linkType = 1;
      packet.originalLength = bytes.length;
      packet.envelope.captureNanos = CaptureFile.START;
      counters.packet(bytes.length);
      verdict = decoder.decode(packet);
    }
    decoder.end();
    Balance balance = counters.balances().get(0);
    assertThat(balance.missing()).as(balance.toString()).isZero();
    return verdict;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("carriers")
  void aDatagramOfThePortPassesHoweverItIsCarried(String name, List<byte[]> packets)
      throws SourceException {
    assertThat(decode("udp port 5060", packets)).isEqualTo(Verdict.UDP);
    assertThat(counters.value(counters.filtered)).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("carriersOfOthers")
  void aDatagramOfOtherPortsDoesNot(String name, List<byte[]> packets) throws SourceException {
    assertThat(decode("udp port 5060", packets)).isEqualTo(Verdict.FILTERED);
    assertThat(counters.value(counters.filtered)).isEqualTo(1);
    assertThat(counters.value(counters.udp)).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("carriers")
  void theKernelLetsThroughWhatPassesHere(String name, List<byte[]> packets) throws Exception {
    String kernel = PacketFilter.compile("udp port 5060", List.of(VXLAN, 0)).kernelExpression(1);
    assertThat(kernel).contains("udp port 5060").contains("vlan").contains("dst port 4789");
    for (byte[] bytes : packets) {
      assertThat(new BpfCompiler().compile(kernel, 1).matches(bytes, 0, bytes.length, bytes.length))
          .isTrue();
    }
  }

  @Test
  void theKernelStillKeepsMostOfTheRestOut() throws Exception {
    String kernel = PacketFilter.compile("udp port 5060", List.of(VXLAN)).kernelExpression(1);
    for (byte[] bytes :
        List.of(
            ethernet(0x0800, ipv4(17, Arrays.copyOf(OTHER, 100))),
            ethernet(0x86dd, ipv6(17, Arrays.copyOf(OTHER, 100))),
            ethernet(0x8100, vlan(0x0800, ipv4(17, Arrays.copyOf(OTHER, 100)))),
            ethernet(0x0806, new byte[28]))) {
      assertThat(new BpfCompiler().compile(kernel, 1).matches(bytes, 0, bytes.length, bytes.length))
          .isFalse();
    }
  }

  @Test
  void aFilterWithTagsOfItsOwnStillGetsItsFragments() throws Exception {
    PacketFilter filter = PacketFilter.compile("vlan 7 and udp port 5060", List.of());
    String kernel = filter.kernelExpression(1);
    for (byte[] bytes : tagged(0x0800, fragments(SIP, false))) {
      assertThat(new BpfCompiler().compile(kernel, 1).matches(bytes, 0, bytes.length, bytes.length))
          .isTrue();
    }
    assertThat(decode("vlan 7 and udp port 5060", tagged(0x0800, fragments(SIP, false))))
        .isEqualTo(Verdict.UDP);
    assertThat(decode("vlan 8 and udp port 5060", tagged(0x0800, fragments(SIP, false))))
        .isEqualTo(Verdict.FILTERED);
  }

  @Test
  void linkTypesWithoutTagsGetAFilterWithoutThem() throws BpfException, SourceException {
    PacketFilter filter = PacketFilter.compile("udp port 5060", List.of(VXLAN));
    for (int dlt : new int[] {0, 12, 113, 276}) {
      String kernel = filter.kernelExpression(dlt);
      assertThat(kernel).contains("0x1fff").contains("udp port 5060");
      new BpfCompiler().compile(kernel, dlt);
    }
  }

  @Test
  void aFilterOfTheLinkLayerHoldsBehindTagsToo() throws SourceException {
    String expression = "ether host 02:00:00:00:00:01 and udp port 5060";
    byte[] packet = ipv4(17, Arrays.copyOf(SIP, 100));
    assertThat(decode(expression, List.of(ethernet(0x0800, packet)))).isEqualTo(Verdict.UDP);
    assertThat(decode(expression, tagged(0x8100, List.of(vlan(0x0800, packet)))))
        .isEqualTo(Verdict.UDP);
    assertThat(decode("ether host 02:00:00:00:00:09", List.of(ethernet(0x0800, packet))))
        .isEqualTo(Verdict.FILTERED);
    PacketFilter filter = PacketFilter.compile(expression, List.of());
    assertThat(filter.fits(1)).isTrue();
    assertThat(filter.fits(101)).isFalse();
  }

  @Test
  void aFilterOfTheTunnelTakesAllInIt() throws SourceException {
    byte[] tunnel = ethernet(0x0800, vxlan(VXLAN, ethernet(0x0800, ipv4(17, OTHER))));
    assertThat(decode("udp port 4789", List.of(tunnel))).isEqualTo(Verdict.UDP);
    assertThat(decode("host 192.0.2.77", List.of(tunnel))).isEqualTo(Verdict.FILTERED);
  }

  @Test
  void allElseIsCountedAsFilteredWhateverItIs() throws SourceException {
    byte[] garbled = ethernet(0x0800, hex("43"));
    assertThat(decode("udp port 5060", List.of(ethernet(0x0806, new byte[28]), garbled)))
        .isEqualTo(Verdict.FILTERED);
    assertThat(counters.value(counters.filtered)).isEqualTo(2);
    assertThat(counters.value(counters.decodeErrs)).isZero();
  }

  @Test
  void aBadExpressionIsSaid() {
    assertThatThrownBy(() -> PacketFilter.compile("udp prt 5060", List.of()))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("-bpf \"udp prt 5060\": ")
        .hasMessageContaining("syntax error");
  }
}
