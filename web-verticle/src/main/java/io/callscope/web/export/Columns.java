package io.callscope.web.export;

import io.callscope.web.view.Shown;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The columns of an export as CSV: dotted paths into the JSON of an entry. Values that are lists
 * become one cell, their elements joined by a colon.
 */
record Columns(List<String> paths) {
  static final Columns EVENTS =
      new Columns(
          List.of(
              "event.number",
              "@timestamp",
              "type",
              "sip.call_id",
              "sip.request.method",
              "sip.response.status",
              "sip.response.last",
              "sip.sip_reason",
              "sip.from",
              "sip.to",
              "uri.original",
              "sip.contact",
              "sip.originator",
              "sip.pdd",
              "sip.ring_time",
              "sip.fr_delay",
              "event.call_start",
              "event.duration",
              "event.lifetime",
              "client.transport",
              "client.ip",
              "client.port",
              "server.ip",
              "server.port",
              "user_agent.original",
              "uas.original",
              "sip.pai1",
              "sip.fromtag",
              "sip.totag",
              "rate.exceeded",
              "rate.crt",
              "err_info",
              "dbg.state",
              "dbg.msg_trace"));

  static final Columns CALLS =
      new Columns(
          List.of(
              "id",
              "callId",
              "fromTag",
              "toTag",
              "method",
              "state",
              "from",
              "to",
              "uri",
              "contact",
              "reason",
              "status",
              "created",
              "earlyDialog",
              "finalReply",
              "expires",
              "transport",
              "client",
              "clientPort",
              "server",
              "serverPort",
              "cseq",
              "requests",
              "replies",
              "requestRetransmissions",
              "replyRetransmissions",
              "userAgent",
              "uas",
              "flags",
              "events",
              "messageTrace",
              "stateTrace",
              "signature"));

  static final Columns BINDINGS =
      new Columns(
          List.of(
              "aor", "contact", "callId", "source", "sourcePort", "moves", "expires", "deleting"));

  String header() {
    return Csv.header(paths);
  }

  String line(JsonObject entry) {
    return Csv.line(paths.stream().map(path -> Shown.plain(text(at(entry, path)))).toList());
  }

  private static Object at(JsonObject entry, String path) {
    JsonObject at = entry;
    int from = 0;
    for (int dot = path.indexOf('.'); dot >= 0 && at != null; dot = path.indexOf('.', from)) {
      at = at.getValue(path.substring(from, dot)) instanceof JsonObject inner ? inner : null;
      from = dot + 1;
    }
    return at == null ? null : at.getValue(path.substring(from));
  }

  private static String text(Object value) {
    return value instanceof JsonArray list
        ? list.stream().map(Objects::toString).collect(Collectors.joining(":"))
        : Objects.toString(value, "");
  }
}
