package io.callscope.web.events;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventOutcome;
import io.callscope.bus.EventRate;
import io.callscope.bus.EventText;
import io.callscope.bus.QualityJson;
import io.callscope.net.Ends;
import io.callscope.web.view.Badge;
import io.callscope.web.view.Fact;
import io.callscope.web.view.Links;
import io.callscope.web.view.QualityFacts;
import io.callscope.web.view.Shown;
import io.callscope.web.view.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An event on a page.
 *
 * @param details what the columns do not show
 */
public record EventView(
    long number,
    int slot,
    Badge type,
    String time,
    String callId,
    String href,
    String from,
    String to,
    String method,
    String status,
    String reason,
    String source,
    String destination,
    String transport,
    boolean overLimit,
    boolean loss,
    List<Fact> details) {

  public static EventView of(CallEvent event, EventRing ring) {
    String callId = event.text(EventText.CALL_ID);
    return new EventView(
        event.number(),
        ring.slot(event.number()),
        Badge.of(event.type()),
        Times.moment(event.timeNanos()),
        Shown.brief(callId),
        Links.call(callId),
        shown(event, EventText.FROM),
        shown(event, EventText.TO),
        shown(event, EventText.METHOD),
        EventField.STATUS.of(event),
        Shown.brief(EventField.REASON.of(event)),
        Ends.of(event.ends().clientIp(), event.ends().clientPort()),
        Ends.of(event.ends().serverIp(), event.ends().serverPort()),
        event.ends().transport().text(),
        event.rate() != null && event.rate().exceeded() > 0,
        event.loss(),
        details(event));
  }

  private static String shown(CallEvent event, EventText text) {
    return Shown.brief(event.text(text));
  }

  private static List<Fact> details(CallEvent event) {
    List<Fact> facts = new ArrayList<>();
    EventOutcome outcome = event.outcome();
    switch (event.type()) {
      case CALL_START, CALL_END, CALL_ATTEMPT -> {
        facts.add(new Fact("Post-dial delay", outcome.pddMillis() + " ms"));
        facts.add(new Fact("Ring time", outcome.ringMillis() + " ms"));
      }
      case REG_NEW, SUB_NEW, AUTH_FAILED ->
          facts.add(new Fact("Final reply after", outcome.finalReplyMillis() + " ms"));
      default -> {}
    }
    if (outcome.span() != EventOutcome.Span.NONE) {
      facts.add(new Fact(outcome.span().path(), outcome.spanSeconds() + " s"));
    }
    if (outcome.originator() != null) {
      facts.add(new Fact("Ended", outcome.originator().text()));
    }
    for (EventText text : EventText.values()) {
      if (text.compareTo(EventText.URI) >= 0 && event.texts().has(text)) {
        facts.add(new Fact(text.path(), shown(event, text)));
      }
    }
    if (event.quality() != null) {
      String sbc = event.quality().sbc();
      facts.add(new Fact("SBC", Shown.brief(sbc), Links.sbc(sbc)));
      facts.addAll(QualityFacts.of(QualityJson.of(event.quality())));
    }
    facts.add(new Fact("Created", Times.moment(event.debug().createdNanos())));
    facts.add(new Fact("State", Shown.brief(event.debug().state())));
    facts.add(new Fact("Caused by", Shown.brief(event.debug().trigger())));
    EventRate rate = event.rate();
    if (rate != null && rate.periodMillis() > 0) {
      facts.add(
          new Fact(
              "Rate",
              String.format(
                  Locale.ROOT,
                  "%.1f of %.1f per %s",
                  rate.current(),
                  rate.limit(),
                  Times.duration(rate.periodMillis() * 1_000_000)),
              Links.rates(event.type().text(), event.ends().clientIp())));
    }
    return facts;
  }
}
