package io.callscope.web.calls;

import io.callscope.net.Ends;
import io.callscope.web.view.Links;
import io.callscope.web.view.Shown;
import io.callscope.web.view.Times;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;

/** A call entry as a tracker partition tells it; what it leaves out is empty or 0. */
public record JsonCall(JsonObject json) {
  /** Oldest first; the id decides between entries of one moment. */
  static final Comparator<JsonCall> OLDEST_FIRST =
      Comparator.comparingLong((JsonCall call) -> call.time("created"))
          .thenComparing(call -> call.raw("id"));

  static List<JsonCall> list(JsonObject answer) {
    return answer.getJsonArray("calls", new JsonArray()).stream()
        .map(call -> new JsonCall((JsonObject) call))
        .toList();
  }

  String raw(String field) {
    Object value = json.getValue(field);
    return value == null ? "" : value.toString();
  }

  String text(String field) {
    return Shown.brief(raw(field));
  }

  long time(String field) {
    return Times.read(raw(field));
  }

  /** Two values, the caller's first. */
  String pair(String field) {
    JsonArray pair = json.getJsonArray(field, new JsonArray());
    return Shown.plain(at(pair, 0) + ":" + at(pair, 1));
  }

  private static String at(JsonArray pair, int i) {
    return i < pair.size() ? String.valueOf(pair.getValue(i)) : "0";
  }

  String client() {
    return end("client");
  }

  String server() {
    return end("server");
  }

  private String end(String side) {
    return Ends.of(text(side), json.getInteger(side + "Port", 0));
  }

  List<TraceView.Step> messages() {
    return TraceView.steps(raw("messageTrace"));
  }

  List<String> states() {
    return TraceView.states(raw("stateTrace"));
  }

  String href() {
    return Links.call(raw("callId"));
  }

  /** Its line in the plain list. */
  public String line(long number) {
    return number
        + ". key: "
        + Shown.quoted(raw("callId"))
        + " "
        + Shown.quoted(raw("fromTag"))
        + " "
        + Shown.quoted(raw("toTag"))
        + " method: "
        + Shown.plain(raw("method"))
        + " state: "
        + Shown.plain(raw("state"))
        + " cseq: "
        + pair("cseq")
        + " status: "
        + pair("status")
        + " reqs: "
        + pair("requests")
        + "-"
        + pair("requestRetransmissions")
        + " repls: "
        + pair("replies")
        + "-"
        + pair("replyRetransmissions")
        + " flags: "
        + Shown.plain(raw("flags"))
        + " evFlags: "
        + Shown.plain(raw("events"))
        + " last ev: "
        + Shown.plain(raw("lastEvent"))
        + " last method: "
        + pair("lastMethod")
        + " last status: "
        + pair("lastStatus")
        + " msg trace: "
        + Shown.plain(raw("messageTrace"))
        + " state trace: "
        + Shown.plain(raw("stateTrace"))
        + " req_sig: "
        + Shown.plain(raw("signature"))
        + " expire: "
        + json.getLong("expiresInMillis", 0L) / 1000
        + "s\n"
        + bindingLine();
  }

  private String bindingLine() {
    StringBuilder lines = new StringBuilder();
    for (JsonObject binding : bindings()) {
      lines
          .append("\taor: ")
          .append(Shown.quoted(binding.getString("aor", "")))
          .append(" contact: ")
          .append(Shown.quoted(binding.getString("contact", "")))
          .append('\n');
    }
    return lines.toString();
  }

  /** Other Call-IDs of the same call, as a session border controller makes them. */
  List<String> linked() {
    return json.getJsonArray("linked", new JsonArray()).stream().map(String::valueOf).toList();
  }

  /** The registration bindings it holds. */
  List<JsonObject> bindings() {
    return json.getJsonArray("bindings", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .toList();
  }
}
