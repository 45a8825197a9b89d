package io.callscope.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallQuality;
import io.callscope.bus.RecordFlags;
import io.callscope.bus.RecordKind;
import io.callscope.ipfix.Fixture.Seen;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The worked examples, byte for byte. */
class ExamplesTest {
  private final Fixture fixture = new Fixture();

  private List<Seen> read(byte[]... reads) {
    fixture.read(fixture.open(), reads);
    return fixture.records();
  }

  private static byte[] answer(CollectorSettings settings, byte[] request) {
    Fixture fixture = new Fixture(settings);
    Connection connection = fixture.open();
    fixture.read(connection, request);
    List<byte[]> sent = Fixture.peer(connection).sent;
    assertThat(sent).hasSize(1);
    assertThat(fixture.count("pkts_sent")).isEqualTo(1);
    assertThat(fixture.count("bytes_sent")).isEqualTo(sent.get(0).length);
    return sent.get(0);
  }

  private static CollectorSettings settings(int min, int max, int qualityFlags) {
    return new CollectorSettings("ipfix.0", Timeouts.of(min, max), false, false, qualityFlags);
  }

  @ParameterizedTest
  @CsvSource({"12.1, 12.2", "12.10-request, 12.10-reply"})
  void aConnectRequestIsAnswered(String request, String reply) {
    assertThat(answer(settings(0, 0, 0), Examples.of(request))).isEqualTo(Examples.of(reply));
  }

  @Test
  void theIntervalThatWasAgreedOnIsAnswered() {
    byte[] wanted = Examples.of("12.2");
    wanted[30] = 0;
    wanted[31] = 0x14;
    assertThat(answer(settings(10, 40, 0), Examples.of("12.1"))).isEqualTo(wanted);
  }

  @Test
  void reportsOfQualityAreAskedFor() {
    byte[] wanted = Examples.of("12.2");
    wanted[25] = 4;
    assertThat(answer(settings(0, 0, 4), Examples.of("12.1"))).isEqualTo(wanted);
  }

