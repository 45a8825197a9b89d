package io.callscope.testdata;

import java.util.Locale;

/** Link types that a capture can be written with, and their headers. */
enum LinkLayer {
  ETH(1, 14),
  SLL(113, 16),
  SLL2(276, 20),
  RAW(101, 0),
  LOOP(108, 4);

  static final int ETHERTYPE_IPV4 = 0x0800;
  static final int ETHERTYPE_IPV6 = 0x86dd;
  private static final int ETHERTYPE_VLAN = 0x8100;
  private static final int ETHERTYPE_SERVICE_VLAN = 0x88a8;

  private final int number;
  private final int headerBytes;
  private final String text = name().toLowerCase(Locale.ROOT);

  LinkLayer(int number, int headerBytes) {
    this.number = number;
    this.headerBytes = headerBytes;
  }

  /** The number in the pcap file header. */
  int number() {
    return number;
  }

  String text() {
    return text;
  }

  /** Puts the link header before an IP packet; VLAN tags, outermost first, are for Ethernet. */
  void prepend(Bytes packet, boolean ipv6, int[] vlans) {
    int type = ipv6 ? ETHERTYPE_IPV6 : ETHERTYPE_IPV4;
    packet.prepend(headerBytes + 4 * vlans.length);
    switch (this) {
      case ETH -> ethernet(packet, type, vlans);
      case SLL -> {
        packet.set16(0, 0); // to us
        packet.set16(2, 1); // Ethernet
        packet.set16(4, 6);
        mac(packet, 6, 1);
        packet.set16(12, 0);
        packet.set16(14, type);
      }
      case SLL2 -> {
        packet.set16(0, type);
        packet.set16(2, 0);
        packet.set32(4, 2); // interface
        packet.set16(8, 1); // Ethernet
        packet.set16(10, 6); // to us, and the length of the address
        mac(packet, 12, 1);
        packet.set16(18, 0);
      }
      case LOOP -> packet.set32(0, ipv6 ? 30 : 2);
      case RAW -> {}
    }
  }

  static void ethernet(Bytes packet, int type, int[] vlans) {
    mac(packet, 0, 2);
    mac(packet, 6, 1);
    int at = 12;
    for (int i = 0; i < vlans.length; i++) {
      boolean service = i + 1 < vlans.length;
      packet.set16(at, service ? ETHERTYPE_SERVICE_VLAN : ETHERTYPE_VLAN);
      packet.set16(at + 2, vlans[i]);
      at += 4;
    }
    packet.set16(at, type);
  }

  private static void mac(Bytes packet, int at, int last) {
    packet.set16(at, 0x0200);
    packet.set32(at + 2, last);
  }
}
