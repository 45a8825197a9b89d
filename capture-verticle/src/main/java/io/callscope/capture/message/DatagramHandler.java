package io.callscope.capture.message;

import io.callscope.capture.packet.CaptureCounters;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.PayloadKind;
import io.callscope.feed.SipFeed;
import io.callscope.sip.SipError;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipParser;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the payload of a UDP datagram apart: a SIP message, a probe, or neither. */
public final class DatagramHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DatagramHandler.class);

  /** The number of "internal BUG while parsing header". */
  private static final int PARSER_BUG = 15;

  private final CaptureCounters counters;
  private final SipFeed feed;
  private final ParseLog log;
  private final MessageReceiver receiver;
  private final SipParser parser = new SipParser();
  private final int[] row = new int[SipIndex.SIZE];

  public DatagramHandler(
      CaptureCounters counters, SipFeed feed, ParseLog log, MessageReceiver receiver) {
    this.counters = counters;
    this.feed = feed;
    this.log = log;
    this.receiver = receiver;
  }

  /**
   * @param packet at the payload of a whole datagram
   */
  public void handle(Packet packet) throws InterruptedException {
    counters.increment(counters.parseAttempts);
    int from = PayloadClassifier.skipLineEnds(packet.bytes, packet.at, packet.end);
    PayloadKind kind = PayloadClassifier.of(packet.bytes, from, packet.end);
    if (kind == PayloadKind.SIP) {
      message(packet, from);
      return;
    }
    counters.notSip(kind);
    log.probe(packet, kind);
    if (kind != PayloadKind.DTLS) { // encrypted SIP as it should be, nothing to raise an event for
      feed.probe(packet.envelope);
    }
  }

  private void message(Packet packet, int from) throws InterruptedException {
    int length = packet.end - from;
    int error = parse(packet, from, length);
    packet.envelope.leading = from - packet.at;
    packet.envelope.trailing = Math.max(0, length - row[SipIndex.LENGTH]);
    if (error != SipError.OK) {
      receiver.parseError(packet.envelope, error, packet.bytes, from, row);
      return;
    }
    if (row[SipIndex.LENGTH] < length) {
      counters.increment(counters.offsetErrs);
      counters.increment(counters.bodyErrs);
    }
    receiver.message(packet.envelope, packet.bytes, from, row);
  }

  private int parse(Packet packet, int from, int length) {
    try {
      return parser.parseDatagram(packet.bytes, from, length, row);
    } catch (RuntimeException e) {
      // A mistake in the parser must cost one message, not the source.
      LOG.error("the parser failed at a message of {} bytes", length, e);
      Arrays.fill(row, 0);
      row[SipIndex.LENGTH] = length;
      return PARSER_BUG;
    }
  }
}
