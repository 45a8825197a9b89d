package io.callscope.tracker.partition;

import static io.callscope.tracker.Traffic.EPOCH;
import static io.callscope.tracker.Traffic.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.CallQuality;
import io.callscope.bus.CallQuality.Flow;
import io.callscope.bus.CallQuality.Leg;
import io.callscope.bus.CallQuality.Stream;
import io.callscope.bus.CallRecord;
import io.callscope.bus.EventBatch;
import io.callscope.bus.EventText;
import io.callscope.bus.EventType;
import io.callscope.bus.QualityCodec;
import io.callscope.bus.RecordFlags;
import io.callscope.bus.RecordKind;
import io.callscope.counters.CounterGroup;
import io.callscope.sip.CallIdHash;
import io.callscope.sip.CallIdLimit;
import io.callscope.tracker.Question;
import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Feed;
import io.callscope.tracker.Traffic.Message;
import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.leg.LegSettings;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What SBCs tell of the calls of a partition. */
class PartitionLegsTest {
  private static final long WALL = 1_800_000_000_000_000_000L;
  private static final long WAIT = 1_000_000_000L;
  private static final String OTHER = "out-1@sbc";

  private final Dialog call = Dialog.call(1);
  private final Feed feed = new Feed("ipfix:4739.0");
  private final List<CallEvent> events = new ArrayList<>();
  private Partition partition = partition(1000, WAIT);

  private static Partition partition(int maxLegs, long waitNanos) {
    return new Partition(0, new CallSettings(), 0, new LegSettings(maxLegs, waitNanos));
  }

  private long counter(String name) {
    for (CounterGroup group : partition.counters()) {
      for (int i = 0; i < group.definitions().size(); i++) {
        if (group.name().equals("legs") && group.definitions().get(i).name().equals(name)) {
          return group.value(i);
        }
      }
    }
    throw new AssertionError("no counter " + name);
  }

  private List<CallEvent> run(double markSeconds) {
    partition.accept(feed.build(nanos(markSeconds)), WALL);
    EventBatch batch = partition.takeEvents();
    if (batch != null) {
      events.addAll(batch.events());
    }
    return events;
  }

  private void start(int flags) {
    feed.reportedBy("sbc01 (192.0.2.5)", flags);
    feed.add(call.request("INVITE", "", 1), EPOCH);
    feed.add(call.reply(200, "INVITE", "b", 1), nanos(1));
  }

  private void bye(double seconds) {
    feed.add(call.request("BYE", "b", 2), nanos(seconds));
  }

  private static CallQuality report(String ingress, String egress, long endNanos) {
    Stream stream = new Stream(1, 2, 3, 4, 5, 6, 7);
    Flow flow = new Flow("198.51.100.7", 1, "192.0.2.1", 2);
    return new CallQuality(
        "sbc01",
        EPOCH,
        endNanos,
        1,
        false,
        new Leg(ingress, "r", 0, 0, 0, 9204, 438, stream, stream, flow, flow),
        new Leg(egress, "r", 0, 0, 0, 0, 0, stream, stream, flow, flow));
  }

  @Test
  void aReportThatCannotBeReadIsCountedAndPassedOver() {
    start(RecordFlags.REPORTS_QUALITY);
    byte[] cut = Arrays.copyOf(QualityCodec.bytes(report(call.callId(), OTHER, EPOCH)), 40);
    feed.tell(RecordKind.QUALITY, CallRecord.PUBLISH, call.callId(), cut, nanos(2));
    bye(5);

    run(9);

    assertThat(of(events, EventType.CALL_QUALITY)).isNull();
    assertThat(of(events, EventType.CALL_END)).isNotNull();
    assertThat(counter("reports_bad")).isEqualTo(1);
    assertThat(counter("reports")).isZero();
  }

  private void quality(String callId, int option, double seconds) {
    CallQuality report = report(call.callId(), OTHER, nanos(seconds));
    feed.tell(RecordKind.QUALITY, option, callId, QualityCodec.bytes(report), nanos(seconds));
  }

