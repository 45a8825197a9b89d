package io.callscope.capture.source;

import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.decode.PacketDecoder;
import io.callscope.capture.decode.PacketFilter;
import io.callscope.capture.message.DatagramHandler;
import io.callscope.capture.message.MessageReceiver;
import io.callscope.capture.message.ParseLog;
import io.callscope.capture.message.TcpHandler;
import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.Verdict;
import io.callscope.capture.tcp.TcpTimeouts;
import io.callscope.counters.Balance;
import io.callscope.counters.CounterGroup;
import io.callscope.feed.SipFeed;
import io.callscope.feed.SourceTime;
import io.callscope.net.Transport;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of a packet from its source to the feed, whatever kind the source is: its time, its
 * layers, its payload. For the source's thread.
 */
public final class Pipeline {
  /** Stands for the time of a packet whose capture time is absurd. */
  public static final long NO_TIME = Long.MIN_VALUE;

  private final CaptureCounters counters;
  private final SourceTime time;
  private final SipFeed feed;
  private final PacketDecoder decoder;
  private final DatagramHandler datagrams;
  private final TcpHandler segments;
  private final Packet packet = new Packet();
  private boolean begun;

  /**
   * @param filter null to let all packets pass
   */
  public Pipeline(
      DecodeOptions options,
      PacketFilter filter,
      CaptureCounters counters,
      SourceTime time,
      SipFeed feed) {
    this.counters = counters;
    this.time = time;
    this.feed = feed;
    decoder = new PacketDecoder(counters, options, filter);
    ParseLog log = new ParseLog();
    MessageReceiver receiver = new MessageReceiver(counters, feed, log);
    datagrams = new DatagramHandler(counters, feed, log, receiver);
    segments = new TcpHandler(options.tcp(), counters, receiver);
  }

  /** The one packet of this pipeline, to be filled before each {@link #handle}. */
  public Packet packet() {
    return packet;
  }

  /**
   * Handles the packet, of which the source has set bytes, link type, whether it is cut, and
   * arrival.
   *
   * @param captureNanos as the source has it, ns since 1970; {@link #NO_TIME} if it is absurd
   * @param originalLength bytes on the wire
   */
  public void handle(long captureNanos, int originalLength) throws InterruptedException {
    setTime(captureNanos);
    packet.originalLength = originalLength;
    counters.packet(originalLength);
    packet.missing = 0;
    segments.tick(packet.envelope.captureNanos, packet.envelope.arrivalNanos);
    Verdict verdict = decoder.decode(packet);
    if (verdict == Verdict.UDP) {
      packet.envelope.transport = Transport.UDP;
      datagrams.handle(packet);
    } else if (verdict == Verdict.TCP) {
      packet.envelope.transport = Transport.TCP;
      segments.handle(packet);
    }
  }

  private void setTime(long captureNanos) throws InterruptedException {
    if (captureNanos == NO_TIME) {
      packet.envelope.captureNanos = time.withoutTime(packet.envelope.arrivalNanos);
      packet.envelope.packetNanos = 0;
      counters.increment(counters.badTimes);
      return;
    }
    packet.envelope.captureNanos = time.advance(captureNanos);
    packet.envelope.packetNanos = captureNanos;
    if (time.wentBack()) {
      counters.increment(counters.backTimes);
    }
    if (!begun) {
      begun = true;
      // So that every partition watches from the same moment, whichever gets the first message.
      feed.round();
    }
  }

  /**
   * No packet has come for a while; time goes on all the same.
   *
   * @param captureNanos ns since 1970: no packet captured before will come
   */
  public void idle(long captureNanos, long arrivalNanos) throws InterruptedException {
    time.advance(captureNanos);
    segments.tick(time.nanos(), arrivalNanos);
    feed.round();
  }

  /** Other timeouts of TCP hold from its next look at its streams on. On any thread. */
  public void timeouts(TcpTimeouts timeouts) {
    segments.timeouts(timeouts);
  }

  /** What follows is not the continuation of what was: delivers what waits, ends all streams. */
  public void breakOff() throws InterruptedException {
    segments.end(time.nanos(), packet.envelope.arrivalNanos);
  }

  /** The source has ended: delivers what waits, gives up what waits for more. */
  public void end() throws InterruptedException {
    decoder.end();
    breakOff();
  }

  /** The source is stopped: gives up what waits. Messages that wait stay where they are counted. */
  public void stop() {
    decoder.end();
  }

  public List<CounterGroup> counterGroups() {
    List<CounterGroup> groups = new ArrayList<>();
    groups.add(counters.group());
    groups.addAll(segments.counterGroups());
    return groups;
  }

  /** The account of every stage down to the feed. */
  public List<Balance> balances() {
    List<Balance> balances = new ArrayList<>(counters.balances());
    balances.addAll(segments.balances());
    return balances;
  }
}
