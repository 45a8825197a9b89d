package io.callscope.testdata.sbc;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Composes the IPFIX messages of an SBC; each has one set of one record, as real ones do. */
public final class FeedMessage {
  /** Where times and the sequence number stand in a message with a SIP record. */
  static final int EXPORT_SECONDS = 4;

  static final int SEQUENCE = 8;
  static final int RECORD_SECONDS = 20;
  static final int RECORD_MICROS = 24;

  /** Where the times of a report of quality stand: seconds and microseconds of begin and end. */
  static final int QUALITY_BEGIN = 20 + 169;

  static final int QUALITY_END = 20 + 177;

  private static final int VERSION = 10;
  private static final int CONNECT = 256;
  private static final int UDP_IN = 258;
  private static final int TCP_IN = 260;
  private static final int QUALITY = 268;
  private static final int UDP = 17;

  private FeedMessage() {}

  /** The way a SIP message went, seen from the SBC. */
  public enum Direction {
    INGRESS,
    EGRESS
  }

  /** A connect request of protocol 1.2, with the name of the SBC. */
  public static byte[] connect(String host, int keepAliveSeconds) {
    Out out = new Out();
    out.put16(1).put16(2).put16(0xfc).put16(0).put16(0).put16(keepAliveSeconds).put32(7);
    out.put16(0x435a).put8(9).put8(1).put8(0);
    out.shortText(host);
    return message(CONNECT, out.bytes());
  }

  /** That of older software: protocol 1.0, which has no name. */
  public static byte[] oldConnect(int keepAliveSeconds) {
    Out out = new Out();
    out.put16(1).put16(0).put16(0x7c).put16(0).put16(0).put16(keepAliveSeconds).put32(0);
    out.put16(0x435a).put8(7).put8(2).put8(0);
    return message(CONNECT, out.bytes());
  }

  /** An empty set; its header is all zeros but for version and length. */
  public static byte[] keepAlive() {
    byte[] message = message(0, new byte[0]);
    message[EXPORT_SECONDS + 3] = 0;
    return message;
  }

  /**
   * A SIP message over UDP, in an IP packet of its own.
   *
   * @param ingressCallId of the other leg, for {@link Direction#EGRESS} only; may be empty
   */
  public static byte[] udp(
      Direction direction,
      long nanos,
      String ingressCallId,
      InetSocketAddress from,
      InetSocketAddress to,
      byte[] sip) {
    boolean ipv6 = from.getAddress().getAddress().length == 16;
    Out packet = new Out();
    int datagram = 8 + sip.length;
    if (ipv6) {
      packet.put32(0x6000_0000).put16(datagram).put8(UDP).put8(63);
    } else {
      packet.put16(0x4500).put16(20 + datagram).put16(1).put16(0x4000).put8(63).put8(UDP).put16(0);
    }
    packet.put(from.getAddress().getAddress()).put(to.getAddress().getAddress());
    packet.put16(from.getPort()).put16(to.getPort()).put16(datagram).put16(0).put(sip);
    return packet(direction, nanos, ingressCallId, packet.bytes());
  }

  /** A SIP message over UDP, in the IP packet it was captured in. */
  static byte[] packet(Direction direction, long nanos, String ingressCallId, byte[] packet) {
    Out out = common(nanos);
    if (direction == Direction.EGRESS) {
      out.shortText(ingressCallId);
    }
    out.longText(packet);
    return message(UDP_IN + direction.ordinal(), out.bytes());
  }

  /** A SIP message over TCP; with IPv6 addresses in a layout that no real SBC is known to have. */
  public static byte[] tcp(
      Direction direction,
      long nanos,
      String ingressCallId,
      InetSocketAddress from,
      InetSocketAddress to,
      byte[] sip) {
    Out out = common(nanos);
    out.put(to.getAddress().getAddress()).put(from.getAddress().getAddress());
    out.put16(to.getPort()).put16(from.getPort()).put32(0xabcd);
    if (direction == Direction.EGRESS) {
      out.shortText(ingressCallId);
    }
    out.longText(sip);
    return message(TCP_IN + direction.ordinal(), out.bytes());
  }

  /** A report of the media quality of a call. */
  public static byte[] quality(
      long beginNanos,
      long endNanos,
      String ingressCallId,
      String egressCallId,
      int ingressMos,
      int egressMos) {
    Out out = new Out();
    leg(out, 2368, 3, 453, 57, 9204, ingressMos);
    leg(out, 2360, 0, 17, 1, 9280, egressMos);
    out.put8(1);
    flow(out, "198.51.100.7", "192.0.2.1", 19_280, 17_366);
    flow(out, "192.0.2.1", "198.51.100.7", 17_366, 19_280);
    flow(out, "10.0.0.1", "10.0.0.50", 13_000, 13_604);
    flow(out, "10.0.0.50", "10.0.0.1", 13_604, 13_000);
    out.put8(0).put8(1).put16(100).put8(1).put8(0).put16(200);
    time(out, beginNanos);
    time(out, endNanos);
    for (String text : new String[] {"peering1", "core", ingressCallId, egressCallId}) {
      out.longText(text.getBytes(StandardCharsets.US_ASCII));
    }
    return message(QUALITY, out.bytes());
  }

  private static void leg(
      Out out, int packets, int lost, int jitter, int latency, int rFactor, int mos) {
    out.put32(packets * 218).put32(packets).put32(lost).put32(2).put32(15);
    out.put32(1602).put32(9).put32(0).put32(jitter).put32(jitter + 147);
    out.put32(latency).put32(latency + 2).put32(rFactor).put32(mos);
  }

  private static void flow(Out out, String from, String to, int fromPort, int toPort) {
    out.put(new InetSocketAddress(from, 0).getAddress().getAddress());
    out.put(new InetSocketAddress(to, 0).getAddress().getAddress());
    out.put16(fromPort).put16(toPort);
  }

  private static Out common(long nanos) {
    Out out = new Out();
    time(out, nanos);
    return out.put8(0).put8(1).put16(100);
  }

  private static void time(Out out, long nanos) {
    out.put32((int) (nanos / 1_000_000_000)).put32((int) (nanos / 1000 % 1_000_000));
  }

  /** A message of one set. */
  static byte[] message(int setId, byte[] content) {
    Out out = new Out();
    out.put16(VERSION).put16(20 + content.length).put32(0).put32(0).put32(0);
    return out.put16(setId).put16(4 + content.length).put(content).bytes();
  }

  /** Big-endian numbers and texts, one behind the other. */
  private static final class Out {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    Out put8(int value) {
      bytes.write(value);
      return this;
    }

    Out put16(int value) {
      return put8(value >>> 8).put8(value);
    }

    Out put32(int value) {
      return put16(value >>> 16).put16(value);
    }

    Out put(byte[] more) {
      bytes.writeBytes(more);
      return this;
    }

    Out shortText(String text) {
      byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
      return put8(ascii.length).put(ascii);
    }

    Out longText(byte[] text) {
      return put8(255).put16(text.length).put(text);
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }

  /** Writes the times of a record and of its message anew. */
  static void setTime(byte[] message, int from, int at, long nanos) {
    ByteBuffer buffer = ByteBuffer.wrap(message);
    buffer.putInt(from + at, (int) (nanos / 1_000_000_000));
    buffer.putInt(from + at + 4, (int) (nanos / 1000 % 1_000_000));
    buffer.putInt(from + EXPORT_SECONDS, (int) (nanos / 1_000_000_000));
  }

  static void setSequence(byte[] message, int from, int sequence) {
    ByteBuffer.wrap(message).putInt(from + SEQUENCE, sequence);
  }
}
