package io.callscope.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.EventOutcome.Originator;
import io.callscope.bus.EventOutcome.Span;
import io.callscope.net.IpAddress;
import io.callscope.net.Transport;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which fields an event has by its type, with which JSON types and values. */
class EventJsonTest {
  private static final long EPOCH = 1_704_067_200_000_000_000L;

  private static final Set<String> ALWAYS =
      Set.of(
          "@timestamp",
          "type",
          "sip.call_id",
          "client.ip",
          "client.port",
          "client.transport",
          "server.ip",
          "server.port",
          "event.call_start",
          "event.number",
          "encrypt_flags",
          "agent.type",
          "agent.version",
          "agent.version_base",
          "agent.version_long",
          "rate.exceeded",
          "rate.ex_diff",
          "rate.crt",
          "rate.lim",
          "rate.period",
          "rate.since",
          "rate.key",
          "dbg.state",
          "dbg.lastev",
          "dbg.evflags",
          "dbg.evgen",
          "dbg.created",
          "dbg.call_start",
          "dbg.forked",
          "dbg.cseq",
          "dbg.rcseq",
          "dbg.call_flags",
          "dbg.req_no",
          "dbg.repl_no",
          "dbg.req_retr",
          "dbg.repl_retr",
          "dbg.last_method",
          "dbg.last_status",
          "dbg.event_cnt",
          "dbg.event_idx",
          "dbg.event_next_idx");

  private static final Set<String> OF_CALLS =
      Set.of(
          "sip.fromtag",
          "sip.totag",
          "sip.from",
          "sip.to",
          "sip.request.method",
          "uri.original",
          "sip.contact",
          "sip.sip_reason",
          "user_agent.original",
          "uas.original",
          "sip.pai1",
          "sip.pai2",
          "sip.request.sig",
          "dbg.prev_state",
          "dbg.msg_trace");

  private static EventTexts texts(EventText... which) {
    EventTexts.Builder texts = new EventTexts.Builder();
    for (EventText text : EventText.values()) {
      if (Arrays.asList(which).contains(text)) {
        texts.add(text, "the " + text.name());
      }
    }
    return texts.build();
  }

  private static EventTexts textsOfCall() {
    return texts(
        Arrays.stream(EventText.values())
            .filter(EventJsonTest::isOfCall)
            .toArray(EventText[]::new));
  }

  private static boolean isOfCall(EventText text) {
    return text.compareTo(EventText.ERROR_INFO) < 0;
  }

  private static EventDebug debug() {
    return new EventDebug(
        "established",
        EventType.CALL_START,
        EventType.CALL_START.bit() | EventType.CALL_END.bit(),
        "request",
        EPOCH,
        0,
        514,
        new EventDebug.Side(4_294_967_295L, 7, 2, 3, 4, 5, 3, 200),
        new EventDebug.Side(231, 0, 1, 0, 0, 0, 4, 0));
  }

  private static CallEvent event(EventType type, EventTexts texts, EventOutcome outcome) {
    return new CallEvent(
        type,
        EPOCH + 5_200_000_000L,
        new EventEnds(
            Transport.UDP,
            0,
            IpAddress.lowOfIpv4(0xc000020a),
            5060,
            0x2001_0db8_0000_0000L,
            1,
            5070),
        texts,
        outcome,
        debug(),
        new EventRate(3, 2, 0.5715366387192937, 20, 1000, EPOCH),
        13);
  }

  private static EventOutcome outcome(Span span, boolean end) {
    Originator originator = end ? Originator.CALLEE : null;
    return new EventOutcome(
        200, 399, 1099, 1498, span, 3, originator, false, EPOCH + 1_700_000_000L);
  }

