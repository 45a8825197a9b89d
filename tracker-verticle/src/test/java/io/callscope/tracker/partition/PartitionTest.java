package io.callscope.tracker.partition;

import static io.callscope.tracker.Traffic.EPOCH;
import static io.callscope.tracker.Traffic.nanos;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventBatch;
import io.callscope.bus.EventType;
import io.callscope.bus.SipBatch;
import io.callscope.counters.CounterGroup;
import io.callscope.tracker.Question;
import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Feed;
import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.call.CallState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches, queries and controls of a partition. */
class PartitionTest {
  private static final long WALL = 1_800_000_000_000_000_000L;

  private final CallSettings settings = new CallSettings();
  private final Partition partition = new Partition(3, settings, 1 << 20);
  private final Feed feed = new Feed("pcap");

  private void open(int calls) {
    for (int i = 0; i < calls; i++) {
      if (!feed.hasRoom(600)) {
        partition.accept(feed.build(EPOCH), WALL);
      }
      feed.add(Dialog.call(i).request("INVITE", "", 1), EPOCH);
    }
    partition.accept(feed.build(nanos(0.5)), WALL);
  }

  private long counter(String name) {
    for (CounterGroup group : partition.counters()) {
      for (int i = 0; i < group.definitions().size(); i++) {
        if (group.definitions().get(i).name().equals(name)) {
          return group.value(i);
        }
      }
    }
    throw new AssertionError("no counter " + name);
  }

  @Test
  void eventsComeWithTheWatermark() {
    Dialog call = Dialog.call(1);
    feed.add(call.request("INVITE", "", 1), EPOCH).add(call.reply(200, "INVITE", "b", 1), nanos(2));
    partition.accept(feed.build(nanos(3)), WALL);

    EventBatch batch = partition.takeEvents();

    assertThat(batch.producer()).isEqualTo(3);
    assertThat(batch.sequence()).isZero();
    assertThat(batch.events()).extracting(CallEvent::type).containsExactly(EventType.CALL_START);
    assertThat(batch.markNanos()).isBetween(nanos(2.9), nanos(3));
    assertThat(partition.takeEvents()).as("nothing new").isNull();
  }

  @Test
  void aRecordThatBreaksARuleIsCountedAndTheOthersAreFollowed() {
    feed.add(Dialog.call(1).request("INVITE", "", 1), EPOCH);
    feed.addBroken(Dialog.call(2).request("INVITE", "", 1), EPOCH);
    feed.add(Dialog.call(3).request("INVITE", "", 1), EPOCH);
    SipBatch batch = feed.last(nanos(1));

    partition.accept(batch, WALL);
    partition.accept(batch, WALL);

    assertThat(counter("failed")).as("not kept, not followed").isEqualTo(2);
    assertThat(counter("tracked_ok_udp")).isEqualTo(2);
    assertThat(counter("repeated")).isEqualTo(3);
    assertThat(partition.messages("a84b4c76e66710-3@192.0.2.10".getBytes(UTF_8), 9, 9999))
        .satisfies(found -> assertThat(found.messages()).hasSize(1));
  }

  @Test
  void eventsOfATimeOfLossSaySo() {
    for (int i = 0; i < 4; i++) {
      Dialog call = Dialog.call(i);
      feed.losing(i == 1);
      feed.add(call.request("INVITE", "", 1), nanos(i * 0.9));
      feed.add(call.reply(200, "INVITE", "b", 1), nanos(i * 0.9));
    }
    partition.accept(feed.build(nanos(4)), WALL);

    assertThat(partition.takeEvents().events())
        .extracting(CallEvent::loss)
        .as("at 0, 0.9, 1.8 and 2.7 s; the loss is noticed at 0.9 s")
        .containsExactly(false, true, true, false);
  }

