package io.callscope.capture.tcp;

import io.callscope.bus.Envelope;

/**
 * Puts the TCP streams of a source together, a direction of a connection each. Nothing of it knows
 * a clock: time is that of the segments and of {@link #tick}. Bounded in streams, segments that
 * wait, and bytes. One thread.
 */
public final class TcpStreams {
  /** What the receiver has and did not come by then was lost on its way to us. */
  private static final long ACKNOWLEDGED_GRACE_NANOS = 200_000_000L;

  private final TcpOptions options;
  private final boolean[] webPorts = new boolean[0x10000];
  private final StreamCounters sipCounters;
  private final StreamCounters webCounters;
  private final StreamTable table = new StreamTable();
  private final Delivery delivery;
  private final StreamAges ages;

  /**
   * @param memory shared with the readers
   * @param sipReaders for streams of all ports but those of WebSocket
   * @param webReaders for these
   */
  public TcpStreams(
      TcpOptions options,
      StreamMemory memory,
      ReaderFactory sipReaders,
      StreamCounters sipCounters,
      ReaderFactory webReaders,
      StreamCounters webCounters) {
    this.options = options;
    this.sipCounters = sipCounters;
    this.webCounters = webCounters;
    options.webSocketPorts().forEach(port -> webPorts[port] = port != 0);
    delivery = new Delivery(table, memory, sipReaders, webReaders, sipCounters, webCounters);
    ages = new StreamAges(options.timeouts(), table, delivery);
  }

  /** Whether a segment is of a connection that carries HTTP and WebSocket. */
  public boolean isWeb(Envelope envelope) {
    return webPorts[envelope.sourcePort] || webPorts[envelope.destinationPort];
  }

  /** Takes a segment. */
  public void segment(Segment segment) throws InterruptedException {
    Envelope envelope = segment.envelope;
    if (segment.has(Segment.RST)) {
      segment.end = segment.at; // what it carries is a diagnosis (RFC 9293 §3.5.3)
      segment.missing = 0;
    }
    if (delivery.isAnyWaiting() && segment.has(Segment.ACK)) {
      acknowledged(segment);
    }
    boolean web = isWeb(envelope);
    StreamCounters c = web ? webCounters : sipCounters;
    boolean payload = segment.length() > 0;
    boolean syn = segment.has(Segment.SYN);
    if (!payload && (segment.flags & (Segment.SYN | Segment.FIN | Segment.RST)) == 0) {
      c.increment(c.empty);
      return;
    }
    TcpStream stream = table.find(envelope);
    if (stream != null && isNew(stream, segment)) {
      if (!stream.closed) {
        c.increment(c.reused);
      }
      delivery.remove(stream, envelope.captureNanos, envelope.arrivalNanos);
      stream = null;
    }
    if (stream == null && !payload && !syn) {
      c.increment(c.empty);
      return;
    }
    c.segment(segment.end - segment.at);
    boolean start = stream == null;
    if (start) {
      stream = create(segment, web);
    } else if (isStray(stream, segment)) {
      c.ended(c.outOfWindow, c.strayBytes, segment.end - segment.at);
      return;
    }
    if (stream.closed) {
      c.ended(c.duplicates, c.duplicateBytes, segment.end - segment.at);
      return;
    }
    table.touch(stream, envelope.captureNanos);
    delivery.accept(stream, segment, start);
  }

  private TcpStream create(Segment segment, boolean web) throws InterruptedException {
    Envelope envelope = segment.envelope;
    while (table.size() >= Math.max(2, options.maxStreams())) {
      TcpStream oldest = table.oldest();
      if (!oldest.closed) {
        StreamCounters c = delivery.counters(oldest);
        c.increment(c.streamsEvicted);
      }
      delivery.remove(oldest, envelope.captureNanos, envelope.arrivalNanos);
    }
    TcpStream stream = table.create(envelope, web);
    delivery.start(stream, segment);
    if (!segment.has(Segment.SYN)) {
      delivery.joined(stream, envelope);
    }
    return stream;
  }

  /** The segment begins another connection between the same ports. */
  private static boolean isNew(TcpStream stream, Segment segment) {
    if (segment.has(Segment.SYN)) {
      return stream.closed || segment.dataSequence() != stream.first;
    }
    int end = segment.dataSequence() + segment.length() - stream.expected;
    if (stream.closed) {
      return segment.length() > 0 && (end > 0 || Delivery.isFar(end));
    }
    // A second one that is just as far away and goes on where the first ended: we missed the start.
    return stream.strayed && segment.length() > 0 && segment.dataSequence() == stream.strayEnd;
  }

  private static boolean isStray(TcpStream stream, Segment segment) {
    if (!Delivery.isFar(segment.dataSequence() - stream.expected)) {
      stream.strayed = false;
      return false;
    }
    stream.strayed = true;
    stream.strayEnd = segment.dataSequence() + segment.length();
    return true;
  }

  /** The receiver of the opposite direction has all bytes before the one it asks for. */
  private void acknowledged(Segment segment) throws InterruptedException {
    TcpStream stream = table.findReverse(segment.envelope);
    if (stream != null && stream.queue != null) {
      stream.acknowledged = segment.acknowledgement;
      stream.isAcknowledged = true;
      long now = segment.envelope.captureNanos;
      ages.skipAcknowledged(
          stream, now, segment.envelope.arrivalNanos, now - ACKNOWLEDGED_GRACE_NANOS);
    }
  }

  /** Other timeouts hold from the next look at the streams on. On any thread. */
  public void timeouts(TcpTimeouts timeouts) {
    ages.timeouts(timeouts);
  }

  /** Time has come so far, whether there are segments or not. */
  public void tick(long captureNanos, long arrivalNanos) throws InterruptedException {
    ages.tick(captureNanos, arrivalNanos);
  }

  /** No more segments come: delivers what waits, ends and forgets all streams. */
  public void end(long captureNanos, long arrivalNanos) throws InterruptedException {
    while (table.size() > 0) {
      delivery.remove(table.oldest(), captureNanos, arrivalNanos);
    }
  }

  int size() {
    return table.size();
  }
}