  /** All fields by their dotted paths. */
  private static Map<String, Object> fields(JsonObject json) {
    Map<String, Object> fields = new TreeMap<>();
    json.forEach(
        field -> {
          if (field.getValue() instanceof JsonObject inner) {
            fields(inner).forEach((path, value) -> fields.put(field.getKey() + "." + path, value));
          } else {
            fields.put(field.getKey(), field.getValue());
          }
        });
    return fields;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                  call-start    | NONE     | sip.response.status sip.pdd sip.ring_time
                  call-attempt  | NONE     | sip.response.status sip.pdd sip.ring_time
                  call-end      | DURATION | sip.response.last sip.pdd sip.ring_time sip.originator event.duration
                  call-end      | DURATION_FROM_EARLY | sip.response.last sip.pdd sip.ring_time sip.originator event.duration2
                  call-end      | DURATION_FROM_CREATION | sip.response.last sip.pdd sip.ring_time sip.originator event.duration3
                  call-end      | MIN_LENGTH | sip.response.last sip.pdd sip.ring_time sip.originator event.min_length
                  auth-failed   | NONE     | sip.response.status sip.fr_delay
                  reg-new       | NONE     | sip.response.status sip.fr_delay
                  sub-new       | NONE     | sip.response.status sip.fr_delay
                  reg-del       | LIFETIME | sip.response.last event.lifetime
                  reg-expired   | MIN_LIFETIME | sip.response.last event.min_lifetime
                  other-ok      | NONE     | sip.response.last
                  other-failed  | NONE     | sip.response.last
                  other-timeout | NONE     | sip.response.last
          call-quality  | NONE     |
          """)
  void eachTypeHasItsFieldsAndNoOther(String type, Span span, String own) {
    boolean end = type.equals("call-end");
    CallEvent event = event(EventType.named(type), textsOfCall(), outcome(span, end));

    Set<String> expected = new TreeSet<>(ALWAYS);
    expected.addAll(OF_CALLS);
    if (own != null) {
      expected.addAll(Arrays.asList(own.split(" ", -1)));
    }
    assertThat(fields(EventJson.of(event)).keySet()).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = EventType.class,
      names = {"PARSE_ERROR", "MSG_PROBE"})
  void whatIsNoCallHasNoTagsAttributesAndResults(EventType type) {
    CallEvent without = event(type, texts(), EventOutcome.NONE);
    assertThat(fields(EventJson.of(without)).keySet()).isEqualTo(new TreeSet<>(ALWAYS));
    assertThat(fields(EventJson.of(without))).containsEntry("sip.call_id", "");

    CallEvent error =
        event(type, texts(EventText.CALL_ID, EventText.ERROR_INFO), EventOutcome.NONE);
    Map<String, Object> fields = fields(EventJson.of(error));
    assertThat(fields)
        .containsEntry("sip.call_id", "the CALL_ID")
        .containsEntry("err_info", "the ERROR_INFO")
        .containsEntry("event.call_start", "0001-01-01T00:00:00Z")
        .doesNotContainKey("sip.sip_reason");
  }

  @Test
  void valuesAreWhatTheyWere() {
    Map<String, Object> fields =
        fields(
            EventJson.of(event(EventType.CALL_END, textsOfCall(), outcome(Span.DURATION, true))));

    assertThat(fields)
        .containsEntry("@timestamp", "2024-01-01T00:00:05.2Z")
        .containsEntry("type", "call-end")
        .containsEntry("event.number", 13L)
        .containsEntry("event.duration", 3L)
        .containsEntry("event.call_start", "2024-01-01T00:00:01.7Z")
        .containsEntry("client.ip", "192.0.2.10")
        .containsEntry("client.port", 5060)
        .containsEntry("client.transport", "udp")
        .containsEntry("server.ip", "2001:db8::1")
        .containsEntry("server.port", 5070)
        .containsEntry("sip.response.last", 200)
        .containsEntry("sip.pdd", 399L)
        .containsEntry("sip.ring_time", 1099L)
        .containsEntry("sip.originator", "callee-terminated")
        .containsEntry("rate.key", "call-end:192.0.2.10")
        .containsEntry("rate.exceeded", 3L)
        .containsEntry("rate.ex_diff", 2L)
        .containsEntry("rate.crt", 0.5715366387192937)
        .containsEntry("rate.lim", 20.0)
        .containsEntry("rate.period", 1000L)
        .containsEntry("rate.since", "2024-01-01T00:00:00Z")
        .containsEntry("dbg.evflags", "call-start|call-end")
        .containsEntry("dbg.lastev", "call-start")
        .containsEntry("dbg.forked", "0001-01-01T00:00:00Z")
        .containsEntry("dbg.created", "2024-01-01T00:00:00Z")
        .containsEntry("dbg.call_flags", 514)
        .containsEntry("dbg.cseq", JsonArray.of(4_294_967_295L, 231L))
        .containsEntry("dbg.rcseq", JsonArray.of(7L, 0L))
        .containsEntry("dbg.req_no", JsonArray.of(2, 1))
        .containsEntry("dbg.repl_no", JsonArray.of(3, 0))
        .containsEntry("dbg.req_retr", JsonArray.of(4, 0))
        .containsEntry("dbg.repl_retr", JsonArray.of(5, 0))
        .containsEntry("dbg.last_method", JsonArray.of(3, 4))
        .containsEntry("dbg.last_status", JsonArray.of(200, 0))
        .containsEntry("dbg.event_idx", 13L)
        .containsEntry("dbg.event_next_idx", 14L)
        .containsEntry("dbg.event_cnt", 13L)
        .containsEntry("encrypt_flags", "0");
    for (EventText text : EventText.values()) {
      if (isOfCall(text)) {
        assertThat(fields).containsEntry(text.path(), "the " + text.name());
      }
    }
  }

  @Test
  void aCallThatEndedWithoutAStartSaysSoAndAStatusOfZeroIsLeftOut() {
    EventOutcome outcome =
        new EventOutcome(0, 0, 0, 0, Span.MIN_LENGTH, 7, Originator.CALLER, true, CallEvent.NEVER);

    Map<String, Object> fields =
        fields(EventJson.of(event(EventType.CALL_END, textsOfCall(), outcome)));

    assertThat(fields)
        .containsEntry("sip.unmatched_invite", true)
        .containsEntry("event.min_length", 7L)
        .doesNotContainKey("sip.response.last");
  }

  @Test
  void beforeTheEventStageThereIsNeitherRateNorNumber() {
    CallEvent raised =
        CallEvent.raised(
            EventType.OTHER_OK,
            EPOCH,
            event(EventType.OTHER_OK, texts(), EventOutcome.NONE).ends(),
            textsOfCall(),
            outcome(Span.NONE, false),
            debug());

    assertThat(fields(EventJson.of(raised)).keySet())
        .noneMatch(path -> path.startsWith("rate.") || path.startsWith("dbg.event_"))
        .doesNotContain("event.number");
  }

  @Test
  void bytesThatAreNoTextAreReplacedAndLettersOfMarkupStayAsTheyAre() {
    EventTexts.Builder texts = new EventTexts.Builder();
    byte[] odd = {'a', (byte) 0xff, '"', '\\', 0, '<', '&', '>'};
    texts.add(EventText.CALL_ID, odd, 0, odd.length);
    texts.add(EventText.FROM, "sip:ü@x".getBytes(StandardCharsets.UTF_8), 0, 8);

    String json =
        EventJson.of(event(EventType.OTHER_OK, texts.build(), outcome(Span.NONE, false))).encode();

    assertThat(json).contains("\"call_id\":\"a\ufffd\\\"\\\\\\u0000<&>\"").contains("sip:ü@x");
  }

  @ParameterizedTest
  @EnumSource(
      value = EventType.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"EMPTY", "INVALID"})
  void whatIsWrittenIsReadBack(EventType type) {
    for (Span span : Span.values()) {
      boolean call = type != EventType.PARSE_ERROR && type != EventType.MSG_PROBE;
      CallEvent event =
          event(
              type,
              call ? textsOfCall() : texts(EventText.CALL_ID, EventText.ERROR_INFO),
              call ? outcome(span, span == Span.DURATION) : EventOutcome.NONE);
      JsonObject json = EventJson.of(event);

      JsonObject again = EventJson.of(EventJson.read(new JsonObject(Json.encode(json))));

      assertThat(fields(again).toString()).isEqualTo(fields(json).toString());
    }
  }
}
