package io.callscope.capture.packet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Packets of every kind, layer by layer. */
public final class Frames {
  private static final String MACS = "020000000001020000000002";
  public static final String SOURCE4 = "c0000201"; // 192.0.2.1
  public static final String DESTINATION4 = "c0000202";
  public static final String SOURCE6 = "20010db8000000000000000000000001";
  public static final String DESTINATION6 = "20010db8000000000000000000000002";

  // Flags of TCP.
  public static final int SYN = 2;
  public static final int ACK = 16;

  private Frames() {}

  public static byte[] hex(String... parts) {
    return HexFormat.of().parseHex(String.join("", parts));
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static byte[] u16(int value) {
    return new byte[] {(byte) (value >>> 8), (byte) value};
  }

  public static byte[] ethernet(int type, byte[] payload) {
    return join(hex(MACS), u16(type), payload);
  }

  public static byte[] vlan(int type, byte[] payload) {
    return join(hex("0007"), u16(type), payload);
  }

  public static byte[] ipv4(int protocol, byte[] payload) {
    return ipv4(protocol, 0, "", payload);
  }

  /**
   * @param fragment flags and offset
   * @param options in hex, of a multiple of four bytes
   */
  public static byte[] ipv4(int protocol, int fragment, String options, byte[] payload) {
    int header = 20 + options.length() / 2;
    return join(
        new byte[] {(byte) (0x40 + header / 4), 0}, // 0 version, header words; 1 service
        u16(header + payload.length), // 2 total length
        hex("0001"), // 4 identification
        u16(fragment), // 6
        new byte[] {64, (byte) protocol}, // 8 time to live, 9 protocol
        hex("0000", SOURCE4, DESTINATION4, options), // 10 checksum, 12, 16, 20
        payload);
  }

  public static byte[] ipv6(int next, byte[] payload) {
    return join(
        hex("60000000"), // 0 version
        u16(payload.length), // 4
        new byte[] {(byte) next, 64}, // 6 next header, 7 hop limit
        hex(SOURCE6, DESTINATION6), // 8, 24
        payload);
  }

  public static byte[] udp(byte[] payload) {
    return udp(8 + payload.length, payload);
  }

  public static byte[] udp(int length, byte[] payload) {
    return join(u16(5060), u16(5070), u16(length), u16(0), payload);
  }

  /** Ethernet, IPv4, TCP from port 40000 to port 5060. */
  public static byte[] segment(int flags, int sequence, String payload) {
    byte[] ports = join(u16(40_000), u16(5060));
    byte[] numbers = join(u16(sequence >>> 16), u16(sequence), hex("00000000"));
    byte[] rest = join(hex("50"), new byte[] {(byte) flags}, hex("ffff00000000"));
    return ethernet(0x0800, ipv4(6, join(ports, numbers, rest, ascii(payload))));
  }

  /** A frame in VXLAN over IPv4. */
  public static byte[] vxlan(int port, byte[] frame) {
    int length = 16 + frame.length;
    return ipv4(
        17, join(u16(40_000), u16(port), u16(length), u16(0), hex("0800000000002a00"), frame));
  }

  /** Ethernet, IPv4, UDP. */
  public static byte[] datagram(byte[] payload) {
    return ethernet(0x0800, ipv4(17, udp(payload)));
  }

  public static byte[] datagram(String payload) {
    return datagram(ascii(payload));
  }

  public static String invite(String callId) {
    return invite(callId, 0, "");
  }

  public static String invite(String callId, int contentLength, String body) {
    return "INVITE sip:bob@example.org SIP/2.0\r\n"
        + "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
        + "From: <sip:alice@example.org>;tag=a\r\n"
        + "To: <sip:bob@example.org>\r\n"
        + "Call-ID: "
        + callId
        + "\r\nCSeq: 1 INVITE\r\nContent-Length: "
        + contentLength
        + "\r\n\r\n"
        + body;
  }
}
