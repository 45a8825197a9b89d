package io.callscope.capture.tcp;

import io.callscope.bus.Envelope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the segments of a stream into their order and gives their bytes to its reader. Of bytes
 * that come twice those delivered first count. One thread.
 */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /** What is further away than that from what is expected does not belong to the stream. */
  private static final int WINDOW = 1 << 24;

  private static final int MAX_BLOCKS_OF_STREAM = 256;
  private static final int MAX_BLOCKS = 25_600;

  private final StreamTable table;
  private final StreamMemory memory;
  private final ReaderFactory sipReaders;
  private final ReaderFactory webReaders;
  private final StreamCounters sipCounters;
  private final StreamCounters webCounters;
  private final LinkList holders = new LinkList();
  private final Envelope described = new Envelope();
  private int blocks;

  Delivery(
      StreamTable table,
      StreamMemory memory,
      ReaderFactory sipReaders,
      ReaderFactory webReaders,
      StreamCounters sipCounters,
      StreamCounters webCounters) {
    this.table = table;
    this.memory = memory;
    this.sipReaders = sipReaders;
    this.webReaders = webReaders;
    this.sipCounters = sipCounters;
    this.webCounters = webCounters;
  }

  StreamCounters counters(TcpStream stream) {
    return stream.web ? webCounters : sipCounters;
  }

  /** An envelope for what a stream gives without a segment of its own. */
  Envelope envelope(TcpStream stream, long captureNanos, long arrivalNanos) {
    stream.describe(described);
    described.captureNanos = captureNanos;
    described.arrivalNanos = arrivalNanos;
    return described;
  }

  boolean isAnyWaiting() {
    return blocks > 0;
  }

  /** The streams that hold memory, as {@link TcpStream.Holder}, the oldest first. */
  LinkList holders() {
    return holders;
  }

  static boolean isFar(int distance) {
    return distance > WINDOW || distance < -WINDOW;
  }

  /** The start of a new stream, whose first byte is not {@code segment}'s own if it has one. */
  void start(TcpStream stream, Segment segment) {
    stream.first = segment.dataSequence();
    stream.expected = stream.first;
    StreamCounters c = counters(stream);
    c.increment(c.streams);
    c.add(c.active, 1);
    if (segment.has(Segment.SYN)) {
      c.increment(c.syn);
    }
  }

  /** The first byte of a stream is not what was sent first. */
  void joined(TcpStream stream, Envelope envelope) throws InterruptedException {
    StreamCounters c = counters(stream);
    c.increment(c.miss);
    gap(stream, envelope, StreamReader.UNKNOWN);
  }

  /** Takes a segment of an open stream that is not far from what is expected. */
  void accept(TcpStream stream, Segment segment, boolean start) throws InterruptedException {
    Envelope envelope = segment.envelope;
    boolean end = segment.has(Segment.FIN) || segment.has(Segment.RST);
    int ahead = segment.dataSequence() - stream.expected;
    if (ahead > 0 && !stream.isIgnored()) {
      await(stream, segment, end);
    } else {
      int overlap = Math.max(0, -ahead);
      int news = segment.length() - overlap;
      if (news < 0 || (news == 0 && !end && !start)) {
        StreamCounters c = counters(stream);
        int size = segment.end - segment.at;
        c.ended(c.duplicates, c.duplicateBytes, size);
        return;
      }
      stream.expected += Math.max(0, ahead); // of an ignored stream holes do not matter
      deliver(
          stream,
          envelope,
          segment.bytes,
          segment.at,
          segment.end,
          segment.missing,
          overlap,
          end,
          envelope.captureNanos);
      drain(stream, envelope);
    }
    held(stream);
    if (memory.isShort()) {
      relieve(envelope.captureNanos, envelope.arrivalNanos);
    }
  }

  private void await(TcpStream stream, Segment segment, boolean end) throws InterruptedException {
    StreamCounters c = counters(stream);
    if (stream.queue == null) {
      stream.queue = new SegmentQueue();
    }
    SegmentQueue.Waiting added =
        stream.queue.add(segment, segment.dataSequence(), end, segment.envelope.captureNanos);
    if (added == null) {
      c.ended(c.duplicates, c.duplicateBytes, segment.end - segment.at);
      return;
    }
    c.queued(1, added.bytes.length);
    blocks += added.blocks();
    memory.take(added.memory());
    while (stream.queue != null
        && (stream.queue.blocks() >= MAX_BLOCKS_OF_STREAM || blocks > MAX_BLOCKS)) {
      skipHole(stream, segment.envelope);
    }
  }

  /** Gives up the hole before the first segment that waits; there must be one. */
  void skipHole(TcpStream stream, Envelope envelope) throws InterruptedException {
    int missing = stream.queue.first().sequence - stream.expected;
    if (missing > 0 && !stream.isIgnored()) {
      StreamCounters c = counters(stream);
      c.increment(c.miss);
      c.add(c.missedBytes, missing);
      gap(stream, envelope, missing);
    }
    stream.expected += Math.max(0, missing);
    drain(stream, envelope);
  }

  /** Gives up all holes. */
  void skipHoles(TcpStream stream, Envelope envelope) throws InterruptedException {
    while (stream.queue != null) {
      skipHole(stream, envelope);
    }
  }

  /** Delivers what waits and has become next. */
  private void drain(TcpStream stream, Envelope envelope) throws InterruptedException {
    while (stream.queue != null && stream.queue.first().sequence - stream.expected <= 0) {
      SegmentQueue.Waiting next = take(stream);
      int overlap = stream.expected - next.sequence;
      int news = next.bytes.length + next.missing - overlap;
      if (news < 0 || (news == 0 && !next.end)) {
        StreamCounters c = counters(stream);
        c.ended(c.duplicates, c.duplicateBytes, next.bytes.length);
        continue;
      }
      deliver(
          stream,
          envelope,
          next.bytes,
          0,
          next.bytes.length,
          next.missing,
          overlap,
          next.end,
          next.arrivedNanos);
    }
  }

  private SegmentQueue.Waiting take(TcpStream stream) {
    SegmentQueue.Waiting taken = stream.queue.remove();
    if (stream.queue.first() == null) {
      stream.queue = null;
    }
    counters(stream).queued(-1, -taken.bytes.length);
    blocks -= taken.blocks();
    memory.free(taken.memory());
    return taken;
  }

  private void deliver(
      TcpStream stream,
      Envelope envelope,
      byte[] bytes,
      int at,
      int to,
      int missing,
      int overlap,
      boolean end,
      long arrivedNanos)
      throws InterruptedException {
    StreamCounters c = counters(stream);
    int old = Math.min(overlap, to - at);
    int size = to - at - old;
    int cut = missing - (overlap - old);
    c.add(c.duplicateBytes, old);
    stream.expected += size + cut;
    if (stream.isIgnored()) {
      c.ended(c.ignored, c.ignoredBytes, size);
    } else {
      c.ended(c.segments, c.received, size);
      if (arrivedNanos < stream.newestNanos) {
        c.increment(c.outOfOrder);
      }
      stream.newestNanos = Math.max(stream.newestNanos, arrivedNanos);
      if (size > 0) {
        read(stream, envelope, bytes, at + old, to);
      }
      if (cut > 0 && !stream.isIgnored()) {
        c.increment(c.miss);
        c.add(c.missedBytes, cut);
        gap(stream, envelope, cut);
      }
    }
    if (end) {
      stream.expected++;
      c.increment(c.fin);
      close(stream, envelope);
    }
  }

  private StreamReader reader(TcpStream stream) {
    if (stream.reader == null) {
      StreamReader peer = null;
      if (stream.web) {
        stream.describe(described);
        TcpStream reverse = table.findReverse(described);
        peer = reverse == null ? null : reverse.reader;
      }
      stream.reader = (stream.web ? webReaders : sipReaders).reader(peer);
      table.list(stream, table.open);
    }
    return stream.reader;
  }

  private void read(TcpStream stream, Envelope envelope, byte[] bytes, int from, int to)
      throws InterruptedException {
    try {
      reader(stream).read(envelope, bytes, from, to);
    } catch (RuntimeException e) {
      failed(stream, e);
    }
  }

  private void gap(TcpStream stream, Envelope envelope, long missing) throws InterruptedException {
    try {
      reader(stream).gap(envelope, missing);
    } catch (RuntimeException e) {
      failed(stream, e);
    }
  }

  private void giveUp(TcpStream stream, Envelope envelope) throws InterruptedException {
    try {
      stream.reader.giveUp(envelope);
    } catch (RuntimeException e) {
      failed(stream, e);
    }
  }

  /** A mistake in a reader must cost one stream, not the source. */
  private void failed(TcpStream stream, RuntimeException e) {
    LOG.error("reading a TCP stream failed", e);
    StreamCounters c = counters(stream);
    c.increment(c.failures);
    stream.reader = IgnoringReader.INSTANCE;
  }

  /** Ends a stream that is open, but keeps it to know late segments of it. */
  void close(TcpStream stream, Envelope envelope) throws InterruptedException {
    StreamCounters c = counters(stream);
    if (stream.reader != null) {
      try {
        stream.reader.close(envelope);
      } catch (RuntimeException e) {
        failed(stream, e);
      }
    }
    while (stream.queue != null) { // behind the end of the stream
      c.ended(c.outOfWindow, c.strayBytes, take(stream).bytes.length);
    }
    if (stream.isIgnored()) {
      c.increment(c.streamsIgnored);
    }
    c.increment(c.closed);
    c.add(c.active, -1);
    stream.closed = true;
    stream.reader = null;
    held(stream);
    table.list(stream, table.closed);
  }

  /** Ends and forgets a stream. */
  void remove(TcpStream stream, long captureNanos, long arrivalNanos) throws InterruptedException {
    if (!stream.closed) {
      Envelope envelope = envelope(stream, captureNanos, arrivalNanos);
      skipHoles(stream, envelope);
      if (!stream.closed) { // by what waited
        close(stream, envelope);
      }
    }
    table.remove(stream);
  }

  /** Notes whether a stream holds memory. */
  void held(TcpStream stream) {
    boolean listed = stream.holder != null && stream.holder.list != null;
    if (stream.isHolding() == listed) {
      return;
    }
    if (listed) {
      LinkList.remove(stream.holder);
      return;
    }
    if (stream.holder == null) {
      stream.holder = new TcpStream.Holder(stream);
    }
    holders.append(stream.holder);
  }

  /** Lets the streams that have held memory for longest go, until there is enough. */
  private void relieve(long captureNanos, long arrivalNanos) throws InterruptedException {
    while (memory.isShort() && holders.first != null) {
      TcpStream stream = ((TcpStream.Holder) holders.first).stream;
      StreamCounters c = counters(stream);
      c.increment(c.memoryReliefs);
      Envelope envelope = envelope(stream, captureNanos, arrivalNanos);
      skipHoles(stream, envelope);
      if (stream.reader != null) {
        giveUp(stream, envelope);
      }
      held(stream);
      if (stream.holder.list != null) {
        LinkList.remove(stream.holder); // it says it holds what it will not let go
      }
    }
  }
}
