package io.callscope.bus;

import io.callscope.bus.EventDebug.Side;
import io.callscope.bus.EventOutcome.Originator;
import io.callscope.bus.EventOutcome.Span;
import io.callscope.net.Transport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Events as JSON, by the names of {@code docs/bus.md}: nested objects, absent fields left out. */
public final class EventJson {
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
      put(json, "event.number", event.number());
    }
    if (event.quality() != null) {
      json.put("quality", QualityJson.of(event.quality()));
    }
    return json;
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
    EventType type = EventType.named(string(json, "type"));
    EventTexts.Builder texts = new EventTexts.Builder();
    for (EventText text : EventText.values()) {
      texts.add(text, string(json, text.path()));
    }
    EventEnds ends =
        EventEnds.of(
            Transport.named(string(json, "client.transport")),
            string(json, "client.ip"),
            (int) number(json, "client.port"),
            string(json, "server.ip"),
            (int) number(json, "server.port"));
    return new CallEvent(
        type,
        EventTime.nanos(string(json, "@timestamp")),
        ends,
        texts.build(),
        readOutcome(json),
        readDebug(json),
        at(json, "rate.key") == null ? null : readRate(json),
        at(json, "event.number") == null ? -1 : number(json, "event.number"),
        at(json, "quality") == null ? null : QualityJson.read(json.getJsonObject("quality")));
  }

  private static EventOutcome readOutcome(JsonObject json) {
    Span span = Span.NONE;
    for (Span candidate : Span.values()) {
      if (candidate != Span.NONE && at(json, candidate.path()) != null) {
        span = candidate;
      }
    }
    Originator originator = null;
    for (Originator candidate : Originator.values()) {
      if (candidate.text().equals(string(json, "sip.originator"))) {
        originator = candidate;
      }
    }
    return new EventOutcome(
        (int) (number(json, "sip.response.status") + number(json, "sip.response.last")),
        number(json, "sip.pdd"),
        number(json, "sip.ring_time"),
        number(json, "sip.fr_delay"),
        span,
        span == Span.NONE ? 0 : number(json, span.path()),
        originator,
        at(json, "sip.unmatched_invite") != null,
        EventTime.nanos(string(json, "event.call_start")));
  }

  private static EventRate readRate(JsonObject json) {
    return new EventRate(
        number(json, "rate.exceeded"),
        number(json, "rate.ex_diff"),
        ((Number) at(json, "rate.crt")).doubleValue(),
        ((Number) at(json, "rate.lim")).doubleValue(),
        number(json, "rate.period"),
        EventTime.nanos(string(json, "rate.since")));
  }

  private static EventDebug readDebug(JsonObject json) {
    int marks = 0;
    for (EventType type : EventType.values()) {
      for (String mark : string(json, "dbg.evflags").split("\\|", -1)) {
        marks |= type.text().equals(mark) ? type.bit() : 0;
      }
    }
    return new EventDebug(
        string(json, "dbg.state"),
        EventType.named(string(json, "dbg.lastev")),
        marks,
        string(json, "dbg.evgen"),
        EventTime.nanos(string(json, "dbg.created")),
        EventTime.nanos(string(json, "dbg.forked")),
        (int) number(json, "dbg.call_flags"),
        readSide(json, 0),
        readSide(json, 1));
  }

  private static Side readSide(JsonObject json, int side) {
    return new Side(
        pair(json, "dbg.cseq", side),
        pair(json, "dbg.rcseq", side),
        (int) pair(json, "dbg.req_no", side),
        (int) pair(json, "dbg.repl_no", side),
        (int) pair(json, "dbg.req_retr", side),
        (int) pair(json, "dbg.repl_retr", side),
        (int) pair(json, "dbg.last_method", side),
        (int) pair(json, "dbg.last_status", side));
  }

  private static long pair(JsonObject json, String path, int side) {
    return ((JsonArray) at(json, path)).getLong(side);
  }

  private static String string(JsonObject json, String path) {
    Object value = at(json, path);
    return value == null ? "" : value.toString();
  }

  private static long number(JsonObject json, String path) {
    return at(json, path) instanceof Number number ? number.longValue() : 0;
  }

  private static Object at(JsonObject json, String path) {
    JsonObject at = json;
    int from = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
      at = at.getJsonObject(path.substring(from, dot));
      if (at == null) {
        return null;
      }
      from = dot + 1;
    }
    return at.getValue(path.substring(from));
  }
}