  @Test
  void theRequestOfARealSystemIsAnswered() {
    byte[] wanted = Examples.of("12.9");
    wanted[17] = 1;
    Arrays.fill(wanted, 24, 30, (byte) 0);
    assertThat(answer(settings(0, 0, 0), Examples.of("12.9"))).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 234, 254, 255, 300})
  void hostNamesOfAnyLengthAreAnswered(int length) {
    boolean threeBytes = length >= 255;
    byte[] content = Arrays.copyOf(Examples.content("12.1"), 21 + (threeBytes ? 3 : 1) + length);
    Arrays.fill(content, 21, content.length, (byte) 'h');
    content[21] = (byte) Math.min(length, 255);
    if (threeBytes) {
      Octets.put16(content, 22, length);
    }
    byte[] answer = answer(settings(0, 0, 0), Examples.message(SetId.CONNECT, content));
    assertThat(Octets.uint16(answer, Framing.LENGTH)).isEqualTo(answer.length);
    assertThat(answer).hasSize(20 + content.length);
  }

  @Test
  void theAnswerHasNoPadding() {
    byte[] content = Arrays.copyOf(Examples.content("12.1"), 30);
    byte[] answer = answer(settings(0, 0, 0), Examples.message(SetId.CONNECT, content));
    assertThat(answer).hasSize(47);
  }

  @Test
  void aKeepAliveIsNotAnswered() {
    Connection connection = fixture.open();
    fixture.read(connection, Examples.of("12.3"));
    assertThat(Fixture.peer(connection).sent).isEmpty();
    assertThat(fixture.count("keepalives")).isEqualTo(1);
    assertThat(fixture.count("err_parse")).isZero();
  }

  @Test
  void anInviteOverUdp() {
    Seen seen = read(Examples.of("12.4")).get(0);
    assertThat(seen.kind()).isEqualTo(RecordKind.MESSAGE);
    assertThat(seen.transport()).isEqualTo("udp");
    assertThat(seen.source()).isEqualTo("198.51.100.7 5060");
    assertThat(seen.destination()).isEqualTo("192.0.2.9 5060");
    assertThat(seen.captureNanos()).isEqualTo(1_708_009_089_250_000_000L);
    assertThat(seen.callId()).isEqualTo("call-0001@198.51.100.7");
    assertThat(seen.text()).hasSize(279).startsWith("INVITE sip:bob@192.0.2.9");
    assertThat(seen.flags()).isEqualTo(RecordFlags.SBC_RECEIVED);
    assertThat(seen.sbc()).isEqualTo("192.0.2.5");
    assertThat(fixture.count("pkts_rcvd")).isEqualTo(1);
    assertThat(fixture.count("sip_udp4_in")).isEqualTo(1);
    assertThat(fixture.stat("sip_udp")).isEqualTo(1);
    assertThat(fixture.stat("sip_INVITE")).isEqualTo(1);
  }

  @Test
  void anOptionsOverUdpAndIpv6WithTheOtherLegsCallId() {
    List<Seen> records = read(Examples.of("12.5"));
    Seen seen = records.stream().filter(r -> r.kind() == RecordKind.MESSAGE).findFirst().get();
    assertThat(seen.source()).isEqualTo("2001:db8::10 5060");
    assertThat(seen.destination()).isEqualTo("2001:db8::20 5060");
    assertThat(seen.text()).hasSize(227);
    assertThat(seen.ingressCallId()).isEqualTo("in-4711@edge");
    assertThat(seen.flags()).isEqualTo(RecordFlags.SBC_SENT);
    assertThat(fixture.count("sip_udp6_out")).isEqualTo(1);
    assertThat(fixture.stat("sip_OPTIONS")).isEqualTo(1);
    assertThat(records.stream().filter(r -> r.kind() == RecordKind.LINK).map(Seen::callId))
        .as("each leg's partition hears of the other")
        .containsExactlyInAnyOrder("opt-77@sbc01", "in-4711@edge");
  }

  @Test
  void legsThatComeBackLaterAreLinkedAgain() {
    Connection connection = fixture.open();
    fixture.read(connection, Examples.of("12.5"), Examples.of("12.5"));
    assertThat(fixture.count("link_records")).isEqualTo(2);
    fixture.pass(60);
    fixture.read(connection, Examples.of("12.5"));
    assertThat(fixture.count("link_records")).isEqualTo(4);
  }

  @Test
  void aByeOverTcpGoesFromSourceToDestination() {
    List<Seen> records = read(Examples.of("12.6"));
    assertThat(records).as("its own Call-ID links it to no other").hasSize(1);
    Seen seen = records.get(0);
    assertThat(seen.transport()).isEqualTo("tcp");
    assertThat(seen.source()).isEqualTo("192.0.2.9 5060");
    assertThat(seen.destination()).isEqualTo("198.51.100.7 40001");
    assertThat(seen.text()).hasSize(238);
    assertThat(fixture.count("sip_tcp4_out")).isEqualTo(1);
    assertThat(fixture.stat("sip_tcp")).isEqualTo(1);
    assertThat(fixture.stat("body_errs")).isZero();
  }

  @Test
  void aShortLengthAndPadding() {
    Seen seen = read(Examples.of("12.7")).get(0);
    assertThat(seen.text()).hasSize(174).startsWith("SIP/2.0 200 OK");
    assertThat(fixture.count("padded_sets")).isEqualTo(1);
    assertThat(fixture.count("max_padding")).isEqualTo(1);
    assertThat(fixture.count("sip_tcp4_in")).isEqualTo(1);
    assertThat(fixture.stat("sip_2XX")).isEqualTo(1);
  }

  @Test
  void aReportOfQuality() {
    byte[] content = Examples.content("12.8");
    CallQuality quality = new QualityReader().read(content, 0, content.length, "sbc01");
    assertThat(quality.sbc()).isEqualTo("sbc01");
    assertThat(quality.mediaType()).isEqualTo(1);
    assertThat(quality.beginNanos()).isEqualTo(1_708_009_089_250_000_000L);
    assertThat(quality.endNanos()).isEqualTo(1_708_009_137_120_000_000L);
    CallQuality.Leg in = quality.ingress();
    assertThat(in.callId()).isEqualTo("call-0001@198.51.100.7");
    assertThat(in.realm()).isEqualTo("peering1");
    assertThat(in.rtp()).isEqualTo(new CallQuality.Stream(516_224, 2368, 0, 2, 15, 0, 0));
    assertThat(in.rtcp()).isEqualTo(new CallQuality.Stream(1602, 9, 0, 453, 600, 57, 59));
    assertThat(in.rFactorHundredths()).isEqualTo(9204);
    assertThat(in.mosHundredths()).isEqualTo(438);
    assertThat(in.incoming())
        .isEqualTo(new CallQuality.Flow("198.51.100.7", 19_280, "192.0.2.1", 17_366));
    assertThat(in.outgoing())
        .isEqualTo(new CallQuality.Flow("192.0.2.1", 17_366, "198.51.100.7", 19_280));
    assertThat(List.of(in.slot(), in.port(), in.vlan())).containsExactly(0, 1, 100);
    CallQuality.Leg out = quality.egress();
    assertThat(out.callId()).isEqualTo("call-0001-out@10.0.0.1");
    assertThat(out.realm()).isEqualTo("core");
    assertThat(out.rtcp().packets()).isEqualTo(9);
    assertThat(out.rtcp().jitterMillis()).isEqualTo(17);
    assertThat(out.mosHundredths()).isEqualTo(440);
    assertThat(out.outgoing())
        .isEqualTo(new CallQuality.Flow("10.0.0.1", 13_000, "10.0.0.50", 13_604));
    assertThat(out.incoming())
        .isEqualTo(new CallQuality.Flow("10.0.0.50", 13_604, "10.0.0.1", 13_000));
  }

  @Test
  void aReportGoesToBothLegs() {
    List<Seen> records = read(Examples.of("12.8"));
    assertThat(records).extracting(Seen::kind).containsOnly(RecordKind.QUALITY);
    assertThat(records)
        .extracting(Seen::callId)
        .containsExactlyInAnyOrder("call-0001@198.51.100.7", "call-0001-out@10.0.0.1");
    assertThat(fixture.count("qos")).isEqualTo(1);
    assertThat(fixture.count("qos_records")).isEqualTo(2);
  }

  @Test
  void aReportOfACallIdThatIsNoUtf8GoesToItsCall() {
    byte[] message = Examples.of("12.8");
    int callId = new String(message, StandardCharsets.ISO_8859_1).indexOf("call-0001@");
    message[callId] = (byte) 0xe9;

    assertThat(read(message))
        .extracting(seen -> seen.text().substring(1, 23))
        .contains("\u00e9all-0001@198.51.100.7");
  }

  @Test
  void figuresThatAreNotKnownAreNone() {
    byte[] content = Examples.content("12.8");
    Arrays.fill(content, 8, 12, (byte) 0xff);
    content[52] = 0x7f;
    CallQuality quality = new QualityReader().read(content, 0, content.length, "");
    assertThat(quality.ingress().rtp().lost()).isZero();
    assertThat(quality.ingress().isMeasured()).isFalse();
  }

  private static final String[] STREAM = {"12.1", "12.3", "12.4", "12.6", "12.5", "12.7", "12.8"};

  @Test
  void aStreamGivesTheSameHoweverItIsCut() {
    byte[] stream = Examples.stream(STREAM);
    List<Seen> whole = read(stream);
    assertThat(whole).hasSize(4 + 2 + 2);
    for (int cut = 1; cut < stream.length; cut++) {
      Fixture other = new Fixture();
      Connection connection = other.open();
      other.read(
          connection, Arrays.copyOf(stream, cut), Arrays.copyOfRange(stream, cut, stream.length));
      assertThat(other.records()).as("cut at %d", cut).isEqualTo(whole);
      assertThat(Fixture.peer(connection).sent).hasSize(1);
    }
  }

  @Test
  void aStreamMayComeByteByByte() {
    byte[] stream = Examples.stream(STREAM);
    List<Seen> whole = read(stream);
    Fixture other = new Fixture();
    Connection connection = other.open();
    for (byte octet : stream) {
      other.read(connection, new byte[] {octet});
    }
    assertThat(other.records()).isEqualTo(whole);
    assertThat(other.count("pkts_rcvd")).isEqualTo(STREAM.length);
    assertThat(other.count("short_read")).isEqualTo(stream.length - STREAM.length);
    assertThat(other.count("long_read")).isZero();
    assertThat(fixture.count("long_read")).isEqualTo(STREAM.length - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 16, 17, 19, 20, 21, 300})
  void aStreamMayComeInPiecesOfOneSize(int size) {
    byte[] stream = Examples.stream(STREAM);
    List<Seen> whole = read(stream);
    Fixture other = new Fixture();
    Connection connection = other.open();
    for (int at = 0; at < stream.length; at += size) {
      other.read(connection, Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size)));
    }
    assertThat(other.records()).isEqualTo(whole);
  }

  @Test
  void manyInARow() {
    String[] names = new String[500];
    for (int i = 0; i < names.length; i++) {
      names[i] = STREAM[i % STREAM.length];
    }
    read(Examples.stream(names));
    assertThat(fixture.count("pkts_rcvd")).isEqualTo(500);
    assertThat(fixture.count("err_parse")).isZero();
    assertThat(fixture.counters.balance().missing()).isZero();
  }

  @Test
  void oneMessageMayHoldSeveralSets() {
    assertThat(read(Examples.joined("12.4", "12.6"))).hasSize(2);
    assertThat(fixture.count("max_sets")).isEqualTo(2);
    assertThat(fixture.count("pkts_rcvd")).isEqualTo(1);
  }

  @Test
  void recordsAreTaggedWithTheNameOfTheSbcOnceItIsKnown() {
    assertThat(read(Examples.stream("12.1", "12.4")).get(0).sbc()).isEqualTo("sbc01 (192.0.2.5)");
  }

  @Test
  void theHealthOfAConnectionIsTold() {
    Connection connection = fixture.open();
    fixture.read(connection, Examples.stream(STREAM));
    Map<String, Object> view = connection.health.view();
    assertThat(view)
        .containsEntry("sbc", "sbc01")
        .containsEntry("remote", "192.0.2.5")
        .containsEntry("remotePort", 51_234)
        .containsEntry("messages", 7L)
        .containsEntry("sip", 4L)
        .containsEntry("quality", 1L)
        .containsEntry("keepAlives", 1L)
        .containsEntry("handshakes", 1L)
        .containsEntry("timeoutSeconds", 60L)
        .containsEntry("keepAliveSeconds", 30L)
        .containsEntry("clockAheadMillis", -1880L)
        .containsEntry("lastKeepAlive", "2024-02-15T14:58:59Z");
    assertThat(view.get("handshake").toString())
        .contains("flags=252", "systemId=7", "productVersion=9.1.0", "host=sbc01");
    assertThat(view.get("sets").toString()).contains("name=media quality, sets=1, bytes=257");
  }
}
