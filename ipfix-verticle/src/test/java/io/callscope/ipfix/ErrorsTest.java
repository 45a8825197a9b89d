package io.callscope.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.RecordKind;
import io.callscope.ipfix.Fixture.Seen;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a stream costs what it must and no more. */
class ErrorsTest {
  private final Fixture fixture = new Fixture();
  private final Connection connection = fixture.open();

  @AfterEach
  void everySetIsAccountedFor() {
    assertThat(fixture.counters.balance().missing()).isZero();
    assertThat(fixture.sip.records()).isEqualTo(fixture.counters.sipRecords());
    assertThat(fixture.count("err_bug")).isZero();
  }

  private boolean isClosed() {
    return Fixture.peer(connection).closed;
  }

  private void readThenAGoodOne(byte[] bytes) {
    fixture.read(connection, bytes, Examples.of("12.4"));
  }

  @ParameterizedTest
  @CsvSource({"000a000f, message of 15 bytes", "00090020, not IPFIX: version 9"})
  void aWrongHeaderEndsTheConnection(String start, String reason) {
    byte[] message = Arrays.copyOf(java.util.HexFormat.of().parseHex(start), 32);
    readThenAGoodOne(message);
    assertThat(isClosed()).isTrue();
    assertThat(fixture.count("err_parse")).isEqualTo(1);
    assertThat(fixture.count("conns_active")).isZero();
    assertThat(fixture.records()).as("nothing can be read behind it").isEmpty();
    assertThat(connection.health.view()).containsEntry("endReason", reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 60_000})
  void aWrongSetLengthCostsTheRestOfTheMessage(int length) {
    byte[] message = Examples.joined("12.4", "12.6");
    Octets.put16(message, 18, length);
    readThenAGoodOne(message);
    assertThat(isClosed()).isFalse();
    assertThat(fixture.count("err_parse")).isEqualTo(1);
    assertThat(fixture.count("max_sets")).isEqualTo(1);
    assertThat(fixture.records()).hasSize(1);
  }

  @Test
  void aMalformedRecordCostsItsSet() {
    byte[] message = Examples.joined("12.4", "12.6");
    Octets.put16(message, 33, 0xfff0); // the packet's length runs out of the set
    fixture.read(connection, message);
    assertThat(isClosed()).isFalse();
    assertThat(fixture.count("err_parse")).isEqualTo(1);
    assertThat(fixture.count("err_sets")).isEqualTo(1);
    assertThat(fixture.records()).hasSize(1);
    assertThat(connection.health.view()).containsEntry("lastError", "set 258 is malformed");
  }

  @ParameterizedTest
  @CsvSource({"258, 12", "259, 13", "260, 28", "261, 29", "268, 188", "256, 20", "262, 20"})
  void aRecordBelowItsFixedPartIsMalformed(int set, int size) {
    readThenAGoodOne(Examples.message(set, new byte[size]));
    assertThat(fixture.count("err_parse")).isEqualTo(1);
    assertThat(fixture.records()).hasSize(1);
    assertThat(Fixture.peer(connection).sent).isEmpty();
  }

  @Test
  void anEmptyPacketIsMalformed() {
    readThenAGoodOne(Examples.message(SetId.UDP_IN, new byte[13]));
    assertThat(fixture.count("err_parse")).isEqualTo(1);
    assertThat(fixture.records()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0x23, 55, no IP version",
    "0x23, 41, options beyond the packet",
    "0x23, 44, header of four words",
    "0x26, 13, total length below the header",
    "0x2c, 06, not UDP",
    "0x3b, 00, UDP length below its header",
  })
  void aPacketMustBeUdpInIp(int at, String value, String why) {
    byte[] message = Examples.of("12.4");
    message[at] = (byte) Integer.parseInt(value, 16);
    if (at == 0x26) {
      message[0x25] = 0;
    } else if (at == 0x3b) {
      message[0x3b] = 0;
      message[0x3c] = 7;
    }
    fixture.read(connection, message);
    assertThat(fixture.count("err_parse")).as(why).isEqualTo(1);
    assertThat(fixture.records()).isEmpty();
  }

  @Test
  void lengthsOfZeroSayNothing() {
    byte[] message = Examples.of("12.4");
    Octets.put16(message, 0x25, 0);
    Octets.put16(message, 0x3b, 0);
    fixture.read(connection, message);
    Seen seen = fixture.records().get(0);
    assertThat(seen.text()).hasSize(279);
    assertThat(Fixture.isTruncated(seen)).isFalse();
  }

