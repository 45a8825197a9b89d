package io.callscope.pcap;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks over the records of a file that {@link MessageRecords} made, to go on with it: where the
 * last whole one ends, and where its TCP connections stand. Of a large file that is in good order
 * only the end is read, unless what came in a message looks like a record there. One thread.
 */
public final class RecordWalk {
  private static final int MIN_FRAME = 14;
  private static final int MAX_BLOCK = 1 << 24;
  private static final int MIN_BLOCK = 12;
  private static final int MIN_PACKET_BLOCK = 32;
  private static final int PACKET_BLOCK = 6;
  private static final int SECTION = 0x0a0d_0d0a;
  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final CaptureFormat format;
  private final FileWindow file;
  private SegmentsSeen segments = new SegmentsSeen();
  private long seenFrom;
  private long end;
  private boolean damaged;

  public RecordWalk(CaptureFormat format, FileWindow file) {
    this.format = format;
    this.file = file;
  }

  /** Walks to the end of the file. */
  public void run() throws IOException {
    if (file.fileBytes() <= FileWindow.MAX_BYTES || !isTailWhole()) {
      begin(format.fileHeaderBytes(), 0);
      boolean more = true;
      while (more) {
        more = step();
      }
    }
  }

  /**
   * Walks over the end of a large file alone. A sender may put into a message whatever looks like a
   * record, of any length; so all that looks like one of ours must be of a single chain, which ends
   * where the file does. Since a record of ours begins somewhere in so large a part, the chain is
   * the true one then. Where anything else is found, which includes that the last record was cut
   * off, only a walk from the start is certain.
   */
  private boolean isTailWhole() throws IOException {
    long from = file.fileBytes() - FileWindow.MAX_BYTES;
    file.at(from, FileWindow.MAX_BYTES);
    byte[] bytes = file.array();
    int before = format.recordHeaderBytes();
    boolean begun = false;
    for (int i = before; i <= FileWindow.MAX_BYTES - Long.BYTES; i++) {
      if ((long) LONGS.get(bytes, i) == MessageRecords.FRAME_START) {
        long start = from + i - before;
        if (!begun) {
          // What precedes it may be the rest of a message that has chosen it, but not for so long.
          begin(start, from + FileWindow.MAX_BYTES / 2);
          begun = true;
        }
        if (!isReached(start)) {
          return false;
        }
      }
    }
    return begun && isReached(file.fileBytes());
  }

  private void begin(long at, long seeFrom) {
    end = at;
    seenFrom = seeFrom;
    damaged = false;
    segments = new SegmentsSeen();
  }

  /** Walks up to a place; false if it is not between two records. */
  private boolean isReached(long place) throws IOException {
    boolean more = true;
    while (more && end < place) {
      more = step();
    }
    return end == place;
  }

  /** Passes one record; false if it is the end, in good order or not. */
  private boolean step() throws IOException {
    if (file.fileBytes() - end < format.minRecordBytes()) {
      return false;
    }
    int at = file.at(end, format.minRecordBytes());
    return format == CaptureFormat.PCAPNG ? block(at) : record(at);
  }

  private boolean record(int at) throws IOException {
    int captured = int32(at + 8);
    if (captured < MIN_FRAME || captured > PcapWriter.MAX_SNAP_LENGTH) {
      damaged = true;
      return false;
    }
    return pass(end + format.recordHeaderBytes() + captured, captured);
  }

  private boolean block(int at) throws IOException {
    int type = int32(at);
    int total = int32(at + 4);
    int least = type == PACKET_BLOCK ? MIN_PACKET_BLOCK : MIN_BLOCK;
    if (type == SECTION || total < least || total > MAX_BLOCK || (total & 3) != 0) {
      damaged = true;
      return false;
    }
    long next = end + total;
    if (next > file.fileBytes()) {
      return false;
    }
    int whole = file.at(end, Math.min(total, FileWindow.MAX_BYTES)); // its end is read with it
    int captured = type == PACKET_BLOCK ? int32(whole + 20) : 0;
    int most = total - MIN_PACKET_BLOCK;
    if (captured < 0 || captured > Math.max(0, most) || int32(file.at(next - 4, 4)) != total) {
      damaged = true;
      return false;
    }
    return pass(next, captured);
  }

  private int int32(int at) {
    return (int) LITTLE.get(file.array(), at);
  }

  private boolean pass(long next, int captured) throws IOException {
    if (next > file.fileBytes()) {
      return false;
    }
    if (captured > 0 && end >= seenFrom) {
      long frame = end + format.recordHeaderBytes();
      int at = file.at(frame, Math.min(captured, SegmentsSeen.MAX_BYTES));
      segments.see(file.array(), at, captured);
    }
    end = next;
    return true;
  }

  /** Where the last whole record ends. */
  public long end() {
    return end;
  }

  /** What stands at {@link #end} is no record, not even a part of one. */
  public boolean isDamaged() {
    return damaged;
  }

  /** The connections it came by. */
  public TcpFlows flows() {
    return segments.flows();
  }
}
