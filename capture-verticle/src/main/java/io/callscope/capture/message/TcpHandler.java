package io.callscope.capture.message;

import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.tcp.Segment;
import io.callscope.capture.tcp.SipReaders;
import io.callscope.capture.tcp.StreamCounters;
import io.callscope.capture.tcp.StreamMemory;
import io.callscope.capture.tcp.TcpOptions;
import io.callscope.capture.tcp.TcpStreams;
import io.callscope.capture.tcp.TcpTimeouts;
import io.callscope.capture.ws.HttpCounters;
import io.callscope.capture.ws.WebReaders;
import io.callscope.capture.ws.WsCounters;
import io.callscope.counters.Balance;
import io.callscope.counters.CounterGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Passes TCP segments to their streams, and holds the account of these. */
public final class TcpHandler {
  private final CaptureCounters counters;
  private final boolean hasWebPorts;
  private final StreamCounters webStreams;
  private final HttpCounters http;
  private final WsCounters webSocket = new WsCounters();
  private final CounterGroup webGroup;
  private final TcpStreams streams;
  private final Segment segment = new Segment();

  public TcpHandler(TcpOptions options, CaptureCounters counters, MessageReceiver receiver) {
    this.counters = counters;
    hasWebPorts = options.webSocketPorts().stream().anyMatch(port -> port != 0);
    CounterGroup.Builder builder = new CounterGroup.Builder("pkt_stats.http");
    webStreams = new StreamCounters(builder);
    http = new HttpCounters(builder);
    webGroup = builder.build();
    webStreams.countIn(webGroup);
    http.countIn(webGroup);
    StreamMemory memory = new StreamMemory(options.maxMemoryBytes());
    streams =
        new TcpStreams(
            options,
            memory,
            new SipReaders(options, memory, counters.sipStreams, counters.streams, receiver),
            counters.streams,
            new WebReaders(
                options, memory, http, webSocket, webStreams, counters.sipStreams, receiver),
            webStreams);
  }

  /**
   * @param packet at the payload of a TCP segment
   */
  public void handle(Packet packet) throws InterruptedException {
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
    if (hasWebPorts && streams.isWeb(packet.envelope)) {
      counters.webSocketPort(packet.ipv6);
    }
    streams.segment(segment);
  }

  /** On any thread. */
  public void timeouts(TcpTimeouts timeouts) {
    streams.timeouts(timeouts);
  }

  public void tick(long captureNanos, long arrivalNanos) throws InterruptedException {
    streams.tick(captureNanos, arrivalNanos);
  }

  public void end(long captureNanos, long arrivalNanos) throws InterruptedException {
    streams.end(captureNanos, arrivalNanos);
  }

  /** The groups of WebSocket ports, where there are any. */
  public List<CounterGroup> counterGroups() {
    return hasWebPorts ? List.of(webGroup, webSocket.group()) : List.of();
  }

  /** Segments to bytes in their order, these to messages. */
  public List<Balance> balances() {
    StreamCounters sip = counters.streams;
    long web = counters.value(counters.ws);
    List<Balance> balances = new ArrayList<>();
    balances.add(new Balance("TCP", counters.value(counters.tcp), sip.all(), Map.of("ws", web)));
    balances.add(sip.segmentBalance("segments"));
    balances.add(sip.byteBalance("segment bytes"));
    balances.add(counters.sipStreams.balance(sip.receivedBytes()));
    if (hasWebPorts) {
      balances.add(new Balance("web", web, webStreams.all(), Map.of()));
      balances.add(webStreams.segmentBalance("web segments"));
      balances.add(webStreams.byteBalance("web segment bytes"));
      balances.add(http.balance(webStreams.receivedBytes()));
      balances.add(webSocket.balance());
    }
    return balances;
  }
}
