package io.callscope.bus;

import io.callscope.net.Transport;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;

/**
 * What a source sends to one tracker partition or pcap writer: up to 256 records in order of
 * arrival, and how far the source's clock is. One array of bytes, one of ints and one of longs hold
 * all of it, so that a batch costs the same few objects whatever it holds and its codec copies
 * arrays. Never changed once made ({@link SipBatchBuilder}).
 *
 * <pre>
 * ints a record   [0] kind | transport &lt;&lt; 8 | error &lt;&lt; 16 | flags &lt;&lt; 24
 *                 [1] source port &lt;&lt; 16 | destination port   [2] start in bytes
 *                 [3] bytes of the datagram before &lt;&lt; 16 | behind the message   [4…] the {@link SipIndex} row
 * longs a record  capture time, arrival time (ns since 1970), source high, low, destination high, low
 * bytes a record  the message or its datagram, then its notes ({@link RecordNotes}) where the flags say so
 * </pre>
 */
public final class SipBatch {
  static final int ROW = 4;

  /** Ints of a record. */
  static final int INTS = ROW + SipIndex.SIZE;

  /** Longs of a record. */
  static final int LONGS = 6;

  private final String source;
  private final long sequence;
  private final long markNanos;
  private final boolean last;
  private final int size;
  private final byte[] bytes;
  private final int[] ints;
  private final long[] longs;

  /** Takes the arrays back; null where they are the sender's. */
  private BatchPool home;

  SipBatch(
      String source,
      long sequence,
      long markNanos,
      boolean last,
      int size,
      byte[] bytes,
      int[] ints,
      long[] longs) {
    this(source, sequence, markNanos, last, size, bytes, ints, longs, null);
  }

  SipBatch(
      String source,
      long sequence,
      long markNanos,
      boolean last,
      int size,
      byte[] bytes,
      int[] ints,
      long[] longs,
      BatchPool home) {
    this.home = home;
    this.source = source;
    this.sequence = sequence;
    this.markNanos = markNanos;
    this.last = last;
    this.size = size;
    this.bytes = bytes;
    this.ints = ints;
    this.longs = longs;
  }

  /**
   * Its receiver is done with it and keeps nothing of it. The memory of a batch that came from
   * another process is used for another one then; of one that did not, its sender decides.
   */
  public void release() {
    BatchPool pool = home;
    home = null;
    if (pool != null) {
      pool.give(this);
    }
  }

  /** Name of the source, unique among all processes, for example {@code iface:eth1}. */
  public String source() {
    return source;
  }

  /**
   * Number of this batch among those of the same source to the same address, without gaps from its
   * start on ({@link BatchSequences#first}).
   */
  public long sequence() {
    return sequence;
  }

  /**
   * The watermark: no later batch of this source holds a record captured before it, in ns since
   * 1970.
   */
  public long markNanos() {
    return markNanos;
  }

  /** The source has ended and sends no more. */
  public boolean isLast() {
    return last;
  }

  /** Number of records; 0 in a batch that only brings the watermark. */
  public int size() {
    return size;
  }

  public RecordKind kind(int record) {
    return KINDS[ints[record * INTS] & 0xff];
  }

  private static final RecordKind[] KINDS = RecordKind.values();

  public Transport transport(int record) {
    return Transport.of(ints[record * INTS] >>> 8 & 0xff);
  }

  /** The {@link io.callscope.sip.SipError} of a {@link RecordKind#PARSE_ERROR}, else 0. */
  public int error(int record) {
    return ints[record * INTS] >>> 16 & 0xff;
  }

  /** All {@link RecordFlags} of {@code mask} are set. */
  public boolean has(int record, int mask) {
    return (ints[record * INTS] >>> 24 & mask) == mask;
  }

  /** The source has noted something on the record. */
  public boolean hasNotes(int record) {
    return has(record, RecordFlags.NOTES);
  }

  /** The bytes of a note, or null if there is none of this kind. */
  public byte[] note(int record, NoteKind kind) {
    return hasNotes(record) ? RecordNotes.find(bytes, payloadEnd(record), kind) : null;
  }

  /** Where the notes of a record start that has some. */
  int notesAt(int record) {
    return payloadEnd(record);
  }

  private int payloadEnd(int record) {
    int at = record * INTS;
    return ints[at + 2] + ints[at + ROW + SipIndex.LENGTH] + (ints[at + 3] & 0xffff);
  }

  /** How many of {@link #bytes} are in use. */
  int usedBytes() {
    if (size == 0) {
      return 0;
    }
    int end = payloadEnd(size - 1);
    return hasNotes(size - 1) ? end + RecordNotes.length(bytes, end) : end;
  }

  public int sourcePort(int record) {
    return ints[record * INTS + 1] >>> 16;
  }

  public int destinationPort(int record) {
    return ints[record * INTS + 1] & 0xffff;
  }

  /** A view of the message, valid as long as the batch. */
  public SipMessage message(int record) {
    int at = record * INTS;
    return new SipMessage(bytes, ints[at + 2], ints, at + ROW);
  }

  /** Where in {@link SipMessage#bytes()} the message starts, without a view of it. */
  public int messageStart(int record) {
    return ints[record * INTS + 2];
  }

  /** An int of the {@link SipIndex} row of the message, without a view of it. */
  public int value(int record, int slot) {
    return ints[record * INTS + ROW + slot];
  }

  /**
   * Where in its array the datagram starts that the message came in; in batches for a tracker, and
   * for what came in a stream, that is the message.
   */
  public int payloadStart(int record) {
    return ints[record * INTS + 2] - (ints[record * INTS + 3] >>> 16);
  }

  /** Bytes of that datagram. */
  public int payloadLength(int record) {
    return payloadEnd(record) - payloadStart(record);
  }

  /** {@link io.callscope.sip.CallIdHash} of the Call-ID, 0 without one. */
  public int callIdHash(int record) {
    return ints[record * INTS + ROW + SipIndex.CALL_ID_HASH];
  }

  /** When the packet was captured, ns since 1970. */
  public long captureNanos(int record) {
    return longs[record * LONGS];
  }

  /** When this system read it, ns since 1970. */
  public long arrivalNanos(int record) {
    return longs[record * LONGS + 1];
  }

  /** High half of the source address ({@link io.callscope.net.IpAddress}). */
  public long sourceHigh(int record) {
    return longs[record * LONGS + 2];
  }

  public long sourceLow(int record) {
    return longs[record * LONGS + 3];
  }

  public long destinationHigh(int record) {
    return longs[record * LONGS + 4];
  }

  public long destinationLow(int record) {
    return longs[record * LONGS + 5];
  }

  /** The array all messages are in. Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  int[] ints() {
    return ints;
  }

  long[] longs() {
    return longs;
  }
}
