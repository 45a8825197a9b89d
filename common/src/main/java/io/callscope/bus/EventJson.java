package io.callscope.bus;

import io.callscope.bus.EventDebug.Side;
import io.callscope.bus.EventOutcome.Span;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Events as JSON, by the names of {@code docs/events.md}: nested objects, absent fields left out.
 */
public final class EventJson {
  private static final String VERSION_BASE = Version.number().replaceFirst("-.*", "");
  private static final String VERSION_LONG = "v" + Version.number();

  private EventJson() {}

  public static JsonObject of(CallEvent event) {
    JsonObject json = new JsonObject();
    json.put("@timestamp", EventTime.text(event.timeNanos())).put("type", event.type().text());
    put(json, EventText.CALL_ID.path(), event.text(EventText.CALL_ID));
    for (EventText text : EventText.values()) {
      if (event.texts().has(text)) {
        put(json, text.path(), event.text(text));
      }
    }
    putEnds(json, event.ends());
    if (hasCall(event.type())) {
      put(json, EventText.FROM_TAG.path(), event.text(EventText.FROM_TAG));
      put(json, EventText.TO_TAG.path(), event.text(EventText.TO_TAG));
      putOutcome(json, event);
    }
    put(json, "event.call_start", EventTime.text(event.outcome().finalReplyNanos()));
    if (event.rate() != null) {
      putRate(json, event);
    }
    putDebug(json, event.debug());
    put(json, "dbg.call_start", EventTime.text(event.outcome().finalReplyNanos()));
    if (event.number() >= 0) {
      putNumber(json, event.number());
    }
    if (event.loss()) {
      json.put("loss", true);
    }
    if (event.quality() != null) {
      json.put("quality", QualityJson.of(event.quality()));
    }
    put(json, "encrypt_flags", "0");
    json.put("agent", agent());
    return json;
  }

  /** Without gaps: as many events were published before, and the next has the next number. */
  private static void putNumber(JsonObject json, long number) {
    put(json, "event.number", number);
    put(json, "dbg.event_cnt", number);
    put(json, "dbg.event_idx", number);
    put(json, "dbg.event_next_idx", number + 1);
  }

  private static JsonObject agent() {
    return new JsonObject()
        .put("type", "callscope")
        .put("version", Version.number())
        .put("version_base", VERSION_BASE)
        .put("version_long", VERSION_LONG);
  }

  private static boolean hasCall(EventType type) {
    return type != EventType.PARSE_ERROR && type != EventType.MSG_PROBE;
  }

  private static void putEnds(JsonObject json, EventEnds ends) {
    put(json, "client.ip", ends.clientIp());
    put(json, "client.port", ends.clientPort());
    put(json, "client.transport", ends.transport().text());
    put(json, "server.ip", ends.serverIp());
    put(json, "server.port", ends.serverPort());
  }

  private static void putOutcome(JsonObject json, CallEvent event) {
    EventOutcome outcome = event.outcome();
    switch (event.type()) {
      case CALL_START, CALL_ATTEMPT, AUTH_FAILED, REG_NEW, SUB_NEW ->
          put(json, "sip.response.status", outcome.status());
      case CALL_END -> {
        if (outcome.status() != 0) {
          put(json, "sip.response.last", outcome.status());
        }
      }
      case CALL_QUALITY -> {}
      default -> put(json, "sip.response.last", outcome.status());
    }
    switch (event.type()) {
      case CALL_START, CALL_END, CALL_ATTEMPT -> {
        put(json, "sip.pdd", outcome.pddMillis());
        put(json, "sip.ring_time", outcome.ringMillis());
      }
      case REG_NEW, SUB_NEW, AUTH_FAILED -> put(json, "sip.fr_delay", outcome.finalReplyMillis());
      default -> {}
    }
    if (outcome.span() != Span.NONE) {
      put(json, outcome.span().path(), outcome.spanSeconds());
    }
    if (outcome.originator() != null) {
      put(json, "sip.originator", outcome.originator().text());
    }
    if (outcome.unmatchedInvite()) {
      put(json, "sip.unmatched_invite", true);
    }
  }

  private static void putRate(JsonObject json, CallEvent event) {
    EventRate rate = event.rate();
    put(json, "rate.exceeded", rate.exceeded());
    put(json, "rate.ex_diff", rate.exceededSinceReport());
    put(json, "rate.crt", rate.current());
    put(json, "rate.lim", rate.limit());
    put(json, "rate.period", rate.periodMillis());
    put(json, "rate.since", EventTime.text(rate.sinceNanos()));
    put(json, "rate.key", event.type().text() + ":" + event.ends().clientIp());
  }

  private static void putDebug(JsonObject json, EventDebug debug) {
    put(json, "dbg.state", debug.state());
    put(json, "dbg.lastev", debug.lastEvent().text());
    put(json, "dbg.evflags", EventType.markText(debug.marks()));
    put(json, "dbg.evgen", debug.trigger());
    put(json, "dbg.created", EventTime.text(debug.createdNanos()));
    put(json, "dbg.forked", EventTime.text(debug.forkedNanos()));
    put(json, "dbg.call_flags", debug.callFlags());
    Side a = debug.caller();
    Side b = debug.callee();
    put(json, "dbg.cseq", JsonArray.of(a.cseq(), b.cseq()));
    put(json, "dbg.rcseq", JsonArray.of(a.replyCseq(), b.replyCseq()));
    put(json, "dbg.req_no", JsonArray.of(a.requests(), b.requests()));
    put(json, "dbg.repl_no", JsonArray.of(a.replies(), b.replies()));
    put(json, "dbg.req_retr", JsonArray.of(a.requestRetransmissions(), b.requestRetransmissions()));
    put(json, "dbg.repl_retr", JsonArray.of(a.replyRetransmissions(), b.replyRetransmissions()));
    put(json, "dbg.last_method", JsonArray.of(a.lastMethod(), b.lastMethod()));
    put(json, "dbg.last_status", JsonArray.of(a.lastStatus(), b.lastStatus()));
  }

  /** Sets the value at a dotted path, making the objects on the way. */
  private static void put(JsonObject json, String path, Object value) {
    JsonObject at = json;
    int from = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
      String name = path.substring(from, dot);
      JsonObject inner = at.getJsonObject(name);
      if (inner == null) {
        inner = new JsonObject();
        at.put(name, inner);
      }
      at = inner;
      from = dot + 1;
    }
    at.put(path.substring(from), value);
  }

  /**
   * The event of a JSON object that {@link #of} made; what {@link #of} leaves out for its type is
   * 0.
   */
  public static CallEvent read(JsonObject json) {
    return EventJsonReader.read(json);
  }
}
