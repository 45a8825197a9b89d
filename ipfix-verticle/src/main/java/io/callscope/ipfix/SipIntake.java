package io.callscope.ipfix;

import io.callscope.bus.CallQuality;
import io.callscope.bus.CallRecord;
import io.callscope.bus.Envelope;
import io.callscope.bus.NoteKind;
import io.callscope.bus.QualityCodec;
import io.callscope.bus.RecordFlags;
import io.callscope.bus.RecordKind;
import io.callscope.feed.SipFeed;
import io.callscope.net.Transport;
import io.callscope.sip.CallIdLimit;
import io.callscope.sip.SipError;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipParser;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what SBCs tell of calls, and sends it on as captured messages are. */
final class SipIntake {
  private static final Logger LOG = LoggerFactory.getLogger("io.callscope.parse");

  /** A payload of this length or less cannot be SIP. */
  private static final int TINY = 12;

  /** The number of "internal BUG while parsing header". */
  private static final int PARSER_BUG = 15;

  private final SipFeed feed;
  private final RecordClock clock;
  private final IpfixCounters counters;
  private final SipCounters sip;
  private final SipParser parser = new SipParser();
  private final LegPairs pairs = new LegPairs();
  private final Envelope links = new Envelope();
  private final int[] row = new int[SipIndex.SIZE];
  private byte[] repaired = new byte[2048];
  private byte[] text;
  private int from;
  private boolean begun;
  private long monotonicNanos;

  SipIntake(SipFeed feed, RecordClock clock, IpfixCounters counters, SipCounters sip) {
    this.feed = feed;
    this.clock = clock;
    this.counters = counters;
    this.sip = sip;
  }

  /** It is so late, by the clock of the day and by one that no one sets. */
  void at(long wall, long monotonic) {
    clock.at(wall, monotonic);
    monotonicNanos = monotonic;
  }

  /**
   * Takes a SIP record.
   *
   * @param envelope with ends and transport of the message
   */
  void message(byte[] bytes, SipRecord record, int setId, Envelope envelope, Health health)
      throws InterruptedException {
    stamp(record.timeNanos, envelope, health);
    note(bytes, record, setId, envelope, health);
    text = bytes;
    from = skipLineEnds(bytes, record.textAt, record.textEnd);
    int length = record.textEnd - from;
    if (length <= TINY || !isLetter(bytes[from])) {
      sip.probe();
      counters.increment(counters.noSip);
      if (envelope.transport != Transport.UDP) {
        counters.increment(counters.noSipStream);
      }
      health.increment(Health.PROBES);
      feed.probe(envelope);
      return;
    }
    boolean stream = envelope.transport != Transport.UDP;
    int error = parse(length, stream);
    boolean cut = record.truncated || isCut(error, length);
    if (error != SipError.OK && cut) {
      error = parseRepaired(length, error);
    }
    if (cut) {
      counters.increment(counters.truncated);
      health.increment(Health.TRUNCATED);
      envelope.flags |= RecordFlags.TRUNCATED;
    }
    if (error != SipError.OK) {
      sip.parseError(error, envelope.transport);
      counters.increment(counters.unparsed);
      health.increment(Health.PARSE_ERRORS);
      LOG.debug("SBC {}: {}", health.sbc(), SipError.text(error));
      feed.parseError(envelope, error, text, from, row);
      return;
    }
    sip.message(row, envelope.transport);
    counters.increment(counters.parsed);
    if (row[SipIndex.LENGTH] < length || (stream && cut)) {
      sip.wrongLength();
    }
    link(bytes, record, envelope, health);
    feed.message(envelope, text, from, row);
  }

  private void stamp(long recordNanos, Envelope envelope, Health health)
      throws InterruptedException {
    envelope.captureNanos = clock.stamp(recordNanos, envelope.arrivalNanos, health);
    if (!begun) {
      begun = true;
      // So that every partition watches from the same moment, whichever gets the first message.
      feed.round();
    }
  }

  private static void note(
      byte[] bytes, SipRecord record, int setId, Envelope envelope, Health health) {
    envelope.notes.clear();
    byte[] sbc = health.note();
    envelope.notes.add(NoteKind.SBC, sbc, 0, sbc.length);
    envelope.flags = SetId.isEgress(setId) ? RecordFlags.SBC_SENT : RecordFlags.SBC_RECEIVED;
    if (health.get(Health.QUALITY) > 0) {
      envelope.flags |= RecordFlags.REPORTS_QUALITY;
    }
    if (record.ingressCallIdLength > 0) {
      envelope.notes.add(
          NoteKind.INGRESS_CALL_ID, bytes, record.ingressCallIdAt, record.ingressCallIdLength);
    }
  }

