package io.callscope.testdata.sbc;

import io.callscope.pcap.LinkType;
import io.callscope.pcap.PacketReader;
import io.callscope.testdata.sbc.FeedMessage.Direction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * The SIP messages of a capture as records of an SBC: datagrams in their packets, TCP segments that
 * begin with SIP as messages; fragments and messages over several segments are left out. To the
 * SBC's eye a packet to a lower address comes in, one to a higher address goes out.
 */
public final class CaptureFeed {
  private static final int UDP = 17;
  private static final int TCP = 6;
  private static final int TINY = 12;

  private CaptureFeed() {}

  /**
   * Reads a capture.
   *
   * @param to takes each record with its capture time
   * @return how many
   */
  public static long read(String file, BiConsumer<byte[], Long> to) throws IOException {
    long records = 0;
    try (PacketReader packets = PacketReader.open(file)) {
      while (packets.next()) {
        int end = packets.offset() + packets.capturedLength();
        int ip = ipAt(packets, end);
        byte[] record =
            ip < 0 ? null : record(Arrays.copyOfRange(packets.buffer(), ip, end), packets);
        if (record != null) {
          to.accept(record, packets.captureNanos());
          records++;
        }
      }
    }
    return records;
  }

  private static int ipAt(PacketReader packets, int end) {
    byte[] bytes = packets.buffer();
    int at = packets.offset();
    switch (packets.linkType()) {
      case LinkType.ETHERNET -> {
        at += 12;
        while (at + 4 <= end && (uint16(bytes, at) == 0x8100 || uint16(bytes, at) == 0x88a8)) {
          at += 4;
        }
        at += 2;
      }
      case LinkType.LINUX_SLL -> at += 16;
      case LinkType.LINUX_SLL2 -> at += 20;
      case LinkType.NULL, LinkType.LOOP -> at += 4;
      default -> {}
    }
    int version = at < end ? (bytes[at] & 0xff) >>> 4 : 0;
    return (version == 4 && end - at >= 28) || (version == 6 && end - at >= 48) ? at : -1;
  }

  private static byte[] record(byte[] packet, PacketReader packets) throws IOException {
    boolean ipv6 = (packet[0] & 0xff) >>> 4 == 6;
    int header = ipv6 ? 40 : (packet[0] & 0xf) * 4;
    int protocol = packet[ipv6 ? 6 : 9] & 0xff;
    boolean fragment = !ipv6 && (uint16(packet, 6) & 0x3fff) != 0;
    int total = ipv6 ? 40 + uint16(packet, 4) : uint16(packet, 2);
    int end = Math.min(packet.length, total == 0 ? packet.length : total);
    if (fragment || end < header + 20) {
      return null;
    }
    int addresses = ipv6 ? 8 : 12;
    int size = ipv6 ? 16 : 4;
    byte[] from = Arrays.copyOfRange(packet, addresses, addresses + size);
    byte[] to = Arrays.copyOfRange(packet, addresses + size, addresses + 2 * size);
    Direction direction =
        Arrays.compareUnsigned(from, to) > 0 ? Direction.INGRESS : Direction.EGRESS;
    if (protocol == UDP) {
      return FeedMessage.packet(direction, packets.captureNanos(), "", Arrays.copyOf(packet, end));
    }
    int payload = protocol == TCP ? header + ((packet[header + 12] & 0xff) >>> 4) * 4 : end;
    boolean sip = end - payload > TINY && Character.isLetter(packet[payload] & 0x7f);
    if (!sip) {
      return null;
    }
    return FeedMessage.tcp(
        direction,
        packets.captureNanos(),
        "",
        new InetSocketAddress(InetAddress.getByAddress(from), uint16(packet, header)),
        new InetSocketAddress(InetAddress.getByAddress(to), uint16(packet, header + 2)),
        Arrays.copyOfRange(packet, payload, end));
  }

  private static int uint16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  /**
   * Sends the records of a capture, as fast as the collector takes them, as if they were of now.
   *
   * @return how many
   */
  public static long send(String file, Sbc sbc) throws IOException {
    long[] shift = {Long.MIN_VALUE};
    IOException[] failed = new IOException[1];
    long records =
        read(
            file,
            (record, nanos) -> {
              if (shift[0] == Long.MIN_VALUE) {
                // In the past, so that none of them is ahead of the collector's clock.
                shift[0] = System.currentTimeMillis() * 1_000_000 - 3_600_000_000_000L - nanos;
              }
              try {
                if (failed[0] == null) {
                  sbc.send(record, nanos + shift[0]);
                }
              } catch (IOException e) {
                failed[0] = e;
              }
            });
    if (failed[0] != null) {
      throw failed[0];
    }
    return records;
  }
}