  private static CallEvent of(List<CallEvent> events, EventType type) {
    return events.stream().filter(event -> event.type() == type).findFirst().orElse(null);
  }

  private Map<String, Object> view() {
    return partition.query().call(call.callId()).get(0);
  }

  @Test
  void theCallEndWaitsForTheReportAndCarriesIt() {
    start(RecordFlags.REPORTS_QUALITY);
    bye(5);
    assertThat(of(run(5.5), EventType.CALL_END)).as("waits").isNull();
    assertThat(counter("holding")).isEqualTo(1);
    quality(call.callId(), CallRecord.PUBLISH, 5.6);
    run(5.7);
    CallEvent end = of(events, EventType.CALL_END);
    assertThat(end.quality().ingress().mosHundredths()).isEqualTo(438);
    assertThat(end.quality().late()).isFalse();
    assertThat(end.timeNanos()).as("its own time").isEqualTo(nanos(5));
    CallEvent published = of(events, EventType.CALL_QUALITY);
    assertThat(published.quality().late()).isFalse();
    assertThat(published.text(EventText.FROM)).isEqualTo(call.from());
    assertThat(counter("attached")).isEqualTo(1);
    assertThat(counter("holding")).isZero();
  }

  @Test
  void whileACallEndWaitsTheWatermarkStaysBehindIt() {
    start(RecordFlags.REPORTS_QUALITY);
    run(1.5);
    bye(5);
    partition.accept(feed.build(nanos(5.9)), WALL);
    assertThat(partition.takeEvents().markNanos()).isLessThanOrEqualTo(nanos(5));
    partition.accept(feed.build(nanos(6.1)), WALL);
    EventBatch batch = partition.takeEvents();
    assertThat(batch.events()).extracting(CallEvent::type).containsExactly(EventType.CALL_END);
    assertThat(batch.markNanos()).isGreaterThan(nanos(5.9));
    assertThat(counter("hold_timeouts")).isEqualTo(1);
  }

  @Test
  void aReportAfterThatIsPublishedAndSaysSo() {
    start(RecordFlags.REPORTS_QUALITY);
    bye(5);
    run(6.5);
    assertThat(of(events, EventType.CALL_END).quality()).isNull();
    quality(call.callId(), CallRecord.PUBLISH, 7);
    run(7.5);
    assertThat(of(events, EventType.CALL_QUALITY).quality().late()).isTrue();
    assertThat(counter("reports_late")).isEqualTo(1);
  }

  @Test
  void aCallIdThatIsTooLongToBeTrackedIsNotKept() {
    feed.reportedBy("sbc01 (192.0.2.5)", RecordFlags.SBC_RECEIVED);
    for (int more = 0; more < 3; more++) {
      String callId = "x".repeat(CallIdLimit.MAX_KEPT_BYTES + more);
      Dialog odd = new Dialog(callId, "f", "sip:a@b", "sip:c@d");
      feed.add(odd.request("INVITE", "", 1), EPOCH);
    }
    run(1);
    assertThat(counter("entries")).isEqualTo(1);
    assertThat(counter("long_call_ids")).isEqualTo(2);
  }

  @Test
  void theCallEndOfAnSbcThatReportsNothingDoesNotWait() {
    start(RecordFlags.SBC_RECEIVED);
    bye(5);
    assertThat(of(run(5), EventType.CALL_END)).isNotNull();
  }

  @Test
  void withoutAWaitTheReportOfTheCallSoFarIsCarried() {
    partition = partition(1000, 0);
    start(RecordFlags.REPORTS_QUALITY);
    quality(call.callId(), CallRecord.PUBLISH, 2);
    bye(50);
    assertThat(of(run(50), EventType.CALL_END).quality()).isNotNull();
  }

  @Test
  void aReportThatComesJustBeforeTheEndIsTheLastOne() {
    start(RecordFlags.REPORTS_QUALITY);
    quality(call.callId(), CallRecord.PUBLISH, 4.9);
    bye(5);
    assertThat(of(run(5), EventType.CALL_END).quality()).isNotNull();
  }

