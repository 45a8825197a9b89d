package io.callscope.capture.tcp;

import io.callscope.bus.Envelope;
import io.callscope.table.ChainedTable;
import io.callscope.table.EndsHash;

/**
 * The streams by their ends, and by age: closed ones, whose late repetitions must not be taken for
 * a new stream; those of which no byte was seen; open ones. Each list has its oldest first, to a
 * second.
 */
final class StreamTable extends ChainedTable<TcpStream> {
  private static final long LIST_GRAIN_NANOS = 1_000_000_000L;

  private final EndsHash hash = new EndsHash();
  final LinkList closed = new LinkList();
  final LinkList silent = new LinkList();
  final LinkList open = new LinkList();

  @Override
  protected int hash(TcpStream stream) {
    return stream.hash;
  }

  @Override
  protected TcpStream next(TcpStream stream) {
    return stream.next;
  }

  @Override
  protected void setNext(TcpStream stream, TcpStream next) {
    stream.next = next;
  }

  private int hash(long aHigh, long aLow, int aPort, long bHigh, long bLow, int bPort) {
    return (int) hash.of(aHigh, aLow, bHigh, bLow, (long) aPort << 16 | bPort);
  }

  private int hashOf(Envelope e) {
    return hash(
        e.sourceHigh,
        e.sourceLow,
        e.sourcePort,
        e.destinationHigh,
        e.destinationLow,
        e.destinationPort);
  }

  /** The stream a segment belongs to, or null. */
  TcpStream find(Envelope envelope) {
    TcpStream stream = chain(hashOf(envelope));
    while (stream != null && !stream.isOf(envelope)) {
      stream = stream.next;
    }
    return stream;
  }

  /** The opposite direction of the stream a segment belongs to, or null. */
  TcpStream findReverse(Envelope e) {
    TcpStream stream =
        chain(
            hash(
                e.destinationHigh,
                e.destinationLow,
                e.destinationPort,
                e.sourceHigh,
                e.sourceLow,
                e.sourcePort));
    while (stream != null && !stream.isReverseOf(e)) {
      stream = stream.next;
    }
    return stream;
  }

  TcpStream create(Envelope envelope, boolean web) {
    TcpStream stream = new TcpStream(hashOf(envelope), envelope, web);
    stream.newestNanos = Long.MIN_VALUE;
    stream.seenNanos = envelope.captureNanos;
    link(stream);
    list(stream, silent);
    return stream;
  }

  /** Moves a stream to the end of a list. */
  void list(TcpStream stream, LinkList list) {
    list.append(stream);
    stream.listedNanos = stream.seenNanos;
  }

  /** A segment of the stream was seen. */
  void touch(TcpStream stream, long nowNanos) {
    stream.seenNanos = nowNanos;
    if (nowNanos - stream.listedNanos > LIST_GRAIN_NANOS) {
      list(stream, stream.list);
    }
  }

  void remove(TcpStream stream) {
    unlink(stream);
    LinkList.remove(stream);
  }

  /** The stream that has to go where there are too many. */
  TcpStream oldest() {
    Link oldest = closed.first != null ? closed.first : silent.first;
    return (TcpStream) (oldest != null ? oldest : open.first);
  }
}
