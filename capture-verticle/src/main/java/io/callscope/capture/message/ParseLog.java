package io.callscope.capture.message;

import io.callscope.bus.Envelope;
import io.callscope.capture.packet.Packet;
import io.callscope.capture.packet.PayloadKind;
import io.callscope.net.IpAddress;
import io.callscope.sip.SipError;
import io.callscope.sip.SipIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what became of payloads to the parse log: those that do not parse at info, probes at
 * debug, messages at trace. A flood of them costs no more than {@value #MAX_PER_SECOND} texts a
 * second; the counters count them all.
 */
public final class ParseLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.callscope.parse");
  private static final int MAX_PER_SECOND = 100;
  private static final int BEFORE = 60;
  private static final int AFTER = 20;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private long second;
  private int written;

  /** A payload that looked like SIP and did not parse. */
  void error(Envelope envelope, int error, byte[] bytes, int from, int[] row) {
    if (LOG.isInfoEnabled() && mayWrite(envelope)) {
      int good = from + row[SipIndex.BODY];
      LOG.info(
          "{}: {} at byte {}: {} >>> {}",
          ends(envelope),
          SipError.text(error),
          row[SipIndex.BODY],
          quoted(bytes, Math.max(from, good - BEFORE), good),
          quoted(bytes, good, Math.min(from + row[SipIndex.LENGTH], good + AFTER)));
    }
  }

  void probe(Packet packet, PayloadKind kind) {
    if (LOG.isDebugEnabled() && mayWrite(packet.envelope)) {
      LOG.debug("{}: no SIP but {}, {} bytes", ends(packet.envelope), kind, packet.end - packet.at);
    }
  }

  void message(Envelope envelope, byte[] bytes, int from, int[] row) {
    if (LOG.isTraceEnabled() && mayWrite(envelope)) {
      int length = row[SipIndex.LENGTH];
      int to = from + Math.min(length, BEFORE);
      LOG.trace("{}: {} bytes: {}", ends(envelope), length, quoted(bytes, from, to));
    }
  }

  private boolean mayWrite(Envelope envelope) {
    long now = envelope.arrivalNanos / SECOND_NANOS;
    if (now != second) {
      second = now;
      written = 0;
    }
    return ++written <= MAX_PER_SECOND;
  }

  private static String ends(Envelope envelope) {
    return IpAddress.text(envelope.sourceHigh, envelope.sourceLow)
        + ' '
        + envelope.sourcePort
        + " -> "
        + IpAddress.text(envelope.destinationHigh, envelope.destinationLow)
        + ' '
        + envelope.destinationPort;
  }

  /** Bytes as text of one line, whatever they are. */
  static String quoted(byte[] bytes, int from, int to) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = from; i < to; i++) {
      int octet = bytes[i] & 0xff;
      switch (octet) {
        case '\r' -> text.append("\\r");
        case '\n' -> text.append("\\n");
        case '"', '\\' -> text.append('\\').append((char) octet);
        default -> {
          if (octet >= ' ' && octet < 0x7f) {
            text.append((char) octet);
          } else {
            text.append("\\x").append(Character.forDigit(octet >> 4, 16));
            text.append(Character.forDigit(octet & 0xf, 16));
          }
        }
      }
    }
    return text.append('"').toString();
  }
}