  @Test
  void aReportOfAnUnknownCallHasTheAddressesOfItsMedia() {
    quality(call.callId(), CallRecord.PUBLISH, 1);
    CallEvent event = of(run(2), EventType.CALL_QUALITY);
    assertThat(event.text(EventText.CALL_ID)).isEqualTo(call.callId());
    assertThat(event.ends().clientIp()).isEqualTo("198.51.100.7");
    assertThat(event.ends().serverPort()).isEqualTo(2);
    assertThat(event.quality().late()).isTrue();
  }

  @Test
  void theOtherLegGetsTheReportButDoesNotPublishIt() {
    start(RecordFlags.SBC_SENT);
    quality(call.callId(), 0, 2);
    assertThat(of(run(3), EventType.CALL_QUALITY)).isNull();
    assertThat(view()).containsKey("quality");
    assertThat(view().get("linked")).isEqualTo(List.of(OTHER));
  }

  @Test
  void aCallIdThatIsNoUtf8MeetsItsReportAndShowsItsOtherLeg() {
    Dialog odd = new Dialog("caf\u00e9-1@x", "f", "sip:a@b", "sip:c@d");
    feed.reportedBy("sbc01 (192.0.2.5)", RecordFlags.REPORTS_QUALITY);
    addLatin(odd.request("INVITE", "", 1), 0);
    addLatin(odd.reply(200, "INVITE", "b", 1), 1);
    addLatin(odd.request("BYE", "b", 2), 5);
    assertThat(of(run(5.5), EventType.CALL_END)).as("waits").isNull();

    CallQuality report = report(odd.callId(), "caf\u00e8-2@sbc", nanos(5.6));
    byte[] content = QualityCodec.bytes(report);
    feed.tell(RecordKind.QUALITY, CallRecord.PUBLISH, odd.callId(), content, nanos(5.6));
    assertThat(of(run(5.7), EventType.CALL_END).quality()).isEqualTo(report);
    assertThat(counter("holding")).isZero();

    Question calls = new Question();
    new PartitionQueries(partition, calls.turns(), "a")
        .ask(Question.fields("{'query':'calls'}"), calls);
    JsonObject shown = calls.finish().getJsonArray("calls").getJsonObject(0);
    assertThat(shown.getString("sbc")).isEqualTo("sbc01 (192.0.2.5)");
    assertThat(shown.getJsonArray("linked")).containsExactly("caf\ufffd-2@sbc");
  }

  private void addLatin(Message message, double seconds) {
    byte[] bytes = message.text().getBytes(StandardCharsets.ISO_8859_1);
    feed.add(bytes, message.fromCallee(), nanos(seconds));
  }

  @Test
  void legsShowEachOtherAndTheirSbc() {
    feed.tell(RecordKind.LINK, 0, call.callId(), OTHER.getBytes(StandardCharsets.US_ASCII), EPOCH);
    start(RecordFlags.SBC_SENT);
    run(1.5);
    assertThat(view()).containsEntry("sbc", "sbc01 (192.0.2.5)").doesNotContainKey("quality");
    assertThat(view().get("linked")).isEqualTo(List.of(OTHER));
  }

  @Test
  void aCallHasSoManyLegsAndNoMore() {
    for (int i = 0; i < 20; i++) {
      byte[] other = ("out-" + i).getBytes(StandardCharsets.US_ASCII);
      feed.tell(RecordKind.LINK, 0, call.callId(), other, EPOCH);
    }
    start(0);
    run(2);
    assertThat((List<?>) view().get("linked")).hasSize(8);
    assertThat(counter("links")).isEqualTo(8);
    assertThat(counter("links_full")).isEqualTo(12);
  }