  @Test
  void theEndOfASourceSettlesAllThatIsDueAndMovesTheMarkBeyond() {
    feed.add(Dialog.call(1).request("OPTIONS", "", 1), EPOCH);
    partition.accept(feed.last(nanos(30)), WALL);

    EventBatch batch = partition.takeEvents();

    assertThat(batch.events()).extracting(CallEvent::type).containsExactly(EventType.OTHER_TIMEOUT);
    assertThat(batch.markNanos()).isEqualTo(nanos(30) + 1);
    assertThat(partition.takeLastEvents().markNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aRepeatedBatchIsNotFollowedAgain() {
    feed.add(Dialog.call(1).request("INVITE", "", 1), EPOCH);
    var first = feed.build(EPOCH);
    feed.add(Dialog.call(2).request("INVITE", "", 1), EPOCH);
    var second = feed.build(EPOCH);
    partition.accept(first, WALL);
    partition.accept(second, WALL);
    partition.accept(first, WALL);
    partition.accept(second, WALL);
    partition.accept(
        new Feed("eth0").add(Dialog.call(3).request("ACK", "", 1), EPOCH).build(EPOCH), WALL);

    assertThat(counter("repeated")).isEqualTo(2);
    assertThat(counter("messages")).isEqualTo(3);
    assertThat(counter("tracked_ok_udp")).isEqualTo(3);
  }

  @Test
  void theLastBatchOfASourceIsFollowedOnceToo() {
    SipBatch last = feed.add(Dialog.call(1).request("INVITE", "", 1), EPOCH).last(EPOCH);
    partition.accept(last, WALL);
    partition.accept(last, WALL);

    assertThat(counter("repeated")).isEqualTo(1);
    assertThat(counter("messages")).isEqualTo(1);
  }

  @Test
  void aSourceOfAnEndedNameMayStartAnew() {
    partition.accept(feed.last(EPOCH), WALL);
    open(1);

    assertThat(counter("repeated")).isZero();
    assertThat(counter("messages")).isEqualTo(1);
  }

  @Test
  void probesAndParseErrorsAreEventsWithoutACall() {
    feed.addProbe(EPOCH);
    feed.add(
        "INVITE sip:x SIP/2.0\r\nCall-ID: c\r\n:\r\n\r\n".getBytes(StandardCharsets.UTF_8),
        false,
        EPOCH);
    partition.accept(feed.build(EPOCH), WALL);

    assertThat(partition.takeEvents().events())
        .extracting(CallEvent::type)
        .containsExactly(EventType.MSG_PROBE, EventType.PARSE_ERROR);
    assertThat(counter("others")).isEqualTo(2);
    assertThat(counter("messages")).isZero();
  }

  @Test
  void timeGoesOnByTheWallClockWhenLiveSourcesAreSilent() {
    Feed live = new Feed("eth0");
    live.add(Dialog.call(1).request("OPTIONS", "", 1), EPOCH);
    partition.accept(live.build(EPOCH), WALL);
    for (int i = 1; i <= 320; i++) {
      partition.tick(WALL + i * 100_000_000L);
    }

    EventBatch batch = partition.takeEvents();
    assertThat(batch.events()).extracting(CallEvent::timeNanos).containsExactly(nanos(30));
    assertThat(batch.markNanos()).isGreaterThan(nanos(30));
  }

  private Map<String, Object> ask(Map<String, Object> query) {
    return begin(query).finish().getMap();
  }

  private Question begin(Map<String, Object> query) {
    Question question = new Question();
    new PartitionQueries(partition, question.turns(partition.walks()), "a").ask(query, question);
    return question;
  }

  private static Map<String, Object> calls(int skip, int limit, Object... filters) {
    return Map.of("query", "calls", "skip", skip, "limit", limit, "filters", List.of(filters));
  }

  private static Map<String, Object> filter(String field, String value, boolean regex) {
    return Map.of("field", field, "value", value, "regex", regex);
  }

  @Test
  void aListIsGivenInPagesOldestFirst() {
    open(10);

    Map<String, Object> page = ask(calls(3, 2));

    assertThat(page).containsEntry("matches", 10).containsEntry("entries", 10);
    List<?> found = (List<?>) page.get("calls");
    assertThat(found.stream().map(call -> ((Map<?, ?>) call).get("callId").toString()))
        .containsExactly("a84b4c76e66710-3@192.0.2.10", "a84b4c76e66710-4@192.0.2.10");
    assertThat((List<?>) ask(calls(8, 100)).get("calls")).hasSize(2);
    assertThat((List<?>) ask(calls(100, 100)).get("calls")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "cid, -7@, false, 1",
    "cid, '-[1-3]@', true, 3",
    "cid, '-[1-3]@', false, 0",
    "ftag, f9, false, 1",
    "ttag, x, false, 0",
    "key, 10f4, false, 1",
    "state, first invite, false, 10",
    "state, inv_1st, false, 10",
    "state, established, false, 0"
  })
  void aListIsFiltered(String field, String value, boolean regex, int matches) {
    open(10);

    assertThat(ask(calls(0, 100, filter(field, value, regex)))).containsEntry("matches", matches);
  }

  @Test
  void filtersAreAllHeld() {
    open(10);

    assertThat(ask(calls(0, 9, filter("cid", "-1", false), filter("ftag", "f2", false))))
        .containsEntry("matches", 0);
  }

  @Test
  void aLongListIsPutTogetherInTurnsWhileCallsComeAndGo() {
    open(5000);
    Question question = begin(calls(0, 0, filter("cid", "@", false)));
    assertThat(question.turnsLeft()).isEqualTo(1);
    assertThat(question.isAnswered()).isFalse();
    partition.forceTimeouts(0).step(Integer.MAX_VALUE);
    feed.add(Dialog.call(9999).request("INVITE", "", 1), nanos(5));
    partition.accept(feed.build(nanos(5)), WALL);

    assertThat(question.finish().getMap())
        .containsEntry("entries", Question.TURN)
        .containsEntry("matches", Question.TURN);
    assertThat(counter("turn_us")).as("a turn, its answer included").isBetween(5_000L, 8_000L);
  }

  @Test
  void listsThatAreTooManyOrTakeTooLongAreCounted() {
    open(5000);
    Question first = new Question();
    PartitionQueries queries = new PartitionQueries(partition, first.turns(partition.walks()), "a");
    Map<String, Object> hasty = new HashMap<>(calls(0, 0, filter("cid", "@", false)));
    hasty.put("waitMillis", 20);
    Question last = new Question();
    queries.ask(hasty, first);
    for (int i = 1; i < 16; i++) {
      queries.ask(calls(0, 0, filter("cid", "@", false)), new Question());
    }
    queries.ask(calls(0, 0), last);

    assertThat(last.finish().getString("refused")).contains("again later");
    assertThat(counter("lists_refused")).isEqualTo(1);
    assertThat(first.finish().getString("refused")).contains("too long");
    assertThat(counter("lists_abandoned")).isEqualTo(1);
  }

  @Test
  void oneCallAndTheTablesCanBeAskedFor() {
    open(3);

    List<?> call =
        (List<?>)
            ask(Map.of("query", "call", "callId", "a84b4c76e66710-1@192.0.2.10")).get("calls");
    assertThat(call).hasSize(1);
    assertThat((List<?>) ask(Map.of("query", "call", "callId", "none")).get("calls")).isEmpty();
    Map<?, ?> table = (Map<?, ?>) ask(Map.of("query", "tables")).get("calls");
    assertThat(table.get("entries")).isEqualTo(3);
    assertThat(table.get("timers")).isEqualTo(3L);
  }

  @Test
  void messagesOfACallAreReadBackThoughItHasEnded() {
    open(3);
    partition.forceTimeouts(0).step(Integer.MAX_VALUE);
    partition.accept(feed.build(nanos(9)), WALL);
    assertThat(ask(calls(0, 9))).containsEntry("matches", 0);

    Map<String, Object> answer =
        ask(Map.of("query", "messages", "callId", "a84b4c76e66710-1@192.0.2.10"));

    assertThat(answer).containsEntry("ring", true).containsEntry("complete", true);
    Map<?, ?> message = (Map<?, ?>) ((List<?>) answer.get("messages")).get(0);
    assertThat(message.get("text")).isEqualTo(Dialog.call(1).request("INVITE", "", 1).text());
    assertThat(message.get("time")).isEqualTo("2024-01-01T00:00:00Z");
    assertThat(message.get("source")).isEqualTo("192.0.2.1");
    assertThat(message.get("base64")).isNull();
  }

  @Test
  void bytesThatAreNoTextComeAsBase64Too() {
    byte[] bytes = Dialog.call(1).request("INVITE", "", 1).bytes();
    bytes[bytes.length - 6] = (byte) 0xff;
    feed.add(bytes, false, EPOCH);
    partition.accept(feed.build(EPOCH), WALL);

    Map<String, Object> answer =
        ask(Map.of("query", "messages", "callId", "a84b4c76e66710-1@192.0.2.10"));

    Map<?, ?> message = (Map<?, ?>) ((List<?>) answer.get("messages")).get(0);
    assertThat(Base64.getDecoder().decode((String) message.get("base64"))).isEqualTo(bytes);
    assertThat((String) message.get("text")).contains("\ufffd");
  }

  @Test
  void withoutARingThereIsNothingToReadBack() {
    Partition without = new Partition(0, settings, 0);
    without.accept(feed.add(Dialog.call(1).request("INVITE", "", 1), EPOCH).build(EPOCH), WALL);

    assertThat(without.messages("a84b4c76e66710-1@192.0.2.10".getBytes(UTF_8), 9, 999)).isNull();
  }

  @Test
  void badQueriesAreRefusedWithAReason() {
    open(1);
    assertThat(ask(Map.of())).hasToString("{refused=query must be given}");
    assertThat(ask(Map.of("query", "call"))).hasToString("{refused=callId must be given}");
    assertThat(ask(calls(0, 1, filter("nope", "x", false))))
        .hasToString("{refused=no such filter: nope}");
    assertThat(ask(calls(0, 1, "cid"))).hasToString("{refused=filters must hold objects, not cid}");
    assertThat(ask(Map.of("query", "calls", "filters", "x")))
        .hasToString("{refused=filters must be a list, not x}");
    assertThat(ask(calls(-1, 1)).get("refused").toString()).contains("skip", "-1");
    assertThat(ask(calls(0, 1, filter("cid", "(", true))).get("refused").toString())
        .contains("regular expression");
    assertThat(ask(calls(0, 1, filter("cid", "a".repeat(600), true))).get("refused").toString())
        .contains("512");
  }

  @Test
  void anExpressionThatNeverEndsIsRefused() {
    Dialog call = new Dialog("a".repeat(60), "f", "sip:a@b", "sip:c@d");
    feed.add(call.request("INVITE", "", 1), EPOCH);
    partition.accept(feed.build(EPOCH), WALL);

    assertThat(ask(calls(0, 1, filter("cid", "(a.*){12}[!]", true))))
        .hasToString("{refused=regular expression takes too long}");
  }

  private Map<String, Object> change(Object... pairs) {
    return beginChange(pairs).finish().getMap();
  }

  private Question beginChange(Object... pairs) {
    Map<String, Object> change = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      change.put((String) pairs[i], pairs[i + 1]);
    }
    Question question = new Question();
    new PartitionControls(partition, question.turns()).apply(change, question);
    return question;
  }

  @Test
  void timeoutsAreForcedAndCounted() {
    open(4);

    assertThat(change("change", "force_timeout", "millis", 100))
        .containsEntry("forced", 4)
        .containsEntry("walked", 4);
    partition.accept(feed.last(nanos(1)), WALL);
    assertThat(partition.takeEvents().events())
        .hasSize(4)
        .allMatch(event -> event.timeNanos() == nanos(0.6));
  }

  @Test
  void manyTimeoutsAreForcedInTurnsWhileCallsCome() {
    open(5000);
    Question question = beginChange("change", "force_timeout", "millis", 100);
    assertThat(question.isAnswered()).isFalse();
    assertThat(question.turnsLeft()).isEqualTo(1);
    feed.add(Dialog.call(9999).request("INVITE", "", 1), nanos(0.5));
    partition.accept(feed.build(nanos(0.5)), WALL);

    assertThat(question.finish().getMap())
        .containsEntry("forced", 5000)
        .containsEntry("walked", 5000);
    partition.accept(feed.last(nanos(1)), WALL);
    assertThat(partition.takeEvents().events())
        .hasSize(5000)
        .allMatch(event -> event.timeNanos() == nanos(0.6));
    assertThat(ask(calls(0, 9))).as("the new one").containsEntry("matches", 1);
  }

  @Test
  void settingsChangeForWhatIsArmedAfterwards() {
    change("change", "call_timeouts", "seconds", Map.of("inv_1st", 7, "Established", 20));
    change("change", "registrations", "regExpDelta", 5, "contactIgnorePort", true);

    assertThat(settings.timeoutNanos(CallState.INV_1ST)).isEqualTo(7_000_000_000L);
    assertThat(settings.timeoutNanos(CallState.INV_ESTABLISHED)).isEqualTo(20_000_000_000L);
    assertThat(settings.expiryDeltaSeconds()).isEqualTo(5);
    assertThat(settings.deleteDelaySeconds()).isZero();
    assertThat(settings.contactIgnorePort()).isTrue();
    change("change", "call_timeouts", "seconds", Map.of("inv_1st", 0));
    assertThat(settings.timeoutNanos(CallState.INV_1ST)).isEqualTo(120_000_000_000L);
  }

  @Test
  void badChangesAreRefusedAndChangeNothing() {
    Object[][] bad = {
      {"change", "nope"},
      {"change", "force_timeout", "millis", -1},
      {"change", "force_timeout", "millis", "100"},
      {"change", "call_timeouts"},
      {"change", "call_timeouts", "seconds", Map.of("nope", 5)},
      {"change", "call_timeouts", "seconds", Map.of("inv_1st", 5, "init", 99)},
      {"change", "call_timeouts", "seconds", Map.of("inv_1st", "5")},
      {"change", "call_timeouts", "seconds", Map.of("inv_1st", (1L << 32) + 5)},
      {"change", "registrations", "regExpDelta", -1},
      {"change", "registrations", "regExpDelta", 1L << 40},
      {"change", "registrations", "contactIgnorePort", "yes"}
    };
    for (Object[] pairs : bad) {
      assertThat(change(pairs))
          .as(Arrays.toString(pairs))
          .containsOnlyKeys("refused")
          .doesNotContainEntry("refused", "");
    }
    assertThat(settings.timeoutNanos(CallState.INV_1ST)).isEqualTo(120_000_000_000L);
    assertThat(settings.expiryDeltaSeconds()).isEqualTo(30);
  }
}
