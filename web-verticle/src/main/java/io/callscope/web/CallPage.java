package io.callscope.web;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventJson;
import io.callscope.bus.EventText;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** {@code /calls/<Call-ID>}: all entries of one call and what the ring still has of its events. */
final class CallPage implements Page {
  private static final int MOST_EVENTS = 100;

  private final TrackerQueries trackers;
  private final EventRing ring;

  CallPage(TrackerQueries trackers, EventRing ring) {
    this.trackers = trackers;
    this.ring = ring;
  }

  /** One entry; a forked call has several. */
  record Entry(
      Badge state,
      String client,
      String server,
      List<EventView.Fact> facts,
      List<EventView.Fact> counts,
      List<MessageTrace.Step> messages,
      List<String> states) {}

  /** What the template shows. */
  record Model(
      String callId,
      List<Entry> entries,
      List<EventView> events,
      List<TrackerQueries.Silent> silent) {}

  @Override
  public Future<Answer> answer(Asked asked) {
    String callId = PercentCoded.decode(asked.rest());
    if (callId == null) {
      return Future.succeededFuture(
          Answer.badRequest(
              List.of("ERROR: the Call-ID in the path is not percent-encoded UTF-8")));
    }
    return trackers
        .ask(new JsonObject().put("query", "call").put("callId", callId))
        .map(gathered -> answer(callId, gathered));
  }

  private Answer answer(String callId, TrackerQueries.Gathered gathered) {
    List<JsonCall> calls = new ArrayList<>();
    gathered.parts().forEach(part -> calls.addAll(Lists.calls(part.body())));
    calls.sort(JsonCall.OLDEST_FIRST);
    int status = calls.isEmpty() && gathered.silent().isEmpty() ? 404 : gathered.status();
    List<CallEvent> events = events(callId);
    return new Answer(
        status,
        "Call",
        "call",
        new Model(
            Shown.brief(callId),
            calls.stream().map(CallPage::entry).toList(),
            events.stream().map(event -> EventView.of(event, ring)).toList(),
            gathered.silent()),
        () -> text(callId, calls, events, gathered.silent()),
        () -> json(callId, calls, events, gathered.silent()));
  }

  private List<CallEvent> events(String callId) {
    EventRing.Range range = ring.range();
    List<CallEvent> events = new ArrayList<>();
    for (long n = range.next() - 1; n >= range.oldest() && events.size() < MOST_EVENTS; n--) {
      CallEvent event = ring.get(n);
      if (event != null && event.text(EventText.CALL_ID).equals(callId)) {
        events.add(0, event);
      }
    }
    return events;
  }

  private static Entry entry(JsonCall call) {
    return new Entry(
        Badge.ofState(call.raw("state")),
        call.client(),
        call.server(),
        CallFacts.facts(call),
        CallFacts.counts(call),
        call.messages(),
        call.states());
  }

  private static String unknown(String callId) {
    return "ERROR: no call " + Shown.quoted(callId) + " is tracked; it may have ended";
  }

  private String text(
      String callId,
      List<JsonCall> calls,
      List<CallEvent> events,
      List<TrackerQueries.Silent> silent) {
    StringBuilder text = new StringBuilder();
    Lists.appendSilent(text, silent);
    if (calls.isEmpty()) {
      text.append(unknown(callId)).append('\n');
    }
    for (int i = 0; i < calls.size(); i++) {
      text.append(calls.get(i).line(i));
    }
    long now = System.currentTimeMillis() * 1_000_000;
    events.forEach(event -> EventLines.append(text, event, ring.slot(event.number()), now));
    return text.toString();
  }

  private static JsonObject json(
      String callId,
      List<JsonCall> calls,
      List<CallEvent> events,
      List<TrackerQueries.Silent> silent) {
    JsonArray entries = new JsonArray();
    calls.forEach(call -> entries.add(call.json()));
    JsonArray past = new JsonArray();
    events.forEach(event -> past.add(EventJson.of(event)));
    JsonObject json =
        new JsonObject()
            .put("callId", callId)
            .put("calls", entries)
            .put("events", past)
            .put("silent", Lists.silentJson(silent));
    return calls.isEmpty() ? json.put("errors", JsonArray.of(unknown(callId))) : json;
  }
}
