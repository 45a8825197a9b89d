package io.callscope.pcap;

import io.callscope.bus.Envelope;
import io.callscope.net.IpAddress;
import io.callscope.net.Transport;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Turns SIP messages into packets of a capture file, with the ends and the transport they were seen
 * on: a datagram as one of UDP, what came in a stream as a segment of a TCP connection that begins
 * with its handshake, so that a reader can follow it. Nothing else of the packets they came in is
 * known any more.
 *
 * <pre>
 * Ethernet  0 destination (6)   6 source (6)   12 type (2)
 * IPv4      0 0x45, 0   2 length (2)   4 id, flags (4)   8 TTL   9 protocol   10 checksum (2)   12 addresses (8)
 * IPv6      0 0x60000000   4 payload length (2)   6 protocol   7 hop limit   8 addresses (32)
 * UDP       0 ports (4)   4 length (2)   6 checksum (2)
 * TCP       0 ports (4)   4 sequence   8 acknowledged   12 header, flags (2)   14 window (2)   16 checksum (2)   18 urgent (2)
 * </pre>
 *
 * <p>A window of 65,535 is scaled up in the handshake: the other side may have been silent for long
 * in what was captured.
 */
public final class MessageRecords {
  /** Start of each frame, by which records of ours can be told in the middle of a file. */
  static final long FRAME_START = 0x0205_0104_0c0b_0205L;

  private static final int FRAME_START_REST = 0x0104_0c0a;
  private static final int ETHERNET = 14;
  private static final int IPV4 = 20;
  private static final int IPV6 = 40;
  private static final int UDP = 8;
  private static final int TCP = 20;
  private static final int TCP_WITH_SCALE = 24;
  private static final int PROTOCOL_UDP = 17;
  private static final int PROTOCOL_TCP = 6;
  private static final int HOPS = 16;
  private static final int ACK = 0x10;
  private static final int PUSH = 0x08;
  private static final int SYN = 0x02;
  private static final int WINDOW = 0xffff;

  /** No-operation, then window scale of 14, the largest (RFC 7323 §2.2). */
  private static final int SCALE_OPTION = 0x0103_030e;

  private static final int MAX_IP = 0xffff;
  private static final int MAX_HEADERS = ETHERNET + IPV6 + TCP_WITH_SCALE;
  private static final byte[] NOTHING = {};

  /** Between the first numbers of connections of the same time; odd, so that none comes twice. */
  private static final int NUMBERS_APART = 0x9e37_79b1;

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final CaptureFormat format;
  private GrowingBytes to;
  private byte[] frame;
  private Envelope ends;
  private byte[] comment = NOTHING;
  private boolean ipv4;
  private int frameBytes;
  private int handshakes;

  public MessageRecords(CaptureFormat format) {
    this.format = format;
  }

  /** Whether an address pair is of one family, as a packet needs it. */
  public static boolean canWrite(Envelope envelope) {
    return IpAddress.isIpv4(envelope.sourceHigh, envelope.sourceLow)
        == IpAddress.isIpv4(envelope.destinationHigh, envelope.destinationLow);
  }

  /** Whether messages of that transport are shown as parts of a TCP stream. */
  public static boolean isStream(Transport transport) {
    return switch (transport) {
      case TCP, TLS, WS, WSS -> true;
      case UDP, DTLS, SCTP -> false;
    };
  }

  /**
   * Adds a message behind what the array has.
   *
   * @param envelope for which {@link #canWrite} holds
   * @param flows the connections of the file so far
   * @param text comment in UTF-8 for formats that have them, empty for none
   * @return how many packets that made
   */
  public int add(
      GrowingBytes target,
      Envelope envelope,
      byte[] payload,
      int from,
      int length,
      TcpFlows flows,
      byte[] text) {
    to = target;
    ends = envelope;
    comment = text;
    frameBytes = 0;
    ipv4 = IpAddress.isIpv4(envelope.sourceHigh, envelope.sourceLow);
    return isStream(envelope.transport)
        ? segments(payload, from, length, flows)
        : datagram(payload, from, length);
  }

  /** Bytes of the frames of the last message. */
  public int frameBytes() {
    return frameBytes;
  }

  private int datagram(byte[] payload, int from, int length) {
    int headers = ETHERNET + ip() + UDP;
    int carried = Math.min(length, ipv4 ? MAX_IP - IPV4 - UDP : MAX_IP - UDP);
    int captured = Math.min(carried, CaptureFormat.SNAP_LENGTH - headers);
    int at = begin(captured);
    int udp = headers(at, false, PROTOCOL_UDP, UDP + carried);
    INTS.set(frame, udp + 4, (UDP + carried) << 16);
    int checksum =
        fold(
            pseudo(PROTOCOL_UDP, UDP + carried)
                + sum(frame, udp, UDP)
                + sum(payload, from, carried));
    SHORTS.set(frame, udp + 6, (short) (checksum == 0 ? 0xffff : checksum));
    System.arraycopy(payload, from, frame, udp + UDP, captured);
    end(at, headers + captured, headers + length);
    return 1;
  }

  private int segments(byte[] payload, int from, int length, TcpFlows flows) {
    TcpFlows.Flow flow = flows.find(ends);
    int packets = 0;
    if (flow == null) {
      flow = open(flows);
      packets = 3;
    }
    int most = CaptureFormat.SNAP_LENGTH - ETHERNET - ip() - TCP;
    int done = 0;
    do {
      int part = Math.min(length - done, most);
      segment(flow, false, ACK | PUSH, payload, from + done, part);
      flow.next += part;
      done += part;
      packets++;
    } while (done < length);
    return packets;
  }