  private static int skipLineEnds(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && (bytes[at] == '\r' || bytes[at] == '\n')) {
      at++;
    }
    return at;
  }

  private static boolean isLetter(byte octet) {
    return (octet | 0x20) >= 'a' && (octet | 0x20) <= 'z';
  }

  private int parse(int length, boolean stream) {
    try {
      parser.reset(true, stream);
      return parser.parse(text, from, length, true, row);
    } catch (RuntimeException e) {
      // A mistake in the parser must cost one message, not the collector.
      LOG.error("the parser failed at a message of {} bytes", length, e);
      counters.increment(counters.errBug);
      Arrays.fill(row, 0);
      row[SipIndex.LENGTH] = length;
      return PARSER_BUG;
    }
  }

  /** Its headers end too early, or its body is shorter than it says. */
  private boolean isCut(int error, int length) {
    return error == SipError.TRUNCATED
        || (error == SipError.OK && row[SipIndex.CONTENT_LENGTH] > length - row[SipIndex.BODY]);
  }

  /**
   * Reads the headers that are whole, if those are enough to track the message; else the first
   * error stands.
   */
  private int parseRepaired(int length, int error) {
    byte[] whole = text;
    int start = from;
    int end = start + length;
    while (end > start && whole[end - 1] != '\n') {
      end--;
    }
    int kept = end - start;
    if (kept + 2 > repaired.length) {
      repaired = new byte[kept + 2];
    }
    System.arraycopy(whole, start, repaired, 0, kept);
    repaired[kept] = '\r';
    repaired[kept + 1] = '\n';
    text = repaired;
    from = 0;
    if (parse(kept + 2, false) == SipError.OK
        && (row[SipIndex.FLAGS] & SipIndex.FLAGS_TRACKABLE) == SipIndex.FLAGS_TRACKABLE) {
      counters.increment(counters.repaired);
      return SipError.OK;
    }
    text = whole;
    from = start;
    parse(length, false);
    return error;
  }

  /** Tells each leg's partition of the other leg, now and then. */
  private void link(byte[] bytes, SipRecord record, Envelope envelope, Health health)
      throws InterruptedException {
    int length = row[SipIndex.CALL_ID + 1];
    int ingress = record.ingressCallIdLength;
    if (ingress == 0
        || length == 0
        || length > CallIdLimit.MAX_KEPT_BYTES
        || ingress > CallIdLimit.MAX_KEPT_BYTES) {
      return;
    }
    int at = from + row[SipIndex.CALL_ID];
    int ingressAt = record.ingressCallIdAt;
    if (!pairs.isDue(text, at, length, bytes, ingressAt, ingress, monotonicNanos)) {
      return;
    }
    byte[] own = Arrays.copyOfRange(text, at, at + length);
    byte[] other = Arrays.copyOfRange(bytes, ingressAt, ingressAt + ingress);
    prepare(envelope, health);
    feed.callRecord(RecordKind.LINK, links, CallRecord.of(0, own, other));
    feed.callRecord(RecordKind.LINK, links, CallRecord.of(0, other, own));
    counters.add(counters.linkRecords, 2);
    health.increment(Health.LINKS);
  }

  private void prepare(Envelope envelope, Health health) {
    links.captureNanos = envelope.captureNanos;
    links.arrivalNanos = envelope.arrivalNanos;
    links.notes.clear();
    links.notes.add(NoteKind.SBC, health.note(), 0, health.note().length);
  }

  /** Takes a report of media quality to both of its legs; one of them is to publish it. */
  void quality(CallQuality quality, Envelope envelope, Health health) throws InterruptedException {
    stamp(quality.endNanos(), envelope, health);
    prepare(envelope, health);
    byte[] content = QualityCodec.bytes(quality);
    byte[] ingress = quality.ingress().callIdBytes();
    byte[] egress = quality.egress().callIdBytes();
    byte[] first = ingress.length == 0 ? egress : ingress;
    sendQuality(CallRecord.of(CallRecord.PUBLISH, first, content));
    if (egress.length > 0 && !Arrays.equals(first, egress)) {
      sendQuality(CallRecord.of(0, egress, content));
    }
  }

  private void sendQuality(CallRecord record) throws InterruptedException {
    feed.callRecord(RecordKind.QUALITY, links, record);
    counters.increment(counters.qosRecords);
  }
}
