package io.callscope.tracker.ring;

import io.callscope.bus.RecordFlags;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.net.Transport;
import io.callscope.sip.SipIndex;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes of a ring, outside the heap, in segments that are taken as they are needed and reused
 * in turn: a reused one loses all it held. A position counts the bytes ever written, so it never
 * comes again. One thread.
 *
 * <pre>
 * record   previous position of the same hash, capture time, arrival time,
 *          source high, low, destination high, low                      (8 bytes each)
 *          ports, hash of the Call-ID, kind | transport &lt;&lt; 8 | truncated &lt;&lt; 16, length,
 *          offset of the Call-ID, its length                            (4 bytes each)
 *          the message; padded to 8
 * </pre>
 */
final class RingMemory {
  private static final int CAPTURE = 8;
  private static final int ARRIVAL = 16;
  private static final int SOURCE = 24;
  private static final int DESTINATION = 40;
  private static final int PORTS = 56;
  private static final int HASH = 60;
  private static final int KIND = 64;
  private static final int LENGTH = 68;
  private static final int CALL_ID_AT = 72;
  private static final int CALL_ID_LENGTH = 76;
  private static final int HEADER = 80;

  private static final int MIN_SEGMENT = 32 << 10;
  private static final int MAX_SEGMENT = 4 << 20;

  /** The share of the ring that is lost when a segment is reused. */
  private static final int SEGMENTS = 32;

  private static final int TRUNCATED = 1 << 16;
  private static final RecordKind[] KINDS = RecordKind.values();

  private final RingCounters counters;
  private final int segmentBytes;
  private ByteBuffer[] segments;
  private final long[] messages;
  private final long[] firstNanos;

  /** The segment being written, counted from the start of time, and where in it. */
  private long head = -1;

  private int offset;
  private long lastNanos;

  RingMemory(long bytes, RingCounters counters) {
    this.counters = counters;
    segmentBytes =
        (int) Math.max(MIN_SEGMENT, Math.min(bytes / SEGMENTS, MAX_SEGMENT)) & -Long.BYTES;
    int count = (int) Math.max(2, bytes / segmentBytes);
    segments = new ByteBuffer[count];
    messages = new long[count];
    firstNanos = new long[count];
    offset = segmentBytes;
  }

  /** No message before this position is there any more. */
  long tail() {
    return Math.max(0, head - segments.length + 1) * segmentBytes;
  }

  /** Makes room for a message; its position, or -1 if it fits in no segment. */
  long reserve(int length) {
    int size = size(length);
    if (size > segmentBytes || segments.length == 0) {
      return -1;
    }
    if (offset + size > segmentBytes && !nextSegment()) {
      return -1;
    }
    long position = head * segmentBytes + offset;
    offset += size;
    return position;
  }

  private static int size(int length) {
    return (HEADER + length + Long.BYTES - 1) & -Long.BYTES;
  }

  private boolean nextSegment() {
    int next = (int) ((head + 1) % segments.length);
    if (segments[next] == null && !allocate(next)) {
      // The ring stays as large as it could become: asking again would stop the thread each time.
      segments = Arrays.copyOf(segments, next);
      if (next == 0) {
        return false;
      }
      next = 0;
    }
    head++;
    offset = 0;
    counters.overwritten(messages[next]);
    messages[next] = 0;
    return true;
  }

  private boolean allocate(int segment) {
    try {
      segments[segment] = ByteBuffer.allocateDirect(segmentBytes).order(ByteOrder.nativeOrder());
      return true;
    } catch (OutOfMemoryError e) {
      counters.noMemory();
      return false;
    }
  }

  private ByteBuffer segment(long position) {
    return segments[(int) (position / segmentBytes % segments.length)];
  }

  private int at(long position) {
    return (int) (position % segmentBytes);
  }

  void write(long position, long previous, SipBatch batch, int record) {
    int segment = (int) (head % segments.length);
    ByteBuffer to = segments[segment];
    int at = at(position);
    int length = batch.value(record, SipIndex.LENGTH);
    to.putLong(at, previous);
    to.putLong(at + CAPTURE, batch.captureNanos(record));
    to.putLong(at + ARRIVAL, batch.arrivalNanos(record));
    to.putLong(at + SOURCE, batch.sourceHigh(record));
    to.putLong(at + SOURCE + Long.BYTES, batch.sourceLow(record));
    to.putLong(at + DESTINATION, batch.destinationHigh(record));
    to.putLong(at + DESTINATION + Long.BYTES, batch.destinationLow(record));
    to.putInt(at + PORTS, batch.sourcePort(record) << 16 | batch.destinationPort(record));
    to.putInt(at + HASH, batch.callIdHash(record));
    to.putInt(
        at + KIND,
        batch.kind(record).ordinal()
            | (batch.transport(record).ordinal() << Byte.SIZE)
            | (batch.has(record, RecordFlags.TRUNCATED) ? TRUNCATED : 0));
    to.putInt(at + LENGTH, length);
    to.putInt(at + CALL_ID_AT, batch.value(record, SipIndex.CALL_ID));
    to.putInt(at + CALL_ID_LENGTH, batch.value(record, SipIndex.CALL_ID + 1));
    to.put(at + HEADER, batch.bytes(), batch.messageStart(record), length);
    lastNanos = batch.captureNanos(record);
    if (messages[segment]++ == 0) {
      firstNanos[segment] = lastNanos;
    }
    counters.kept();
  }

  long previous(long position) {
    return segment(position).getLong(at(position));
  }

  /** The message at a position is one of this Call-ID. */
  boolean isOf(long position, byte[] callId, int hash) {
    ByteBuffer from = segment(position);
    int at = at(position);
    if (from.getInt(at + HASH) != hash || from.getInt(at + CALL_ID_LENGTH) != callId.length) {
      return false;
    }
    int text = at + HEADER + from.getInt(at + CALL_ID_AT);
    for (int i = 0; i < callId.length; i++) {
      if (from.get(text + i) != callId[i]) {
        return false;
      }
    }
    return true;
  }

  RingMessage read(long position) {
    ByteBuffer from = segment(position);
    int at = at(position);
    byte[] bytes = new byte[from.getInt(at + LENGTH)];
    from.get(at + HEADER, bytes);
    int kind = from.getInt(at + KIND);
    int ports = from.getInt(at + PORTS);
    return new RingMessage(
        KINDS[kind & 0xff],
        Transport.of((kind >>> Byte.SIZE) & 0xff),
        (kind & TRUNCATED) != 0,
        from.getLong(at + CAPTURE),
        from.getLong(at + ARRIVAL),
        from.getLong(at + SOURCE),
        from.getLong(at + SOURCE + Long.BYTES),
        ports >>> 16,
        from.getLong(at + DESTINATION),
        from.getLong(at + DESTINATION + Long.BYTES),
        ports & 0xffff,
        bytes);
  }

  /** Capture time of the oldest message that is left, 0 if none has been overwritten. */
  long oldestNanos() {
    return tail() == 0 ? 0 : firstNanos[oldestSegment()];
  }

  private int oldestSegment() {
    return (int) (Math.max(0, head - segments.length + 1) % segments.length);
  }

  /** Sets the gauges. */
  void gauge() {
    if (head < 0) {
      return;
    }
    long bytes = head * segmentBytes + offset - tail();
    counters.gauges(bytes, lastNanos - firstNanos[oldestSegment()]);
  }
}
