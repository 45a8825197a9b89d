package io.callscope.capture.tcp;

import io.callscope.bus.Envelope;
import io.callscope.net.Transport;

/** One direction of a TCP connection. As a link it stands in the list of those of its age. */
final class TcpStream extends Link {
  final int hash;
  private final long sourceHigh;
  private final long sourceLow;
  private final long destinationHigh;
  private final long destinationLow;
  private final int ports;

  /** Next in its hash chain. */
  TcpStream next;

  /** Sequence number of its first byte, whether its start was seen or not. */
  int first;

  /** Sequence number of the next byte to deliver. */
  int expected;

  /** On a WebSocket port. */
  final boolean web;

  boolean closed;

  /** Capture time of its last segment. */
  long seenNanos;

  /** Capture time at which it was last moved in the list of its age. */
  long listedNanos;

  /** Latest arrival among the segments delivered. */
  long newestNanos;

  /** After a segment far from what was expected: where the one behind that would start. */
  int strayEnd;

  boolean strayed;

  /** What the receiver asked for last while segments waited, if {@link #isAcknowledged}. */
  int acknowledged;

  boolean isAcknowledged;

  /** Null until the first byte. */
  StreamReader reader;

  /** Segments that came too early; null if there are none. */
  SegmentQueue queue;

  /** In the list of streams that hold memory; null if it never held any. */
  Holder holder;

  /** Stands for a stream in the list of those that hold memory. */
  static final class Holder extends Link {
    final TcpStream stream;

    Holder(TcpStream stream) {
      this.stream = stream;
    }
  }

  TcpStream(int hash, Envelope envelope, boolean web) {
    this.hash = hash;
    this.web = web;
    sourceHigh = envelope.sourceHigh;
    sourceLow = envelope.sourceLow;
    destinationHigh = envelope.destinationHigh;
    destinationLow = envelope.destinationLow;
    ports = envelope.sourcePort << 16 | envelope.destinationPort;
  }

  boolean isOf(Envelope envelope) {
    return ports == (envelope.sourcePort << 16 | envelope.destinationPort)
        && sourceLow == envelope.sourceLow
        && destinationLow == envelope.destinationLow
        && sourceHigh == envelope.sourceHigh
        && destinationHigh == envelope.destinationHigh;
  }

  /** It is the opposite direction. */
  boolean isReverseOf(Envelope envelope) {
    return ports == (envelope.destinationPort << 16 | envelope.sourcePort)
        && sourceLow == envelope.destinationLow
        && destinationLow == envelope.sourceLow
        && sourceHigh == envelope.destinationHigh
        && destinationHigh == envelope.sourceHigh;
  }

  /** Says between whom it is. */
  void describe(Envelope envelope) {
    envelope.transport = Transport.TCP;
    envelope.sourceHigh = sourceHigh;
    envelope.sourceLow = sourceLow;
    envelope.destinationHigh = destinationHigh;
    envelope.destinationLow = destinationLow;
    envelope.sourcePort = ports >>> 16;
    envelope.destinationPort = ports & 0xffff;
  }

  boolean isIgnored() {
    return reader != null && reader.isIgnoring();
  }

  boolean isHolding() {
    return queue != null || (reader != null && reader.isHolding());
  }
}
