package io.callscope.capture;

import io.callscope.capture.tcp.Segment;
import io.callscope.capture.tcp.SipReaders;
import io.callscope.capture.tcp.StreamMemory;
import io.callscope.capture.tcp.TcpOptions;
import io.callscope.capture.tcp.TcpStreams;

/** Passes TCP segments to their streams. */
final class TcpHandler {
  private final TcpStreams streams;
  private final Segment segment = new Segment();

  TcpHandler(TcpOptions options, CaptureCounters counters, MessageReceiver receiver) {
    StreamMemory memory = new StreamMemory(options.maxMemoryBytes());
    SipReaders sipReaders =
        new SipReaders(options, memory, counters.sipStreams, counters.streams, receiver);
    streams =
        new TcpStreams(options, memory, sipReaders, counters.streams, sipReaders, counters.streams);
  }

  /**
   * @param packet at the payload of a TCP segment
   */
  void handle(Packet packet) throws InterruptedException {
    segment.bytes = packet.bytes;
    segment.at = packet.at;
    segment.end = packet.end;
    segment.missing = packet.missing;
    segment.sequence = packet.sequence;
    segment.acknowledgement = packet.acknowledgement;
    segment.flags = packet.tcpFlags;
    segment.envelope = packet.envelope;
    packet.envelope.leading = 0; // a stream has no datagram around its messages
    packet.envelope.trailing = 0;
    streams.segment(segment);
  }

  void tick(long captureNanos, long arrivalNanos) throws InterruptedException {
    streams.tick(captureNanos, arrivalNanos);
  }

  void end(long captureNanos, long arrivalNanos) throws InterruptedException {
    streams.end(captureNanos, arrivalNanos);
  }
}
