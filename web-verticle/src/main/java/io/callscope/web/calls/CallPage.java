package io.callscope.web.calls;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventText;
import io.callscope.web.dump.DumpQueries;
import io.callscope.web.dump.DumpedCall;
import io.callscope.web.events.EventRing;
import io.callscope.web.events.EventView;
import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Page;
import io.callscope.web.http.Places;
import io.callscope.web.view.Badge;
import io.callscope.web.view.Fact;
import io.callscope.web.view.Links;
import io.callscope.web.view.PercentCoded;
import io.callscope.web.view.Shown;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * {@code /calls/<Call-ID>}: all entries of one call, what the ring still has of its events, and its
 * messages as far as they are kept.
 */
public final class CallPage implements Page {
  private static final int MOST_EVENTS = 100;

  /** Each may have megabytes of messages in hand. */
  private static final int MOST_AT_WORK = 8;

  private final CallQueries queries;
  private final DumpQueries dumped;
  private final EventRing ring;
  private final LongSupplier clock;
  private final WorkerExecutor workers;
  private final Places places = new Places(MOST_AT_WORK);

  /**
   * @param clock of tracking, ns since 1970
   * @param workers who draw the diagram and look through the ring
   */
  public CallPage(
      CallQueries queries,
      DumpQueries dumped,
      EventRing ring,
      LongSupplier clock,
      WorkerExecutor workers) {
    this.clock = clock;
    this.workers = workers;
    this.queries = queries;
    this.dumped = dumped;
    this.ring = ring;
  }

  /** One entry; a forked call has several. */
  record Entry(
      Badge state,
      String client,
      String server,
      List<Fact> facts,
      List<OtherLeg> legs,
      List<Fact> counts,
      List<TraceView.Step> messages,
      List<String> states) {}

  /** The call on the other side of an SBC. */
  record OtherLeg(String callId, String href) {}

  /** What the template shows. */
  record Model(
      String callId,
      List<Entry> entries,
      List<EventView> events,
      LadderLinks ladder,
      DumpedCall dump,
      String note,
      List<TrackerQueries.Silent> silent) {}

  @Override
  public Places places() {
    return places;
  }

  @Override
  public Future<Answer> answer(Asked asked) {
    String callId = PercentCoded.decode(asked.rest());
    if (callId == null) {
      return Future.succeededFuture(
          Answer.badRequest(
              List.of("ERROR: the Call-ID in the path is not percent-encoded UTF-8")));
    }
    LadderAsked ladder = LadderAsked.read(callId, asked.params());
    if (!asked.params().finish().isEmpty()) {
      return Future.succeededFuture(Answer.badRequest(asked.params().errors()));
    }
    Future<TrackerQueries.Gathered> calls = queries.calls(callId);
    Future<CallMessages> messages = queries.messages(ladder.callIds());
    Future<DumpedCall> dump = dumped.file(callId);
    return Future.all(calls, messages, dump)
        .compose(
            done -> {
              long nowNanos = clock.getAsLong(); // which only this thread may ask
              return workers.executeBlocking(
                  () -> answer(dump.result(), ladder, calls.result(), messages.result(), nowNanos),
                  false);
            });
  }

  private Answer answer(
      DumpedCall dump,
      LadderAsked ladder,
      TrackerQueries.Gathered entries,
      CallMessages messages,
      long nowNanos) {
    String callId = dump.callId();
    List<JsonCall> calls = new ArrayList<>();
    entries.parts().forEach(part -> calls.addAll(JsonCall.list(part.body())));
    calls.sort(JsonCall.OLDEST_FIRST);
    CallFound found = new CallFound(dump, calls, events(callId), messages, entries.silent());
    int status = found.isUnknown() && found.silent().isEmpty() ? 404 : entries.status();
    return new Answer(
        status,
        "Call",
        "call",
        model(found, ladder),
        () -> found.text(ring, nowNanos),
        found::json);
  }

  private Model model(CallFound found, LadderAsked ladder) {
    return new Model(
        Shown.brief(found.callId()),
        found.calls().stream().map(CallPage::entry).toList(),
        found.events().stream().map(event -> EventView.of(event, ring)).toList(),
        LadderLinks.of(found, ladder),
        found.dump(),
        found.messages().note(),
        found.silent());
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
        call.linked().stream()
            .map(callId -> new OtherLeg(Shown.brief(callId), Links.call(callId)))
            .toList(),
        CallFacts.counts(call),
        call.messages(),
        call.states());
  }
}
