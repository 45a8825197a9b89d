package io.callscope.bench;

import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.decode.PacketDecoder;
import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.Verdict;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Lets benchmarks take datagrams out of packets as a source does. */
public final class DecodeRun {
  private static final int ETHERNET = 1;
  private static final int UDP = 17;
  private static final int IPV4_TYPE = 0x0800;
  private static final int IPV6_TYPE = 0x86dd;
  private static final int VLAN_TYPE = 0x8100;

  /** Bytes of a datagram in one fragment, a multiple of eight. */
  private static final int FRAGMENT = 576;

  private static final String ADDRESSES4 = "c633640acb007101";
  private static final String ADDRESSES6 =
      "20010db8000000000000000000000001" + "20010db8000000000000000000000002";

  private final PacketDecoder decoder =
      new PacketDecoder(new CaptureCounters(), DecodeOptions.DEFAULTS, null);
  private final Packet packet = new Packet();
  private final byte[][] frames;
  private final int expected;

  /** What a datagram is in; all on Ethernet. */
  public enum Carrier {
    IPV4,
    IPV6,
    VLAN,
    IP_IN_IP,
    FRAGMENTS
  }

  /**
   * @param payloads of the datagrams
   */
  public DecodeRun(Carrier carrier, byte[][] payloads) {
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < payloads.length; i++) {
      byte[] ports = HexFormat.of().parseHex("13c413c4");
      byte[] udp = join(ports, u16(8 + payloads[i].length), u16(0), payloads[i]);
      all.addAll(frames(carrier, i, udp));
    }
    frames = all.toArray(byte[][]::new);
    expected = payloads.length;
  }

  private static List<byte[]> frames(Carrier carrier, int id, byte[] udp) {
    byte[] whole = ipv4(UDP, id, 0, udp);
    return switch (carrier) {
      case IPV4 -> List.of(ethernet(IPV4_TYPE, whole));
      case IPV6 -> List.of(ethernet(IPV6_TYPE, ipv6(udp)));
      case VLAN -> List.of(ethernet(VLAN_TYPE, join(u16(7), u16(IPV4_TYPE), whole)));
      case IP_IN_IP -> List.of(ethernet(IPV4_TYPE, ipv4(4, id, 0, whole)));
      case FRAGMENTS -> fragments(id, udp);
    };
  }

  private static List<byte[]> fragments(int id, byte[] udp) {
    List<byte[]> frames = new ArrayList<>();
    for (int at = 0; at < udp.length; at += FRAGMENT) {
      int end = Math.min(udp.length, at + FRAGMENT);
      int more = end < udp.length ? 0x2000 : 0;
      byte[] piece = Arrays.copyOfRange(udp, at, end);
      frames.add(ethernet(IPV4_TYPE, ipv4(UDP, id, more | (at / 8), piece)));
    }
    return frames;
  }

  private static byte[] ethernet(int type, byte[] payload) {
    return join(HexFormat.of().parseHex("020000000001020000000002"), u16(type), payload);
  }

  private static byte[] ipv4(int protocol, int id, int fragment, byte[] payload) {
    return join(
        u16(0x4500), // 0 version, header words, service
        u16(20 + payload.length), // 2 total length
        u16(id), // 4 identification
        u16(fragment), // 6
        u16((64 << 8) | protocol), // 8 time to live, 9 protocol
        u16(0), // 10 checksum
        HexFormat.of().parseHex(ADDRESSES4), // 12, 16
        payload);
  }

  private static byte[] ipv6(byte[] payload) {
    return join(
        u16(0x6000), // 0 version
        u16(0),
        u16(payload.length), // 4
        u16((UDP << 8) | 64), // 6 next header, 7 hop limit
        HexFormat.of().parseHex(ADDRESSES6), // 8, 24
        payload);
  }

  private static byte[] u16(int value) {
    return new byte[] {(byte) (value >>> 8), (byte) value};
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /**
   * Decodes all packets once.
   *
   * @return bytes of what was in them
   */
  public long datagrams() {
    int found = 0;
    long bytes = 0;
    packet.envelope.captureNanos += 1_000_000;
    for (byte[] frame : frames) {
      packet.bytes = frame;
      packet.at = 0;
      packet.end = frame.length;
      packet.linkType = ETHERNET;
      packet.originalLength = frame.length;
      packet.missing = 0;
      packet.cut = false;
      if (decoder.decode(packet) == Verdict.UDP) {
        found++;
        bytes += packet.end - packet.at;
      }
    }
    if (found != expected) {
      throw new IllegalStateException(found + " datagrams of " + expected);
    }
    return bytes;
  }
}