  /** The next Call-ID whose hash falls into the first bucket of a table of 1,024. */
  private static String colliding(String start) {
    for (int i = 0; ; i++) {
      byte[] callId = (start + "-" + i).getBytes(StandardCharsets.US_ASCII);
      if ((CallIdHash.of(callId, 0, callId.length) & 1023) == 0) {
        return start + "-" + i;
      }
    }
  }

  @Test
  void callIdsMadeToCollideDoNotMakeALongChain() {
    for (int i = 0; i < 100; i++) {
      String linked = colliding("l" + i);
      feed.tell(RecordKind.LINK, 0, linked, new byte[] {'x'}, EPOCH);
      feed.tell(RecordKind.LINK, 0, linked, new byte[] {'y'}, EPOCH);
    }
    run(0);
    feed.reportedBy("sbc01", RecordFlags.SBC_RECEIVED);
    for (int i = 0; i < 100; i++) {
      feed.add(
          new Dialog(colliding("m" + i), "f", "sip:a@b", "sip:c@d").request("INVITE", "", 1),
          EPOCH);
    }
    feed.tell(RecordKind.LINK, 0, colliding("z"), new byte[] {'x'}, EPOCH);
    quality(colliding("q"), CallRecord.PUBLISH, 0);
    start(0);
    run(1.5);

    assertThat(counter("entries")).isEqualTo(128 + 1);
    assertThat(counter("chain_full")).isEqualTo(72 + 1 + 1);
    assertThat(counter("links")).as("of those that are kept").isEqualTo(200);
    assertThat(of(events, EventType.CALL_QUALITY)).as("told all the same").isNotNull();
    assertThat(view()).as("other chains have room").containsKey("sbc");
    for (int i = 0; i < 40; i++) {
      run(60 + i);
    }
    feed.tell(RecordKind.LINK, 0, colliding("z"), new byte[] {'x'}, nanos(100));
    run(101);
    assertThat(counter("links")).as("room again, once they are forgotten").isEqualTo(201);
  }

  @Test
  void whatIsToldOfManyCallsIsBoundedAndForgottenInTime() {
    partition = partition(10, 0);
    for (int i = 0; i < 30; i++) {
      feed.tell(RecordKind.LINK, 0, "c" + i, new byte[] {'x'}, EPOCH);
    }
    run(1);
    assertThat(counter("entries")).isEqualTo(10);
    assertThat(counter("evicted")).isEqualTo(20);
    for (int i = 0; i < 5; i++) {
      run(40 + i);
    }
    assertThat(counter("entries")).isZero();
  }

  @Test
  void whatIsToldOfACallThatGoesOnIsKept() {
    start(0);
    run(1);
    for (int i = 1; i < 10; i++) {
      run(31 * i);
    }
    assertThat(view()).containsKey("sbc");
  }

  @Test
  void aMessageThatCameCutIsShownSo() {
    partition = new Partition(0, new CallSettings(), 1 << 20);
    start(RecordFlags.SBC_RECEIVED);
    feed.reportedBy("sbc01", RecordFlags.TRUNCATED);
    bye(2);
    run(3);
    byte[] callId = call.callId().getBytes(StandardCharsets.US_ASCII);
    assertThat(partition.messages(callId, 10, 1 << 20).messages())
        .extracting(MessageView::of)
        .extracting(view -> view.get("truncated"))
        .containsExactly(null, null, true);
  }

  @Test
  void theLastEventsWaitForNothing() {
    start(RecordFlags.REPORTS_QUALITY);
    bye(5);
    run(5.1);
    assertThat(partition.takeLastEvents().events())
        .extracting(CallEvent::type)
        .containsExactly(EventType.CALL_END);
  }

  @Test
  void whereNoSbcTellsAnythingNothingIsKept() {
    feed.add(call.request("INVITE", "", 1), EPOCH);
    feed.add(call.reply(200, "INVITE", "b", 1), nanos(1));
    bye(5);
    assertThat(of(run(5), EventType.CALL_END)).isNotNull();
    assertThat(counter("entries")).isZero();
    assertThat(view()).doesNotContainKeys("sbc", "linked", "quality");
  }
}
