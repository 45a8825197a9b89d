package io.callscope.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallQuality.Flow;
import io.callscope.bus.CallQuality.Leg;
import io.callscope.bus.CallQuality.Stream;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CallQualityTest {
  private static Leg leg(String callId, int rFactor, int mos) {
    return new Leg(
        callId,
        "realm",
        1,
        2,
        100,
        rFactor,
        mos,
        new Stream(516_224, 2368, 3, 2, 15, 0, 0),
        new Stream(1602, 9, 0, 453, 600, 57, 59),
        new Flow("192.0.2.1", 19_280, "198.51.100.7", 55_000),
        new Flow("198.51.100.7", 17_366, "192.0.2.1", 19_280));
  }

  private static CallQuality quality(boolean late) {
    return new CallQuality(
        "sbc01",
        5_000_000_000L,
        6_000_000_000L,
        1,
        late,
        leg("in@a", 9204, 438),
        leg("out@b", 0, 0));
  }

  @Test
  void jsonNamesLossJitterLatencyRFactorAndMosPerLeg() {
    JsonObject json = QualityJson.of(quality(false));
    JsonObject ingress = json.getJsonObject("ingress");
    assertThat(ingress.getDouble("mos")).isEqualTo(4.38);
    assertThat(ingress.getDouble("r_factor")).isEqualTo(92.04);
    assertThat(ingress.getJsonObject("rtp").getLong("lost")).isEqualTo(3);
    assertThat(ingress.getJsonObject("rtp").containsKey("latency")).isFalse();
    assertThat(ingress.getJsonObject("rtcp").getLong("max_latency")).isEqualTo(59);
    assertThat(json.containsKey("late")).isFalse();
  }

  @Test
  void aMosOfZeroIsNone() {
    JsonObject egress = QualityJson.of(quality(false)).getJsonObject("egress");
    assertThat(egress.containsKey("mos")).isFalse();
    assertThat(egress.containsKey("r_factor")).isFalse();
  }

  @Test
  void aCallIdThatIsNoUtf8KeepsItsBytes() {
    CallQuality odd =
        new CallQuality("sbc01", 5, 6, 1, false, leg("caf\u00e9@a", 0, 0), leg("", 0, 0));
    byte[] bytes = QualityCodec.bytes(odd);

    CallQuality read = QualityCodec.read(bytes, 0, bytes.length);
    assertThat(read.ingress().callIdBytes()).containsExactly('c', 'a', 'f', 0xe9, '@', 'a');
    assertThat(QualityJson.of(read).getJsonObject("ingress").getString("call_id"))
        .isEqualTo("caf\ufffd@a");
  }

  @Test
  void aCallIdInUtf8IsShownAndReadAsSuch() {
    byte[] utf8 = "café@a".getBytes(StandardCharsets.UTF_8);
    String raw = new String(utf8, StandardCharsets.ISO_8859_1);
    CallQuality quality = new CallQuality("sbc01", 5, 6, 1, false, leg(raw, 0, 0), leg("", 0, 0));

    JsonObject json = QualityJson.of(quality);
    assertThat(json.getJsonObject("ingress").getString("call_id")).isEqualTo("café@a");
    assertThat(QualityJson.read(json).ingress().callIdBytes()).isEqualTo(utf8);
  }

  @Test
  void aReportGoesOverTheBusAndBackAsARecordOfItsCall() {
    byte[] content = QualityCodec.bytes(quality(true));
    CallRecord record = CallRecord.of(3, "in@a".getBytes(StandardCharsets.US_ASCII), content);
    SipMessage message = new SipMessage(record.bytes(), 0, record.row(), 0);
    assertThat(CallRecord.option(message)).isEqualTo(3);
    assertThat(CallRecord.callId(message)).asString().isEqualTo("in@a");
    assertThat(message.text(SipIndex.CALL_ID)).isEqualTo("in@a");
    assertThat(
            QualityCodec.read(
                message.bytes(), CallRecord.contentAt(message), CallRecord.contentEnd(message)))
        .isEqualTo(quality(true));
  }

  @Test
  void anEventKeepsItsQualityOverTheWire() {
    CallEvent event =
        new CallEvent(
                EventType.CALL_QUALITY,
                5,
                EventEnds.of(io.callscope.net.Transport.UDP, "192.0.2.1", 1, "192.0.2.2", 2),
                new EventTexts.Builder().add(EventText.CALL_ID, "in@a").build(),
                EventOutcome.NONE,
                EventDebug.none(5),
                EventRate.none(5),
                8)
            .with(quality(true));
    CallEvent read = EventJson.read(new JsonObject(EventJson.of(event).encode()));
    assertThat(read.quality()).isEqualTo(quality(true));
    assertThat(read.type()).isEqualTo(EventType.CALL_QUALITY);
    assertThat(EventJson.of(event).getJsonObject("sip").containsKey("response")).isFalse();
  }
}
