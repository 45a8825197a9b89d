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
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.Verdict;
import io.callscope.capture.tcp.TcpOptions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Packets in packets. */
class TunnelTest {
  private static final int PORT = 4789;
  private static final byte[] PAYLOAD = ascii("INVITE sip:x SIP/2.0");
  private static final byte[] UDP4 = ipv4(17, udp(PAYLOAD));
  private static final byte[] UDP6 = ipv6(17, udp(PAYLOAD));
  private static final byte[] FRAME = ethernet(0x0800, UDP4);

  private final CaptureCounters counters = new CaptureCounters();
  private final PacketDecoder decoder =
      new PacketDecoder(counters, new DecodeOptions(List.of(PORT), TcpOptions.DEFAULTS), null);
  private final Packet packet = new Packet();

  private Verdict decode(byte[] bytes, int captured) {
    packet.bytes = bytes;
    packet.at = 0;
    packet.end = captured;
    packet.cut = captured < bytes.length;
    packet.linkType = 101;
    counters.packet(bytes.length);
    return decoder.decode(packet);
  }

  private static byte[] gre(int flags, int type, String fields, byte[] payload) {
    return ipv4(47, join(u16(flags), u16(type), hex(fields), payload));
  }

  static Stream<Arguments> tunnels() {
    String erspan2 = "1007000100000002";
    String erspan3 = "200700010000000300000000";
    return Stream.of(
        arguments("IPv4 in IPv4", ipv4(4, UDP4)),
        arguments("IPv6 in IPv4", ipv4(41, UDP6)),
        arguments("IPv4 in IPv6", ipv6(4, UDP4)),
        arguments("GRE with IPv4", gre(0, 0x0800, "", UDP4)),
        arguments("GRE with IPv6", gre(0, 0x86dd, "", UDP6)),
        arguments("GRE with Ethernet", gre(0, 0x6558, "", FRAME)),
        arguments("GRE with a VLAN tag", gre(0, 0x8100, "", vlan(0x0800, UDP4))),
        arguments(
            "GRE with all fields", gre(0xb000, 0x0800, "00000000" + "00000001" + "00000002", UDP4)),
        arguments("GRE over IPv6", ipv6(47, join(hex("00000800"), UDP4))),
        arguments("ERSPAN I", gre(0, 0x88be, "", FRAME)),
        arguments("ERSPAN II", gre(0x1000, 0x88be, "00000009" + erspan2, FRAME)),
        arguments("ERSPAN III", gre(0x1000, 0x22eb, "00000009" + erspan3, FRAME)),
        arguments(
            "ERSPAN III with its subheader",
            gre(
                0x1000,
                0x22eb,
                "00000009" + "2007000100000003" + "00000001" + "0000000000000000",
                FRAME)),
        arguments(
            "ERSPAN III with IP",
            gre(0x1000, 0x22eb, "00000009" + "2007000100000003" + "00000800", UDP4)),
        arguments("VXLAN", vxlan(PORT, FRAME)),
        arguments("VXLAN in VXLAN", vxlan(PORT, ethernet(0x0800, vxlan(PORT, FRAME)))),
        arguments("VXLAN in GRE in IP", ipv4(4, gre(0, 0x0800, "", vxlan(PORT, FRAME)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void tunnels(String name, byte[] bytes) {
    assertThat(decode(bytes, bytes.length)).isEqualTo(Verdict.UDP);
    assertThat(Arrays.copyOfRange(packet.bytes, packet.at, packet.end)).isEqualTo(PAYLOAD);
    assertThat(packet.envelope.sourcePort).isEqualTo(5060);
    assertThat(counters.value(counters.udp)).isEqualTo(1);
    assertThat(counters.balances().get(0).missing()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tunnels")
  void cutAnywhereATunnelIsCutAndNotMalformed(String name, byte[] bytes) {
    for (int length = 1; length < bytes.length - PAYLOAD.length; length++) {
      assertThat(decode(bytes, length)).as("captured %d", length).isEqualTo(Verdict.CUT);
    }
    assertThat(counters.balances().get(0).missing()).isZero();
  }

  static Stream<Arguments> others() {
    byte[] deep = UDP4;
    for (int i = 0; i < 12; i++) {
      deep = ipv4(4, deep);
    }
    return Stream.of(
        arguments("GRE with PPP", gre(0, 0x880b, "", UDP4), Verdict.GRE_OTHER),
        arguments("GRE version 1", gre(0x2001, 0x0800, "00000000", UDP4), Verdict.GRE_OTHER),
        arguments("GRE with routing", gre(0x4000, 0x0800, "00000000", UDP4), Verdict.GRE_OTHER),
        arguments("GRE with ARP", gre(0, 0x0806, "", new byte[28]), Verdict.GRE_OTHER),
        arguments("VXLAN with ARP", vxlan(PORT, ethernet(0x0806, new byte[28])), Verdict.NOT_IP),
        arguments("tunnels without end", deep, Verdict.MALFORMED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void others(String name, byte[] bytes, Verdict verdict) {
    assertThat(decode(bytes, bytes.length)).isEqualTo(verdict);
    assertThat(counters.balances().get(0).missing()).isZero();
  }

  /** A6 and A7 of the acceptance scenarios. */
  @Test
  void vxlanCountsThePacketInside() {
    byte[] bytes = vxlan(PORT, FRAME);
    decode(bytes, bytes.length);
    assertThat(counters.value(counters.vxlan)).isEqualTo(1);
    assertThat(counters.value(counters.ip4)).isEqualTo(1);
    assertThat(counters.value(counters.udp)).isEqualTo(1);

    byte[] elsewhere = vxlan(PORT + 1, FRAME);
    assertThat(decode(elsewhere, elsewhere.length)).isEqualTo(Verdict.UDP);
    assertThat(packet.envelope.destinationPort).isEqualTo(PORT + 1);
    assertThat(counters.value(counters.vxlan)).isEqualTo(1);
  }
}
