package io.callscope.capture.tcp;

import io.callscope.bus.Envelope;
import io.callscope.table.ChainedTable;

/**
 * The streams by their ends, and by age: closed ones, whose late repetitions must not be taken for
 * a new stream; those of which no byte was seen; open ones. Each list has its oldest first, to a
 * second.
 */
final class StreamTable extends ChainedTable<TcpStream> {
  private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;
  private static final long LIST_GRAIN_NANOS = 1_000_000_000L;

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

  private static int hash(long aHigh, long aLow, int aPort, long bHigh, long bLow, int bPort) {
    long hash = (aHigh ^ aLow * 31 ^ aPort) * MULTIPLIER;
    hash = (hash ^ hash >>> 29 ^ bHigh ^ bLow * 31 ^ bPort) * MULTIPLIER;
    return (int) (hash >>> 32);
  }

  private static int hashOf(Envelope e) {
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
