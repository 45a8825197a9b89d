package io.callscope.capture;

import io.callscope.feed.SipFeed;
import io.callscope.feed.SourceTime;

/**
 * The way of a packet from its source to the feed, whatever kind the source is: its time, its
 * layers, its payload. For the source's thread.
 */
final class Pipeline {
  private final CaptureCounters counters;
  private final SourceTime time;
  private final SipFeed feed;
  private final PacketDecoder decoder;
  private final DatagramHandler datagrams;
  private final Packet packet = new Packet();
  private boolean begun;

  Pipeline(DecodeOptions options, CaptureCounters counters, SourceTime time, SipFeed feed) {
    this.counters = counters;
    this.time = time;
    this.feed = feed;
    decoder = new PacketDecoder(counters, options);
    datagrams = new DatagramHandler(counters, feed);
  }

  /** The one packet of this pipeline, to be filled before each {@link #handle}. */
  Packet packet() {
    return packet;
  }

  /**
   * Handles the packet, of which the source has set bytes, link type, whether it is cut, and
   * arrival.
   *
   * @param captureNanos as the source has it, ns since 1970; may be absurd
   * @param originalLength bytes on the wire
   */
  void handle(long captureNanos, int originalLength) throws InterruptedException {
    setTime(captureNanos);
    counters.packet(originalLength);
    if (decoder.decode(packet) == Verdict.UDP) {
      datagrams.handle(packet);
    }
  }

  private void setTime(long captureNanos) throws InterruptedException {
    if (!SourceTime.isSane(captureNanos, packet.envelope.arrivalNanos)) {
      packet.envelope.captureNanos = time.withoutTime(packet.envelope.arrivalNanos);
      counters.increment(counters.badTimes);
      return;
    }
    packet.envelope.captureNanos = time.advance(captureNanos);
    if (time.wentBack()) {
      counters.increment(counters.backTimes);
    }
    if (!begun) {
      begun = true;
      // So that every partition watches from the same moment, whichever gets the first message.
      feed.round();
    }
  }

  /** The source has ended: gives up what waits for more. */
  void end() {
    decoder.end();
  }
}
