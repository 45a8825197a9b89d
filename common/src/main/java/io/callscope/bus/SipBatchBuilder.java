package io.callscope.bus;

import io.callscope.sip.SipIndex;
import java.util.Arrays;

/**
 * Collects the records of one destination until {@link #build}. Used by one source thread. It says
 * when it has no room; when to build for time's sake is the source's business.
 */
public final class SipBatchBuilder {
  /** Most records of a batch. */
  public static final int MAX_RECORDS = 256;

  /** Most bytes of a batch; at least one message of any size fits. */
  public static final int MAX_BYTES = 192 * 1024;

  private final String source;
  private final BatchPool pool;
  private final int maxRecords;
  private long sequence;
  private int size;
  private int used;
  private byte[] bytes = new byte[MAX_BYTES];
  private int[] ints = new int[MAX_RECORDS * SipBatch.INTS];
  private long[] longs = new long[MAX_RECORDS * SipBatch.LONGS];

  public SipBatchBuilder(String source) {
    this(source, new BatchPool());
  }

  /**
   * @param pool where batches that are done with come back
   */
  public SipBatchBuilder(String source, BatchPool pool) {
    this(source, pool, MAX_RECORDS);
  }

  /**
   * @param pool where batches that are done with come back
   * @param maxRecords most records of a batch, up to {@value #MAX_RECORDS}
   */
  public SipBatchBuilder(String source, BatchPool pool, int maxRecords) {
    this(source, pool, maxRecords, 0);
  }

  /**
   * @param pool where batches that are done with come back
   * @param maxRecords most records of a batch, up to {@value #MAX_RECORDS}
   * @param firstSequence number of the first batch ({@link BatchSequences#first})
   */
  public SipBatchBuilder(String source, BatchPool pool, int maxRecords, long firstSequence) {
    this.source = source;
    this.pool = pool;
    this.maxRecords = maxRecords;
    sequence = firstSequence;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /**
   * Room for a record of so many bytes, its notes included. An empty builder has room for any
   * record of up to 65,535 bytes.
   */
  public boolean hasRoom(int length) {
    return size < maxRecords && used + length <= MAX_BYTES;
  }

  /** Adds a message or a payload that failed to parse, copying its bytes and its row. */
  public void add(
      RecordKind kind,
      Envelope envelope,
      int error,
      byte[] from,
      int offset,
      int length,
      int[] row) {
    add(kind, envelope, error, from, offset, length, row, 0, 0);
  }

  /** The same with all the datagram that it came in, and the time that its packet has. */
  public void addWhole(
      RecordKind kind, Envelope envelope, int error, byte[] from, int offset, int[] row) {
    int length = row[SipIndex.LENGTH];
    int at = size * SipBatch.LONGS;
    add(kind, envelope, error, from, offset, length, row, envelope.leading, envelope.trailing);
    if (envelope.packetNanos != 0) {
      longs[at] = envelope.packetNanos;
    }
  }

  private void add(
      RecordKind kind,
      Envelope envelope,
      int error,
      byte[] from,
      int offset,
      int length,
      int[] row,
      int leading,
      int trailing) {
    int at = size * SipBatch.INTS;
    ints[at] = kind.ordinal() | envelope.transport.ordinal() << 8 | error << 16;
    ints[at + 2] = used + leading;
    ints[at + 3] = leading << 16 | trailing;
    System.arraycopy(row, 0, ints, at + SipBatch.ROW, SipIndex.SIZE);
    int whole = leading + length + trailing;
    System.arraycopy(from, offset - leading, bytes, used, whole);
    used += whole;
    meta(envelope, at);
  }

  /** Adds a payload that cannot be SIP. */
  public void addProbe(Envelope envelope) {
    int at = size * SipBatch.INTS;
    ints[at] = RecordKind.PROBE.ordinal() | envelope.transport.ordinal() << 8;
    ints[at + 2] = used;
    ints[at + 3] = 0;
    Arrays.fill(ints, at + SipBatch.ROW, at + SipBatch.INTS, 0);
    meta(envelope, at);
  }

  private void meta(Envelope envelope, int intsAt) {
    ints[intsAt] |= envelope.flags << 24;
    ints[intsAt + 1] = envelope.sourcePort << 16 | envelope.destinationPort;
    if (!envelope.notes.isEmpty()) {
      ints[intsAt] |= RecordFlags.NOTES << 24;
      envelope.notes.copyTo(bytes, used);
      used += envelope.notes.length();
    }
    int at = size * SipBatch.LONGS;
    longs[at] = envelope.captureNanos;
    longs[at + 1] = envelope.arrivalNanos;
    longs[at + 2] = envelope.sourceHigh;
    longs[at + 3] = envelope.sourceLow;
    longs[at + 4] = envelope.destinationHigh;
    longs[at + 5] = envelope.destinationLow;
    size++;
  }

  /**
   * The records since the last build, as a batch of their own; the builder is empty afterwards.
   *
   * @param markNanos the source's clock: no record added later will be older
   * @param last the source has ended
   */
  public SipBatch build(long markNanos, boolean last) {
    int records = size;
    // A well-filled batch takes the arrays with it; a small one is copied out, so that a quiet
    // source makes no garbage.
    boolean full = used > MAX_BYTES / 2 || records > MAX_RECORDS / 2;
    SipBatch batch =
        new SipBatch(
            source,
            sequence++,
            markNanos,
            last,
            records,
            full ? bytes : Arrays.copyOf(bytes, used),
            full ? ints : Arrays.copyOf(ints, records * SipBatch.INTS),
            full ? longs : Arrays.copyOf(longs, records * SipBatch.LONGS));
    if (full) {
      refill();
    }
    size = 0;
    used = 0;
    return batch;
  }

  /**
   * Drops the records since the last build; the next batch takes the number that theirs would have
   * had, so that nobody waits for it.
   *
   * @return how many they were
   */
  public int discard() {
    int records = size;
    size = 0;
    used = 0;
    return records;
  }

  private void refill() {
    SipBatch old = pool.take();
    bytes = old == null ? new byte[MAX_BYTES] : old.bytes();
    ints = old == null ? new int[MAX_RECORDS * SipBatch.INTS] : old.ints();
    longs = old == null ? new long[MAX_RECORDS * SipBatch.LONGS] : old.longs();
  }
}
