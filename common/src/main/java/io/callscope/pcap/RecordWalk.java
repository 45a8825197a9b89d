package io.callscope.pcap;

import io.callscope.bus.Envelope;
import io.callscope.net.IpAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks over the records of a file that {@link MessageRecords} made, to go on with it: where the
 * last whole one ends, and where its TCP connections stand. One thread.
 */
public final class RecordWalk {
  private static final int MIN_FRAME = 14;
  private static final int MAX_BLOCK = 1 << 24;
  private static final int MIN_BLOCK = 12;
  private static final int PACKET_BLOCK = 6;
  private static final int SECTION = 0x0a0d_0d0a;
  private static final int PROTOCOL_TCP = 6;
  private static final int SYN = 2;
  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final CaptureFormat format;
  private final Envelope ends = new Envelope();
  private TcpFlows flows = new TcpFlows();
  private byte[] bytes;
  private int limit;
  private int end;
  private boolean damaged;

  public RecordWalk(CaptureFormat format) {
    this.format = format;
  }

  /**
   * Walks from the start of a record.
   *
   * @param to where the file ends
   */
  public void from(byte[] in, int at, int to) {
    bytes = in;
    limit = to;
    end = at;
    damaged = false;
    flows = new TcpFlows();
    boolean more = true;
    while (more) {
      more = step();
    }
  }

  /**
   * Walks from the first record that is found after an unknown place: one from which all that
   * follows is good.
   */
  public void fromSomewhere(byte[] in, int to) {
    damaged = true;
    for (int i = format.recordHeaderBytes(); i <= to - 8 && damaged; i++) {
      if ((long) LONGS.get(in, i) == MessageRecords.FRAME_START) {
        from(in, i - format.recordHeaderBytes(), to);
      }
    }
  }

  /** Passes one record; false if it is the end, in good order or not. */
  private boolean step() {
    if (limit - end < format.minRecordBytes()) {
      return false;
    }
    return format == CaptureFormat.PCAPNG ? block() : record();
  }

  private boolean record() {
    int captured = (int) LITTLE.get(bytes, end + 8);
    if (captured < MIN_FRAME || captured > PcapWriter.MAX_SNAP_LENGTH) {
      damaged = true;
      return false;
    }
    int next = end + format.recordHeaderBytes() + captured;
    return pass(next, captured);
  }

  private boolean block() {
    int type = (int) LITTLE.get(bytes, end);
    int total = (int) LITTLE.get(bytes, end + 4);
    if (type == SECTION || total < MIN_BLOCK || total > MAX_BLOCK || (total & 3) != 0) {
      damaged = true;
      return false;
    }
    int next = end + total;
    if (next > limit) {
      return false;
    }
    int captured = type == PACKET_BLOCK ? (int) LITTLE.get(bytes, end + 20) : 0;
    int most = total - format.recordHeaderBytes() - 4;
    if ((int) LITTLE.get(bytes, next - 4) != total || captured < 0 || captured > most) {
      damaged = true;
      return false;
    }
    return pass(next, captured);
  }

  private boolean pass(int next, int captured) {
    if (next > limit) {
      return false;
    }
    if (captured > 0) {
      note(end + format.recordHeaderBytes(), captured);
    }
    end = next;
    return true;
  }

  /** A frame; only whole TCP segments of ours tell anything. */
  private void note(int at, int length) {
    if (length < 8 || (long) LONGS.get(bytes, at) != MessageRecords.FRAME_START) {
      return;
    }
    int type = (bytes[at + 12] & 0xff) << 8 | (bytes[at + 13] & 0xff);
    boolean ipv4 = type == 0x0800;
    int tcp = at + MIN_FRAME + (ipv4 ? 20 : 40);
    if (tcp + 20 > at + length || bytes[at + MIN_FRAME + (ipv4 ? 9 : 6)] != PROTOCOL_TCP) {
      return;
    }
    int ip = at + MIN_FRAME;
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

  /** Where the last whole record ends. */
  public int end() {
    return end;
  }

  /** What stands at {@link #end} is no record, not even a part of one. */
  public boolean isDamaged() {
    return damaged;
  }

  /** The connections it came by. */
  public TcpFlows flows() {
    return flows;
  }
}
