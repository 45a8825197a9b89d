package io.callscope.capture.decode;

import io.callscope.capture.packet.Packet;

/**
 * Puts a plain IP header before the payload of a packet that has lost its own, or has one with much
 * in between, so that a filter finds what it looks for where it expects it. For one thread.
 */
final class IpHeaders {
  static final int IPV6 = 40;
  private static final int IPV4 = 20;
  private static final int TTL = 64;

  private final byte[] bytes = new byte[IPV6 + 0xffff];

  byte[] bytes() {
    return bytes;
  }

  /**
   * @param packet at its payload
   * @return length of header and payload
   */
  int put(Packet packet) {
    int header = packet.ipv6 ? IPV6 : IPV4;
    int payload = Math.min(packet.available(), bytes.length - header);
    System.arraycopy(packet.bytes, packet.at, bytes, header, payload);
    if (packet.ipv6) {
      ipv6(packet, payload);
    } else {
      ipv4(packet, payload);
    }
    return header + payload;
  }

  private void ipv4(Packet packet, int payload) {
    put32(0, 0x4500_0000 | Math.min(0xffff, IPV4 + payload));
    put32(4, 0);
    put32(8, TTL << 24 | packet.protocol << 16);
    put32(12, (int) packet.envelope.sourceLow);
    put32(16, (int) packet.envelope.destinationLow);
  }

  private void ipv6(Packet packet, int payload) {
    put32(0, 0x6000_0000);
    put32(4, payload << 16 | packet.protocol << 8 | TTL);
    put64(8, packet.envelope.sourceHigh);
    put64(16, packet.envelope.sourceLow);
    put64(24, packet.envelope.destinationHigh);
    put64(32, packet.envelope.destinationLow);
  }

  private void put64(int at, long value) {
    put32(at, (int) (value >>> 32));
    put32(at + 4, (int) value);
  }

  private void put32(int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }
}
