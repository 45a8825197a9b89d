package io.callscope.web.calls;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventJson;
import io.callscope.web.dump.DumpedCall;
import io.callscope.web.events.EventLines;
import io.callscope.web.events.EventRing;
import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.view.Shown;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** All that is known of a Call-ID. */
record CallFound(
    DumpedCall dump,
    List<JsonCall> calls,
    List<CallEvent> events,
    CallMessages messages,
    List<TrackerQueries.Silent> silent) {

  String callId() {
    return dump.callId();
  }

  /** Nobody has anything of it. */
  boolean isUnknown() {
    return calls.isEmpty() && events.isEmpty() && messages.isEmpty() && !dump.exists();
  }

  private String noCall() {
    return "no call " + Shown.quoted(callId()) + " is tracked; it may have ended";
  }

  /**
   * @param nowNanos the clock of tracking, ns since 1970
   */
  String text(EventRing ring, long nowNanos) {
    StringBuilder text = new StringBuilder();
    TrackerQueries.append(text, silent);
    if (calls.isEmpty()) {
      text.append(isUnknown() ? "ERROR: " : "").append(noCall()).append('\n');
    }
    for (int i = 0; i < calls.size(); i++) {
      text.append(calls.get(i).line(i));
    }
    text.append(dump.line());
    events.forEach(event -> EventLines.append(text, event, ring.slot(event.number()), nowNanos));
    messages.append(text);
    return text.toString();
  }

  JsonObject json() {
    JsonArray entries = new JsonArray();
    calls.forEach(call -> entries.add(call.json()));
    JsonArray past = new JsonArray();
    events.forEach(event -> past.add(EventJson.of(event)));
    JsonObject json =
        new JsonObject()
            .put("callId", callId())
            .put("calls", entries)
            .put("events", past)
            .put("messages", messages.json())
            .put("silent", TrackerQueries.json(silent));
    if (!dump.json().isEmpty()) {
      json.put("dump", dump.json());
    }
    return isUnknown() ? json.put("errors", JsonArray.of("ERROR: " + noCall())) : json;
  }
}
