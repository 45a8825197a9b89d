package io.callscope.tracker.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.callscope.bus.EventRate;
import io.callscope.bus.EventType;
import io.callscope.net.IpAddress;
import io.callscope.tracker.Question;
import io.callscope.tracker.rate.RateCounters;
import io.callscope.tracker.rate.RateLimiter;
import io.callscope.tracker.rate.RateSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator can ask of the event stage and change in it at run time. */
class StageControlsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long EPOCH = 1_704_067_200L * SECOND;

  private final RateCounters counters = new RateCounters();
  private final RateLimiter limiter = new RateLimiter(RateSettings.defaults(), counters);
  private final EventStage stage =
      new EventStage(1, 0, limiter, counters, new StageCounters(), event -> {});
  private final StageControls controls = new StageControls(stage, limiter);

  private JsonObject change(String json) {
    return new JsonObject(controls.apply(Question.fields(json)));
  }

  private Question begin(String json) {
    Question question = new Question();
    new StageQueries(stage, limiter, question.turns()).ask(Question.fields(json), question);
    return question;
  }

  private JsonObject ask(String json) {
    return begin(json).finish();
  }

  private EventRate event(EventType type, String ip, double seconds) {
    long nanos = EPOCH + (long) (seconds * SECOND);
    limiter.advance(nanos);
    byte[] address = IpAddress.parse(ip);
    return limiter.check(type, IpAddress.high(address), IpAddress.low(address), nanos);
  }

  private void events(EventType type, String ip, int count) {
    for (int i = 0; i < count; i++) {
      event(type, ip, i * 0.001);
    }
  }

  @Test
  void limitsAndIntervalsChangeAtOnceAndTheRestStays() {
    JsonObject now =
        change("{'change':'rates','limits':[2,0,0.5],'intervalsMillis':[500,60000,0]}");

    assertThat(now.getJsonArray("limits")).isEqualTo(JsonArray.of(2.0, 0.0, 0.5));
    assertThat(now.getJsonArray("intervalsMillis")).isEqualTo(JsonArray.of(500L, 60000L, 0L));
    assertThat(now.getLong("reportMin")).isEqualTo(100);
    assertThat(now.getLong("maxEntries")).isEqualTo(1_048_576);
    events(EventType.CALL_END, "192.0.2.1", 2);
    assertThat(event(EventType.CALL_END, "192.0.2.1", 0.1).exceeded()).isEqualTo(1);
    assertThat(event(EventType.CALL_END, "192.0.2.1", 0.1)).isNull();
    assertThat(ask("{'query':'settings'}").getJsonObject("rates")).isEqualTo(now);
  }

  @Test
  void whatCollectionsAimAtFollowsTheSizeOfTheTable() {
    change("{'change':'rates','maxEntries':1024}");
    JsonObject pressure = ask("{'query':'settings'}").getJsonObject("pressure");
    assertThat(pressure.getLong("hardTarget")).isEqualTo(921);
    assertThat(pressure.getLong("lightTrigger")).isEqualTo(870);
    assertThat(pressure.getLong("lightTarget")).isEqualTo(819);

    change("{'change':'rates','maxEntries':0}");
    change("{'change':'rates','maxEntries':1000}");
    assertThat(ask("{'query':'settings'}").getJsonObject("pressure").getLong("hardTarget"))
        .isEqualTo(900);
  }

  @Test
  void theCollectionInTheBackgroundCanBeSet() {
    JsonObject now =
        change("{'change':'collection','intervalMillis':1000,'oldAgeMillis':5000,'target':0}");
    assertThat(now.getLong("intervalMillis")).isEqualTo(1000);
    assertThat(now.getLong("maxWalked")).isEqualTo(20_000);

    event(EventType.CALL_END, "192.0.2.1", 0);
    event(EventType.CALL_END, "192.0.2.2", 6);
    event(EventType.CALL_END, "192.0.2.3", 7.5);
    assertThat(ask("{'query':'rates'}").getInteger("entries")).isEqualTo(2);
  }

  @Test
  void criteriaOfAFullTableCanBeSet() {
    change("{'change':'rates','maxEntries':2,'limits':[1,0,0]}");
    JsonObject now =
        change(
            "{'change':'pressure','hardTarget':1,'lightTrigger':9,'criteria':[{'exceeded':true,'ages':"
                + "[{'time':'lastExceeded','comparison':'>=','millis':1000},"
                + "{'time':'created','comparison':'<','millis':9000}]}]}");
    assertThat(now.getJsonArray("criteria").encode())
        .contains("\"exceeded\":true", "lastExceeded", ">=", "1000", "created", "9000");

    event(EventType.CALL_END, "192.0.2.1", 0);
    event(EventType.CALL_END, "192.0.2.1", 0);
    event(EventType.CALL_END, "192.0.2.2", 0);
    assertThat(event(EventType.CALL_END, "192.0.2.3", 0.5)).as("no room yet").isNotNull();
    assertThat(ask("{'query':'rates'}").getJsonArray("rates").encode()).doesNotContain("192.0.2.3");
    change("{'change':'pressure'}");
    event(EventType.CALL_END, "192.0.2.1", 0.9);
    event(EventType.CALL_END, "192.0.2.4", 2.5);
    assertThat(ask("{'query':'rates'}").getInteger("entries")).isEqualTo(2);
  }

  @Test
  void aCollectionCanBeForced() {
    events(EventType.CALL_END, "192.0.2.1", 1);
    events(EventType.REG_NEW, "192.0.2.1", 1);
    event(EventType.OTHER_OK, "192.0.2.1", 3);

    JsonObject result = change("{'change':'force_gc','target':1}");

    assertThat(result.getInteger("before")).isEqualTo(3);
    assertThat(result.getInteger("removed")).isEqualTo(2);
    assertThat(result.getBoolean("met")).isTrue();
  }

  @Test
  void typesCanBeDroppedKeptAndReset() {
    assertThat(
            change("{'change':'event_types','drop':['call-end','reg-new']}")
                .getJsonArray("dropped"))
        .containsExactly("call-end", "reg-new");
    assertThat(change("{'change':'event_types','keep':['call-end']}").getJsonArray("dropped"))
        .containsExactly("reg-new");
    assertThat(stage.droppedTypes()).isEqualTo(EventType.REG_NEW.bit());
    assertThat(change("{'change':'event_types','reset':true}").getJsonArray("dropped")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'change':'nope'}",
        "{'change':'rates','limits':[1,2]}",
        "{'change':'rates','limits':[1,2,-3]}",
        "{'change':'rates','limits':[1,2,'x']}",
        "{'change':'rates','intervalsMillis':[1,2,-3]}",
        "{'change':'rates','intervalsMillis':[1,2,9223372036854775807]}",
        "{'change':'rates','maxEntries':1.5,'limits':[9,9,9]}",
        "{'change':'rates','maxEntries':-1,'limits':[9,9,9]}",
        "{'change':'collection','intervalMillis':'1s'}",
        "{'change':'pressure','criteria':[{}]}",
        "{'change':'pressure','criteria':'x'}",
        "{'change':'pressure','criteria':[{'exceeded':1}]}",
        "{'change':'pressure','criteria':[{'ages':[{'time':'born','millis':1}]}]}",
        "{'change':'pressure','criteria':[{'ages':[{'time':'created','comparison':'=','millis':1}]}]}",
        "{'change':'force_gc','target':-1}",
        "{'change':'event_types','drop':['call-start','nope']}",
        "{'change':'event_types','drop':['empty']}",
      })
  void whatIsWrongIsRefusedAndNothingChanges(String json) {
    JsonObject before = ask("{'query':'settings'}");

    assertThatIllegalArgumentException().isThrownBy(() -> change(json));

    assertThat(ask("{'query':'settings'}")).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'query':'rates'} ; call-end 192.0.2.1, reg-new 192.0.2.1, call-end 198.51.100.7, msg-probe 2001:db8::1",
        "{'query':'rates','type':'call-end'} ; call-end 192.0.2.1, call-end 198.51.100.7",
        "{'query':'rates','exceeded':true} ; msg-probe 2001:db8::1",
        "{'query':'rates','exceeded':false,'type':'reg-new'} ; reg-new 192.0.2.1",
        "{'query':'rates','ip':'192.0.2.0/24'} ; call-end 192.0.2.1, reg-new 192.0.2.1",
        "{'query':'rates','ip':'198.51.100.7'} ; call-end 198.51.100.7",
        "{'query':'rates','ip':'2001:db8::/32'} ; msg-probe 2001:db8::1",
        "{'query':'rates','ip':'^2001|7$','regex':true} ; call-end 198.51.100.7, msg-probe 2001:db8::1",
        "{'query':'rates','rate':5} ; call-end 198.51.100.7, msg-probe 2001:db8::1",
        "{'query':'rates','rate':5,'comparison':'<','slot':1} ; call-end 192.0.2.1, reg-new 192.0.2.1",
        "{'query':'rates','skip':1,'limit':2} ; reg-new 192.0.2.1, call-end 198.51.100.7",
        "{'query':'rates','skip':9} ; ''",
      })
  void ratesAreListedByFilterOldestFirst(String query, String expected) {
    events(EventType.CALL_END, "192.0.2.1", 1);
    events(EventType.REG_NEW, "192.0.2.1", 2);
    events(EventType.CALL_END, "198.51.100.7", 5);
    events(EventType.MSG_PROBE, "2001:db8::1", 30);

    JsonObject answer = ask(query);

    List<String> listed = new ArrayList<>();
    answer
        .getJsonArray("rates")
        .forEach(
            rate ->
                listed.add(
                    ((JsonObject) rate).getString("type")
                        + " "
                        + ((JsonObject) rate).getString("ip")));
    assertThat(String.join(", ", listed)).isEqualTo(expected);
    assertThat(answer.getInteger("entries")).isEqualTo(4);
  }

  @Test
  void anEntryShowsItsRunsTimesAndRates() {
    events(EventType.MSG_PROBE, "192.0.2.1", 23);

    JsonObject rate = ask("{'query':'rates'}").getJsonArray("rates").getJsonObject(0);

    assertThat(rate.getInteger("total")).isEqualTo(23);
    assertThat(rate.getBoolean("exceeded")).isTrue();
    assertThat(rate.getInteger("exceededRun")).isEqualTo(3);
    assertThat(rate.getInteger("okRun")).isZero();
    assertThat(rate.getString("created")).isEqualTo("2024-01-01T00:00:00Z");
    assertThat(rate.getString("changed")).isEqualTo("2024-01-01T00:00:00.02Z");
    assertThat(rate.getString("lastOk")).isEqualTo("2024-01-01T00:00:00.019Z");
    JsonObject first = rate.getJsonArray("rates").getJsonObject(0);
    assertThat(first.getDouble("current")).isEqualTo(23);
    assertThat(first.getDouble("limit")).isEqualTo(20);
    assertThat(first.getDouble("intervalMillis")).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'query':'nope'}",
        "{'query':'rates','ip':'x'}",
        "{'query':'rates','ip':'(','regex':true}",
        "{'query':'rates','slot':3}",
        "{'query':'rates','type':'nope'}",
        "{'query':'rates','comparison':'~'}",
        "{'query':'rates','skip':-1}",
      })
  void badQueriesAreRefused(String json) {
    assertThat(ask(json).getString("refused")).isNotEmpty();
  }

  @Test
  void aLongListGoesInTurnsWhileEntriesComeAndGo() {
    for (int i = 0; i < 5000; i++) {
      event(EventType.CALL_END, "10.0." + i / 250 + "." + i % 250, 0);
    }
    Question question = begin("{'query':'rates','limit':0}");
    assertThat(question.isAnswered()).isFalse();
    event(EventType.REG_NEW, "192.0.2.1", 3);
    change("{'change':'force_gc','target':1}");

    JsonObject answer = question.finish();
    assertThat(answer.getInteger("entries")).isEqualTo(Question.TURN);
  }
}
