package io.callscope.feed;

import io.callscope.bus.BatchPool;
import io.callscope.bus.BatchSequences;
import io.callscope.bus.BatchSink;
import io.callscope.bus.CallRecord;
import io.callscope.bus.Envelope;
import io.callscope.bus.RecordFlags;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.bus.SipBatchBuilder;
import io.callscope.sip.CallIdHash;
import io.callscope.sip.Partitioning;
import io.callscope.sip.SipIndex;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Sorts the records of one source into a batch per partition and sends the batches in rounds: in a
 * round every partition gets its batch, an empty one too, so that all learn how far the source's
 * clock is. A round comes when a batch is full, when so many records are waiting, and after 2 ms,
 * 50 where the source can wait, and longer where there are many partitions.
 *
 * <p>What a partition gets, and in which order, depends on the packets alone; only the cuts between
 * batches depend on time. A source that can wait loses nothing at any speed; of one that cannot
 * ({@link Overflow#DROP}) a partition that lags gets fuller batches, then {@link #LIVE_CREDITS} of
 * them wait for it, then its records are dropped and counted. For the source's thread.
 */
public final class SipFeed {
  private static final int RECORDS_PER_PARTITION = 192;
  private static final int MIN_RECORDS = 256;
  private static final long LOSS_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LIVE_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** With more of them rounds are rarer: what a hundred sources tell 64 partitions adds up. */
  private static final int OFTEN_TOLD_PARTITIONS = 16;

  /**
   * Nobody waits for the events of a file, and batches for many partitions fill slowly: 16 of them
   * in 20 ms at 150,000 messages a second.
   */
  private static final long FILE_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Batches to one partition that may be unacknowledged for a source that cannot wait. */
  public static final int LIVE_CREDITS = 128;

  /** Of them, those that only full batches may take: else small ones would soon use them up. */
  private static final int FULL_ONLY = LIVE_CREDITS - 8;

  private final SourceTime time;
  private final BatchSink sink;
  private final FeedCounters counters;
  private final boolean drops;
  private final DumpFeed dump;
  private final SipBatchBuilder[] builders;
  private final int[] sizes;
  private final long[] marks;
  private final boolean[] done;
  private final boolean[] ended;
  private final int roundRecords;
  private final long waitNanos;
  private int waiting;
  private long roundNanos;

  // Of the last loss, on the clock of the packets; long ago at the start.
  private long lossNanos = Long.MIN_VALUE / 2;
  private long lossSecond = Long.MIN_VALUE;

  /** A feed that waits for partitions that lag. */
  public SipFeed(
      String source,
      int partitions,
      SourceTime time,
      BatchSink sink,
      BatchPool pool,
      FeedCounters counters) {
    this(source, partitions, time, sink, pool, counters, Overflow.WAIT);
  }

  /**
   * @param source name of the source, unique among all processes
   * @param time the source's clock, where the watermarks come from
   * @param sink with {@link #LIVE_CREDITS} a partition if records are dropped
   * @param pool where acknowledged batches come back
   */
  public SipFeed(
      String source,
      int partitions,
      SourceTime time,
      BatchSink sink,
      BatchPool pool,
      FeedCounters counters,
      Overflow overflow) {
    this(source, partitions, time, sink, pool, counters, overflow, DumpFeed.none());
  }

  /**
   * As above.
   *
   * @param dump takes the same messages for the pcap writers
   */
  public SipFeed(
      String source,
      int partitions,
      SourceTime time,
      BatchSink sink,
      BatchPool pool,
      FeedCounters counters,
      Overflow overflow,
      DumpFeed dump) {
    this.time = time;
    this.sink = sink;
    this.counters = counters;
    this.dump = dump;
    drops = overflow == Overflow.DROP;
    builders = new SipBatchBuilder[partitions];
    long first = BatchSequences.first();
    Arrays.setAll(
        builders, i -> new SipBatchBuilder(source, pool, SipBatchBuilder.MAX_RECORDS, first));
    sizes = new int[partitions];
    marks = new long[partitions];
    done = new boolean[partitions];
    ended = new boolean[partitions];
    roundRecords = Math.max(MIN_RECORDS, RECORDS_PER_PARTITION * partitions);
    waitNanos = drops ? liveWaitNanos(partitions) : FILE_WAIT_NANOS;
  }

  /** Twice the partitions make half as many batches a second. */
  private static long liveWaitNanos(int partitions) {
    long times = Math.max(1, partitions / OFTEN_TOLD_PARTITIONS);
    return Math.min(FILE_WAIT_NANOS, LIVE_WAIT_NANOS * times * times);
  }

  /**
   * The source has lost packets: what was captured up to a second later is marked, and so are the
   * events that come of it.
   *
   * @param captureNanos when, as far as is known
   */
  public void loss(long captureNanos) {
    lossNanos = Math.max(lossNanos, captureNanos);
    long second = Math.floorDiv(captureNanos, LOSS_NANOS);
    if (second > lossSecond) {
      lossSecond = second;
      counters.increment(counters.lossSeconds);
    }
  }

  /**
   * Marks a record of a time with loss, for as long as it is being added.
   *
   * @return its flags without the mark
   */
  private int mark(Envelope envelope) {
    int flags = envelope.flags;
    if (envelope.captureNanos - lossNanos <= LOSS_NANOS) {
      envelope.flags |= RecordFlags.LOSS;
    }
    return flags;
  }

  public void message(Envelope envelope, byte[] bytes, int from, int[] row)
      throws InterruptedException {
    int partition = Partitioning.of(bytes, from, row, builders.length);
    add(partition, RecordKind.MESSAGE, envelope, 0, bytes, from, row);
    if (dump.isOn()) {
      dump.add(RecordKind.MESSAGE, envelope, 0, bytes, from, row);
    }
  }

  /** A payload that failed to parse goes where its call is, if its Call-ID was read. */
  public void parseError(Envelope envelope, int error, byte[] bytes, int from, int[] row)
      throws InterruptedException {
    int partition =
        row[SipIndex.CALL_ID + 1] == 0
            ? bySource(envelope)
            : CallIdHash.part(row[SipIndex.CALL_ID_HASH], builders.length);
    add(partition, RecordKind.PARSE_ERROR, envelope, error, bytes, from, row);
    if (dump.isOn()) {
      dump.add(RecordKind.PARSE_ERROR, envelope, error, bytes, from, row);
    }
  }

  /** A payload that cannot be SIP. */
  public void probe(Envelope envelope) throws InterruptedException {
    int partition = bySource(envelope);
    if (room(partition, envelope.notes.length())) {
      int flags = mark(envelope);
      builders[partition].addProbe(envelope);
      envelope.flags = flags;
      added(partition);
    }
  }

  /** What is told of a call goes where the call is. */
  public void callRecord(RecordKind kind, Envelope envelope, CallRecord record)
      throws InterruptedException {
    int partition = CallIdHash.part(record.row()[SipIndex.CALL_ID_HASH], builders.length);
    add(partition, kind, envelope, 0, record.bytes(), 0, record.row());
  }

  private int bySource(Envelope envelope) {
    long hash = (envelope.sourceHigh * 31 + envelope.sourceLow) * 0x9e37_79b9_7f4a_7c15L;
    return CallIdHash.part((int) (hash >>> 32), builders.length);
  }

  private void add(
      int partition,
      RecordKind kind,
      Envelope envelope,
      int error,
      byte[] bytes,
      int from,
      int[] row)
      throws InterruptedException {
    int length = row[SipIndex.LENGTH];
    if (room(partition, length + envelope.notes.length())) {
      int flags = mark(envelope);
      builders[partition].add(kind, envelope, error, bytes, from, length, row);
      envelope.flags = flags;
      added(partition);
    }
  }

  /** Makes room for a record, or counts it as dropped. */
  private boolean room(int partition, int length) throws InterruptedException {
    counters.increment(counters.records);
    if (builders[partition].hasRoom(length)) {
      return true;
    }
    if (drops) {
      return queue(partition);
    }
    try {
      round();
    } catch (InterruptedException e) {
      counters.increment(counters.unsent);
      throw e;
    }
    return true;
  }

  private boolean queue(int partition) throws InterruptedException {
    if (sink.credit(partition, 0)) {
      send(partition, time.nanos(), false);
      return true;
    }
    counters.increment(counters.overflow);
    loss(time.nanos());
    return false;
  }

  private void added(int partition) throws InterruptedException {
    sizes[partition]++;
    if (++waiting >= roundRecords) {
      round();
    }
  }

  /**
   * Sends what has waited for long enough.
   *
   * @param monotonicNanos a clock of any zero
   */
  public void tick(long monotonicNanos) throws InterruptedException {
    dump.tick(monotonicNanos);
    if (monotonicNanos - roundNanos >= waitNanos) {
      roundNanos = monotonicNanos;
      round();
    }
  }

  /**
   * Sends what there is, to partitions that do not lag at once. Those with a credit come first:
   * those that the event stage waits for must learn the clock even while another one is slow.
   */
  public void round() throws InterruptedException {
    waiting = 0;
    long mark = time.nanos();
    Arrays.fill(done, false);
    for (int p = 0; p < builders.length; p++) {
      done[p] = builders[p].isEmpty() && marks[p] == mark;
      if (!done[p] && (!drops || sink.credits(p) > FULL_ONLY) && sink.credit(p, 0)) {
        send(p, mark, false);
        done[p] = true;
      }
    }
    if (!drops) {
      awaitTheOthers(mark);
    }
  }

  /** A round before a wait of unknown length: what is for the pcap writers leaves too. */
  public void flush() throws InterruptedException {
    round();
    dump.flush();
  }

  private void awaitTheOthers(long mark) throws InterruptedException {
    for (int p = 0; p < builders.length; p++) {
      if (!done[p]) {
        counters.increment(counters.creditWaits);
        if (!sink.credit(p, Long.MAX_VALUE)) {
          throw new IllegalStateException("no credit of partition " + p + " in 292 years");
        }
        send(p, mark, false);
      }
    }
  }

  /**
   * Sends the last batch of every partition. What finds no credit in time is dropped and counted;
   * its partition does not learn that the source ended. After an interrupt it may be called again.
   *
   * @param timeoutNanos longest wait for one partition
   */
  public void end(long timeoutNanos) throws InterruptedException {
    for (int p = 0; p < builders.length; p++) {
      if (!ended[p] && sink.credit(p, timeoutNanos)) {
        send(p, time.nanos(), true);
        ended[p] = true;
      }
    }
    dump.end(timeoutNanos);
    drop();
  }

  /** Drops and counts what was not sent. */
  public void drop() {
    dump.drop();
    for (int p = 0; p < builders.length; p++) {
      counters.add(counters.unsent, sizes[p]);
      sizes[p] = 0;
    }
  }

  private void send(int partition, long mark, boolean last) {
    SipBatch batch = builders[partition].build(mark, last);
    counters.increment(batch.size() == 0 ? counters.emptyBatches : counters.batches);
    counters.add(counters.sent, batch.size());
    sizes[partition] = 0;
    marks[partition] = mark;
    sink.send(partition, batch);
  }
}