  /**
   * The handshake. One that was forgotten and begins anew begins at another number, even within the
   * same moment, or readers would take it for a repetition of the first.
   */
  private TcpFlows.Flow open(TcpFlows flows) {
    byte[] text = comment;
    comment = NOTHING;
    int first = (int) (ends.captureNanos >>> 8) + NUMBERS_APART * handshakes++;
    TcpFlows.Flow flow = flows.open(ends, first);
    segment(flow, false, SYN, NOTHING, 0, 0);
    flow.next++;
    segment(flow.other(), true, SYN | ACK, NOTHING, 0, 0);
    flow.other().next++;
    segment(flow, false, ACK, NOTHING, 0, 0);
    comment = text;
    return flow;
  }

  private void segment(
      TcpFlows.Flow flow, boolean back, int flags, byte[] payload, int from, int length) {
    boolean scale = (flags & SYN) != 0;
    int header = scale ? TCP_WITH_SCALE : TCP;
    int at = begin(length);
    int tcp = headers(at, back, PROTOCOL_TCP, header + length);
    INTS.set(frame, tcp + 4, flow.next);
    INTS.set(frame, tcp + 8, (flags & ACK) == 0 ? 0 : flow.acknowledged());
    INTS.set(frame, tcp + 12, (header >> 2 << 12 | flags) << 16 | WINDOW);
    INTS.set(frame, tcp + 16, 0);
    if (scale) {
      INTS.set(frame, tcp + TCP, SCALE_OPTION);
    }
    System.arraycopy(payload, from, frame, tcp + header, length);
    long sum = pseudo(PROTOCOL_TCP, header + length) + sum(frame, tcp, header + length);
    SHORTS.set(frame, tcp + 16, (short) fold(sum));
    int total = ETHERNET + ip() + header + length;
    end(at, total, total);
  }

  private int ip() {
    return ipv4 ? IPV4 : IPV6;
  }

  private int begin(int payload) {
    to.reserve(MAX_HEADERS + payload + format.maxRecordOverhead(comment));
    frame = to.array();
    return to.used();
  }

  private void end(int at, int captured, int original) {
    frameBytes += captured;
    to.use(format.putRecord(frame, at, ends.captureNanos, captured, original, comment));
  }

  /** Puts all headers up to the ports; the result is where these are. */
  private int headers(int recordAt, boolean back, int protocol, int length) {
    int at = recordAt + format.recordHeaderBytes();
    LONGS.set(frame, at, FRAME_START);
    INTS.set(frame, at + 8, FRAME_START_REST);
    SHORTS.set(frame, at + 12, (short) (ipv4 ? 0x0800 : 0x86dd));
    int ip = at + ETHERNET;
    if (ipv4) {
      INTS.set(frame, ip, 0x4500 << 16 | IPV4 + length);
      INTS.set(frame, ip + 4, 0);
      INTS.set(frame, ip + 8, HOPS << 24 | protocol << 16);
      INTS.set(frame, ip + 12, (int) (back ? ends.destinationLow : ends.sourceLow));
      INTS.set(frame, ip + 16, (int) (back ? ends.sourceLow : ends.destinationLow));
      SHORTS.set(frame, ip + 10, (short) fold(sum(frame, ip, IPV4)));
    } else {
      INTS.set(frame, ip, 6 << 28);
      INTS.set(frame, ip + 4, length << 16 | protocol << 8 | HOPS);
      LONGS.set(frame, ip + 8, back ? ends.destinationHigh : ends.sourceHigh);
      LONGS.set(frame, ip + 16, back ? ends.destinationLow : ends.sourceLow);
      LONGS.set(frame, ip + 24, back ? ends.sourceHigh : ends.destinationHigh);
      LONGS.set(frame, ip + 32, back ? ends.sourceLow : ends.destinationLow);
    }
    int ports = ip + ip();
    int sourcePort = back ? ends.destinationPort : ends.sourcePort;
    int destinationPort = back ? ends.sourcePort : ends.destinationPort;
    INTS.set(frame, ports, sourcePort << 16 | destinationPort);
    return ports;
  }

  /** The sum of the pseudo header (RFC 9293 §3.1, RFC 8200 §8.1): the same in both directions. */
  private long pseudo(int protocol, int length) {
    long sum = (long) protocol + length;
    if (ipv4) {
      return sum + (ends.sourceLow & 0xffff_ffffL) + (ends.destinationLow & 0xffff_ffffL);
    }
    return sum
        + halves(ends.sourceHigh)
        + halves(ends.sourceLow)
        + halves(ends.destinationHigh)
        + halves(ends.destinationLow);
  }

  private static long halves(long value) {
    return (value >>> 32) + (value & 0xffff_ffffL);
  }

  /** Sum of 32-bit words, the last filled up with zeros (RFC 1071). */
  private static long sum(byte[] bytes, int from, int length) {
    long sum = 0;
    int i = from;
    int end = from + length;
    for (; i <= end - 8; i += 8) {
      sum += halves((long) LONGS.get(bytes, i));
    }
    for (int shift = 24; i < end; i++, shift = (shift - 8) & 31) {
      sum += (bytes[i] & 0xffL) << shift;
    }
    return sum;
  }

  private static int fold(long sum) {
    long folded = halves(sum);
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) ~folded & 0xffff;
  }
}
