package io.callscope.bus;

import io.callscope.bus.EventDebug.Side;
import io.callscope.bus.EventOutcome.Originator;
import io.callscope.bus.EventOutcome.Span;
import io.callscope.net.Transport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Reads back what {@link EventJson} wrote. */
final class EventJsonReader {
  private EventJsonReader() {}

  static CallEvent read(JsonObject json) {
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
        at(json, "quality") == null ? null : QualityJson.read(json.getJsonObject("quality")),
        json.getBoolean("loss", false));
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
