package io.callscope.testdata;

import io.callscope.pcap.PcapWriter;
import java.io.IOException;
import java.util.SplittableRandom;

/** Puts IP and link headers before a packet, cuts it into fragments and writes the frames. */
final class Frames {
  /** Room that the headers of all layers need. */
  static final int HEADROOM = 192;

  static final int UDP = 17;
  static final int TCP = 6;
  private static final int IPV4_BYTES = 20;
  private static final int IPV6_BYTES = 40;
  private static final int FRAGMENT_HEADER_BYTES = 8;
  private static final int IPV6_FRAGMENT = 44;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int VXLAN_NETWORK = 4242;
  private static final int HOPS_LEFT = 63;
  private static final byte[] TUNNEL_FROM = {10, (byte) 255, 0, 1};
  private static final byte[] TUNNEL_TO = {10, (byte) 255, 0, 2};
  private static final int[] NO_VLANS = {};

  private final PcapWriter pcap;
  private final Options options;
  private final SplittableRandom random;
  private final long[] counts;
  private final Bytes fragment = new Bytes(HEADROOM, 2048);
  private int identification;
  private long lastNanos;

  Frames(PcapWriter pcap, Options options, SplittableRandom random, long[] counts) {
    this.pcap = pcap;
    this.options = options;
    this.random = random;
    this.counts = counts;
  }

  /** The time of the last frame. */
  long lastNanos() {
    return lastNanos;
  }

  void count(NetworkCount what) {
    counts[what.ordinal()]++;
  }

  /** Sum of the pseudo header that UDP and TCP checksums begin with. */
  static long pseudoHeader(byte[] from, byte[] to, int protocol, int length) {
    long sum = Checksum.add(0, from, 0, from.length);
    return Checksum.add(sum, to, 0, to.length) + protocol + length;
  }

  /** Sends a UDP or TCP packet, whose headroom takes the headers. */
  void send(long nanos, byte[] from, byte[] to, int protocol, Bytes packet) throws IOException {
    boolean ipv6 = from.length == 16;
    int header = ipv6 ? IPV6_BYTES : IPV4_BYTES;
    if (options.mtu == 0 || packet.length() + header <= options.mtu) {
      if (ipv6) {
        ipv6(packet, from, to, protocol);
      } else {
        ipv4(packet, from, to, protocol, nextIdentification(), 0);
      }
      link(nanos, packet, ipv6);
      return;
    }
    count(NetworkCount.FRAGMENTED_PACKETS);
    int room = options.mtu - header - (ipv6 ? FRAGMENT_HEADER_BYTES : 0);
    fragments(nanos, from, to, protocol, packet, room & ~7);
  }

  private void fragments(long nanos, byte[] from, byte[] to, int protocol, Bytes packet, int most)
      throws IOException {
    int parts = (packet.length() + most - 1) / most;
    int id = from.length == 16 ? random.nextInt() : nextIdentification();
    double luck = random.nextDouble();
    boolean reversed = luck < options.reorder;
    boolean doubled = !reversed && luck < options.reorder * 1.5;
    for (int i = 0; i < parts + (doubled ? 1 : 0); i++) {
      int part = reversed ? parts - 1 - i : i % parts;
      fragment(nanos + i * 1_000L, from, to, protocol, packet, id, part * most, most);
    }
  }

  private void fragment(
      long nanos, byte[] from, byte[] to, int protocol, Bytes packet, int id, int at, int most)
      throws IOException {
    int length = Math.min(most, packet.length() - at);
    boolean more = at + length < packet.length();
    fragment.clear().put(packet.array, packet.start + at, length);
    boolean ipv6 = from.length == 16;
    if (ipv6) {
      fragment.prepend(FRAGMENT_HEADER_BYTES);
      fragment.set16(0, protocol << 8);
      fragment.set16(2, at | (more ? 1 : 0));
      fragment.set32(4, id);
      ipv6(fragment, from, to, IPV6_FRAGMENT);
    } else {
      ipv4(fragment, from, to, protocol, id, at >>> 3 | (more ? MORE_FRAGMENTS : 0));
    }
    count(NetworkCount.FRAGMENTS);
    link(nanos, fragment, ipv6);
  }

  private int nextIdentification() {
    identification = identification + 1 & 0xffff;
    return identification;
  }

  private static void ipv4(
      Bytes packet, byte[] from, byte[] to, int protocol, int id, int flagsAndOffset) {
    packet.prepend(IPV4_BYTES);
    packet.set16(0, 0x4500);
    packet.set16(2, packet.length());
    packet.set16(4, id);
    packet.set16(6, flagsAndOffset);
    packet.set16(8, HOPS_LEFT << 8 | protocol);
    packet.set16(10, 0);
    packet.set(12, from);
    packet.set(16, to);
    packet.set16(10, Checksum.of(Checksum.add(0, packet.array, packet.start, IPV4_BYTES)));
  }

  private static void ipv6(Bytes packet, byte[] from, byte[] to, int next) {
    int length = packet.length();
    packet.prepend(IPV6_BYTES);
    packet.set32(0, 0x6000_0000);
    packet.set16(4, length);
    packet.set16(6, next << 8 | HOPS_LEFT);
    packet.set(8, from);
    packet.set(24, to);
  }

  private void link(long nanos, Bytes packet, boolean ipv6) throws IOException {
    boolean tunnel = options.vxlanPort != 0;
    if (tunnel) {
      tunnel(packet, ipv6);
    }
    options.link.prepend(packet, ipv6 && !tunnel, options.vlans);
    lastNanos = Math.max(lastNanos, nanos); // bursts of connections may overlap
    pcap.write(lastNanos, packet.array, packet.start, packet.length());
    count(NetworkCount.FRAMES);
    counts[NetworkCount.FRAME_BYTES.ordinal()] += packet.length();
  }

  /** Wraps a packet in Ethernet, VXLAN (RFC 7348), UDP and IPv4. */
  private void tunnel(Bytes packet, boolean ipv6) {
    packet.prepend(14);
    int type = ipv6 ? LinkLayer.ETHERTYPE_IPV6 : LinkLayer.ETHERTYPE_IPV4;
    LinkLayer.ethernet(packet, type, NO_VLANS);
    // RFC 7348 §5: the source port comes from the inner addresses
    long flow = Checksum.add(0, packet.array, packet.start + 14 + (ipv6 ? 8 : 12), ipv6 ? 32 : 8);
    packet.prepend(8);
    packet.set32(0, 0x0800_0000);
    packet.set32(4, VXLAN_NETWORK << 8);
    packet.prepend(8);
    packet.set16(0, 49_152 | (Checksum.of(flow) & 0x3fff));
    packet.set16(2, options.vxlanPort);
    packet.set16(4, packet.length());
    packet.set16(6, 0);
    ipv4(packet, TUNNEL_FROM, TUNNEL_TO, UDP, nextIdentification(), 0);
  }
}
