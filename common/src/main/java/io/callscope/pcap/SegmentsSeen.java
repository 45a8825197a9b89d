package io.callscope.pcap;

import io.callscope.bus.Envelope;
import io.callscope.net.IpAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where the TCP connections of a file stand, as the frames tell that {@link MessageRecords} put
 * into it. One thread.
 */
final class SegmentsSeen {
  private static final int ETHERNET = 14;
  private static final int IPV4 = 20;
  private static final int IPV6 = 40;
  private static final int TCP = 20;
  private static final int PROTOCOL_TCP = 6;
  private static final int SYN = 2;

  /** So many bytes of a frame are looked at. */
  static final int MAX_BYTES = ETHERNET + IPV6 + TCP;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final Envelope ends = new Envelope();
  private final TcpFlows flows = new TcpFlows();

  /**
   * Takes a frame; only whole TCP segments of ours tell anything.
   *
   * @param length of the frame, of which {@link #MAX_BYTES} need to be in the array
   */
  void see(byte[] bytes, int at, int length) {
    if (length < ETHERNET || (long) LONGS.get(bytes, at) != MessageRecords.FRAME_START) {
      return;
    }
    int type = (bytes[at + 12] & 0xff) << 8 | (bytes[at + 13] & 0xff);
    boolean ipv4 = type == 0x0800;
    int ip = at + ETHERNET;
    int tcp = ip + (ipv4 ? IPV4 : IPV6);
    if (tcp + TCP > at + length || bytes[ip + (ipv4 ? 9 : 6)] != PROTOCOL_TCP) {
      return;
    }
    if (ipv4) {
      ends.sourceHigh = 0;
      ends.sourceLow = IpAddress.lowOfIpv4((int) INTS.get(bytes, ip + 12));
      ends.destinationHigh = 0;
      ends.destinationLow = IpAddress.lowOfIpv4((int) INTS.get(bytes, ip + 16));
    } else {
      ends.sourceHigh = (long) LONGS.get(bytes, ip + 8);
      ends.sourceLow = (long) LONGS.get(bytes, ip + 16);
      ends.destinationHigh = (long) LONGS.get(bytes, ip + 24);
      ends.destinationLow = (long) LONGS.get(bytes, ip + 32);
    }
    int ports = (int) INTS.get(bytes, tcp);
    ends.sourcePort = ports >>> 16;
    ends.destinationPort = ports & 0xffff;
    int header = (bytes[tcp + 12] & 0xf0) >> 2;
    boolean syn = (bytes[tcp + 13] & SYN) != 0;
    int next = (int) INTS.get(bytes, tcp + 4) + at + length - tcp - header + (syn ? 1 : 0);
    flows.see(ends, next, (int) INTS.get(bytes, tcp + 8));
  }

  TcpFlows flows() {
    return flows;
  }
}