  @Test
  void theChecksumIsNoLength() {
    byte[] message = Examples.of("12.4");
    Octets.put16(message, 0x3d, 20);
    fixture.read(connection, message);
    assertThat(fixture.records().get(0).text()).hasSize(279);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x25, 0x3b})
  void aMessageShorterThanItsHeadersSayIsFlagged(int length) {
    byte[] message = Examples.of("12.4");
    Octets.put16(message, length, 2000);
    fixture.read(connection, message);
    Seen seen = fixture.records().get(0);
    assertThat(seen.kind()).isEqualTo(RecordKind.MESSAGE);
    assertThat(Fixture.isTruncated(seen)).isTrue();
    assertThat(fixture.count("truncated")).isEqualTo(1);
  }

  /** A TCP record with this text. */
  private static byte[] overTcp(String text) {
    byte[] sip = text.getBytes(StandardCharsets.US_ASCII);
    byte[] content = Arrays.copyOf(Examples.content("12.7"), 28 + 3 + sip.length);
    content[28] = (byte) 255;
    Octets.put16(content, 29, sip.length);
    System.arraycopy(sip, 0, content, 31, sip.length);
    return Examples.message(SetId.TCP_IN, content);
  }

  private static final String HEADERS =
      """
      MESSAGE sip:b@h SIP/2.0
      Via: SIP/2.0/TCP h;branch=z9hG4bK1
      From: <sip:a@h>;tag=1
      To: <sip:b@h>
      Call-ID: m1
      CSeq: 1 MESSAGE
      """
          .replace("\n", "\r\n");

  @Test
  void aBodyThatIsCutIsFlagged() {
    fixture.read(connection, overTcp(HEADERS + "Content-Length: 100\r\n\r\nshort"));
    Seen seen = fixture.records().get(0);
    assertThat(seen.kind()).isEqualTo(RecordKind.MESSAGE);
    assertThat(Fixture.isTruncated(seen)).isTrue();
    assertThat(fixture.stat("body_errs")).isEqualTo(1);
  }

  @Test
  void headersThatAreCutAreReadAsFarAsTheyGo() {
    fixture.read(connection, overTcp(HEADERS + "Content-Type: text/pla"));
    Seen seen = fixture.records().get(0);
    assertThat(seen.kind()).isEqualTo(RecordKind.MESSAGE);
    assertThat(seen.callId()).isEqualTo("m1");
    assertThat(Fixture.isTruncated(seen)).isTrue();
    assertThat(seen.text()).isEqualTo(HEADERS + "\r\n");
    assertThat(fixture.count("truncated_headers")).isEqualTo(1);
  }

  @Test
  void headersCutTooEarlyToFollowTheCallAreAParseError() {
    String early = HEADERS.substring(0, HEADERS.indexOf("To:"));
    fixture.read(connection, overTcp(early));
    Seen seen = fixture.records().get(0);
    assertThat(seen.kind()).isEqualTo(RecordKind.PARSE_ERROR);
    assertThat(seen.error()).isEqualTo(13);
    assertThat(seen.text()).isEqualTo(early);
    assertThat(Fixture.isTruncated(seen)).isTrue();
  }

  @Test
  void overTcpContentLengthIsNeeded() {
    fixture.read(connection, overTcp(HEADERS + "\r\n"));
    assertThat(fixture.records()).extracting(Seen::error).containsExactly(14);
    assertThat(fixture.stat("parse_errs_tcp")).isEqualTo(1);
    assertThat(fixture.stat("parse_error_14")).isEqualTo(1);
    assertThat(fixture.stat("body_errs")).isEqualTo(1);
  }

  @Test
  void aBodyThatFitsIsNoError() {
    fixture.read(connection, overTcp(HEADERS + "Content-Length: 5\r\n\r\nhello"));
    fixture.read(connection, overTcp(HEADERS + "Content-Length: 2\r\n\r\nhello"));
    assertThat(fixture.records()).hasSize(2);
    assertThat(fixture.stat("offset_errs")).isEqualTo(1);
    assertThat(fixture.stat("body_errs")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "INVITE sip:b", "\r\n\r\n", "0123456789abcdef"})
  void whatCannotBeSipIsAProbe(String text) {
    fixture.read(connection, overTcp(text));
    assertThat(fixture.records()).extracting(Seen::kind).containsExactly(RecordKind.PROBE);
    assertThat(fixture.records().get(0).transport()).isEqualTo("tcp");
  }

  @Test
  void overIpv6TheSameFieldsAreWider() {
    byte[] narrow = overTcp(HEADERS + "Content-Length: 0\r\n\r\n");
    byte[] wide = new byte[narrow.length - 20 + 24];
    System.arraycopy(narrow, 20, wide, 0, 12);
    wide[12] = 0x20;
    wide[13] = 1;
    wide[27] = 1;
    wide[28] = 0x20;
    wide[29] = 1;
    wide[43] = 2;
    System.arraycopy(narrow, 40, wide, 44, narrow.length - 40);
    fixture.read(connection, Examples.message(SetId.TCP_IN, wide));
    Seen seen = fixture.records().get(0);
    assertThat(seen.source()).isEqualTo("2001::2 40001");
    assertThat(seen.destination()).isEqualTo("2001::1 5060");
    assertThat(fixture.count("sip_tcp6_in")).isEqualTo(1);
  }

  /** With addresses of 4 bytes each of these has a text that begins with a letter too. */
  @ParameterizedTest
  @ValueSource(strings = {"out00000abcdef00@x", "outaaaaaaaaaaaaa@x", "b", ""})
  void overIpv6TheOtherLegsCallIdIsNotTakenForTheMessage(String other) {
    byte[] sip = (HEADERS + "Content-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] content = new byte[52 + 1 + other.length() + 3 + sip.length];
    content[12] = 0x20;
    content[13] = 1;
    content[28] = 0x20;
    content[29] = 1;
    content[52] = (byte) other.length();
    System.arraycopy(other.getBytes(StandardCharsets.US_ASCII), 0, content, 53, other.length());
    int at = 53 + other.length();
    content[at] = (byte) 255;
    Octets.put16(content, at + 1, sip.length);
    System.arraycopy(sip, 0, content, at + 3, sip.length);
    fixture.read(connection, Examples.message(SetId.TCP_OUT, content));
    assertThat(fixture.count("sip_tcp6_out")).isEqualTo(1);
    assertThat(fixture.records().get(fixture.records().size() - 1).callId()).isEqualTo("m1");
  }

  @Test
  void overSctpIsReadAsOverTcp() {
    byte[] message = overTcp(HEADERS + "Content-Length: 0\r\n\r\n");
    Octets.put16(message, 16, SetId.SCTP_IN);
    fixture.read(connection, message);
    assertThat(fixture.records().get(0).transport()).isEqualTo("sctp");
    assertThat(fixture.count("sip_sctp4_in")).isEqualTo(1);
  }

  @Test
  void aSetOfAnUnknownIdIsSkippedAndASampleKept() {
    byte[] strange = {1, 2, 3, (byte) 0xff};
    fixture.read(
        connection, Examples.message(266, strange), Examples.message(2, strange), overTcp("x"));
    fixture.read(connection, Examples.message(3, strange), Examples.message(257, strange));
    assertThat(fixture.count("unknown_sets")).isEqualTo(2);
    assertThat(fixture.count("template_sets")).isEqualTo(1);
    assertThat(fixture.count("opt_template_sets")).isEqualTo(1);
    assertThat(fixture.count("err_parse")).isZero();
    assertThat(connection.health.view().get("unknownSet"))
        .isEqualTo(Map.of("id", 257, "hex", "010203ff"));
  }

  @ParameterizedTest
  @CsvSource({"true, false, 2", "false, true, 2", "true, true, 4"})
  void ignoredDirectionsAreNotDecoded(boolean ingress, boolean egress, int ignored) {
    Fixture other = new Fixture(new CollectorSettings("x", Timeouts.of(0, 0), ingress, egress, 0));
    other.read(other.open(), Examples.stream("12.1", "12.4", "12.5", "12.6", "12.7", "12.8"));
    assertThat(other.count("ignored_sets")).isEqualTo(ignored);
    assertThat(other.counters.sipRecords()).isEqualTo(4 - ignored);
    assertThat(other.count("qos")).isEqualTo(1);
    assertThat(other.counters.balance().missing()).isZero();
  }

  @Test
  void zerosBehindTheLastSetArePadding() {
    byte[] padded = Arrays.copyOf(Examples.of("12.4"), 342 + 3);
    Octets.put16(padded, Framing.LENGTH, padded.length);
    readThenAGoodOne(padded);
    assertThat(fixture.count("err_parse")).isZero();
    padded[344] = 1;
    fixture.read(connection, padded);
    assertThat(fixture.count("err_parse")).isEqualTo(1);
    assertThat(fixture.records()).hasSize(3);
  }

  @Test
  void aMessageThatNeverEndsIsCountedWithItsConnection() {
    fixture.read(connection, Arrays.copyOf(Examples.of("12.4"), 100));
    fixture.pass(7);
    fixture.collector.closed(connection, null);
    fixture.collector.closed(connection, null);
    assertThat(fixture.count("partial_msgs")).isEqualTo(1);
    assertThat(fixture.count("conns_active")).isZero();
    assertThat(fixture.count("max_conn_lifetime")).isEqualTo(7);
    assertThat(connection.health.view())
        .containsEntry("endReason", "closed by the SBC within a message")
        .containsEntry("lastError", "closed by the SBC within a message");
  }

  @Test
  void silenceBeyondTheTimeoutEndsTheConnection() {
    fixture.read(connection, Examples.of("12.1"));
    fixture.pass(59);
    fixture.read(connection, Examples.of("12.3"));
    fixture.pass(59);
    assertThat(isClosed()).isFalse();
    assertThat(fixture.count("dbg_io_deadlines")).isEqualTo(1);
    fixture.pass(2);
    assertThat(isClosed()).isTrue();
    assertThat(fixture.count("err_timeout")).isEqualTo(1);
    assertThat(connection.health.view()).containsEntry("endReason", "silent for too long");
  }

  @Test
  void whoSendsNoWholeMessageInTimeIsClosed() {
    Connection drips = fixture.open();
    Connection speaks = fixture.open();
    fixture.read(speaks, Examples.of("12.3"));
    fixture.pass(40);
    fixture.read(drips, Arrays.copyOf(Examples.of("12.3"), 5));
    fixture.pass(19);
    assertThat(isClosed()).isFalse();
    fixture.pass(2);
    assertThat(isClosed()).isTrue();
    assertThat(Fixture.peer(drips).closed).isTrue();
    assertThat(Fixture.peer(drips).ended).isEqualTo(1);
    assertThat(Fixture.peer(speaks).closed).isFalse();
    assertThat(fixture.count("err_timeout")).isEqualTo(2);
    fixture.pass(100_000);
    assertThat(Fixture.peer(speaks).closed).as("no timeout is set").isFalse();
  }

  @Test
  void withoutAnyTimeoutNoMessageNeedCome() {
    Fixture other = new Fixture(new CollectorSettings("x", Timeouts.of(-1, -1), false, false, 0));
    Connection silent = other.open();
    other.pass(100_000);
    assertThat(Fixture.peer(silent).closed).isFalse();
  }

  @Test
  void aPauseOfOursIsNotHeldAgainstAFirstMessage() {
    fixture.pass(50);
    fixture.collector.resumed();
    fixture.pass(50);
    assertThat(isClosed()).isFalse();
    fixture.pass(11);
    assertThat(isClosed()).isTrue();
  }

  @Test
  void aHandshakeBringsAShorterTimeoutAtOnce() {
    Fixture other = new Fixture(new CollectorSettings("x", Timeouts.of(10, 40), false, false, 0));
    Connection first = other.open();
    Connection second = other.open();
    other.read(first, Examples.of("12.10-request"));
    other.pass(11);
    assertThat(Fixture.peer(first).closed).isTrue();
    assertThat(Fixture.peer(second).closed).isFalse();
    other.pass(30);
    assertThat(Fixture.peer(second).closed).isTrue();
  }

  @Test
  void aPauseOfOursIsNobodysSilence() {
    fixture.read(connection, Examples.of("12.1"));
    fixture.pass(50);
    fixture.collector.resumed();
    fixture.pass(50);
    assertThat(isClosed()).isFalse();
  }

  @Test
  void jumpsOfTheSequenceNumberAreCounted() {
    byte[] message = Examples.of("12.4");
    for (int number : new int[] {1, 2, 2, 5, 6, 3, 4}) {
      Octets.put16(message, 10, number);
      fixture.read(connection, message, Examples.of("12.3"));
    }
    assertThat(connection.health.view())
        .containsEntry("sequenceGaps", 2L)
        .containsEntry("sequenceMissing", 2L);
    assertThat(fixture.count("seq_gaps")).isEqualTo(2);
  }

  @Test
  void theClockOfAnSbcThatIsAheadDoesNotTakeTheOthersAlong() {
    byte[] message = Examples.of("12.4");
    Octets.put16(message, 0x16, Octets.uint16(message, 0x16) + 3600);
    fixture.read(connection, message, Examples.of("12.4"));
    List<Seen> records = fixture.records();
    assertThat(records).allMatch(seen -> seen.captureNanos() == Fixture.NOW);
    assertThat(fixture.count("clock_off")).isEqualTo(1);
    assertThat(connection.health.view()).containsEntry("clockOff", 1L);
  }

  @Test
  void anAbsurdTimeIsThatOfArrival() {
    byte[] message = Examples.of("12.4");
    Arrays.fill(message, 0x14, 0x1c, (byte) 0);
    fixture.read(connection, message);
    assertThat(fixture.records().get(0).captureNanos()).isEqualTo(Fixture.NOW);
    assertThat(fixture.stat("bad_times")).isEqualTo(1);
  }
}
