package io.callscope.web.events;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventDebug;
import io.callscope.bus.EventOutcome;
import io.callscope.bus.EventRate;
import io.callscope.bus.EventText;
import io.callscope.bus.EventType;
import io.callscope.bus.QualityJson;
import io.callscope.net.Ends;
import io.callscope.sip.SipMethod;
import io.callscope.web.view.QualityFacts;
import io.callscope.web.view.Shown;
import io.callscope.web.view.Times;
import java.util.Locale;

/** An event in plain lines, one label a line. */
public final class EventLines {
  private final StringBuilder out;
  private final CallEvent event;

  private EventLines(StringBuilder out, CallEvent event) {
    this.out = out;
    this.event = event;
  }

  /**
   * @param nowNanos the clock of tracking, ns since 1970, for the age of the call
   */
  public static void append(StringBuilder out, CallEvent event, int slot, long nowNanos) {
    out.append(event.number()).append(" [").append(slot).append("]\n");
    new EventLines(out, event).write(nowNanos);
  }

  private void write(long nowNanos) {
    EventDebug debug = event.debug();
    EventOutcome outcome = event.outcome();
    line("Type", event.type().text());
    line("ts", Times.moment(event.timeNanos()));
    line(
        "created",
        Times.moment(debug.createdNanos())
            + " (age "
            + Times.between(debug.createdNanos(), nowNanos)
            + ")");
    boolean call = event.type() != EventType.PARSE_ERROR && event.type() != EventType.MSG_PROBE;
    if (call) {
      line(
          "call-start",
          Times.moment(outcome.finalReplyNanos())
              + " duration "
              + Times.between(outcome.finalReplyNanos(), event.timeNanos()));
      line("pdd", outcome.pddMillis() + "ms ring time: " + outcome.ringMillis() + "ms");
    }
    line(
        "protocol",
        event.ends().transport().text()
            + " "
            + Ends.of(event.ends().clientIp(), event.ends().clientPort())
            + " -> "
            + Ends.of(event.ends().serverIp(), event.ends().serverPort()));
    line("sip.call_id", Shown.quoted(event.text(EventText.CALL_ID)));
    if (call) {
      line("sip.response.status", Integer.toString(outcome.status()));
      line("sip.req_sig", Shown.plain(event.text(EventText.SIGNATURE)));
    }
    texts();
    if (event.quality() != null) {
      QualityFacts.of(QualityJson.of(event.quality()))
          .forEach(fact -> line(fact.label(), fact.value()));
    }
    rate();
    if (call) {
      debug(debug);
    }
    out.append('\n');
  }

  private void line(String label, String value) {
    out.append('\t').append(label).append(": ").append(value).append('\n');
  }

  private void texts() {
    for (EventText text : EventText.values()) {
      boolean attribute =
          (text.compareTo(EventText.FROM) >= 0 && text.compareTo(EventText.SIGNATURE) < 0)
              || text == EventText.ERROR_INFO
              || text == EventText.FILENAME;
      if (attribute && event.texts().has(text)) {
        line(text.path(), Shown.quoted(event.text(text)));
      }
    }
  }

  private void rate() {
    EventRate rate = event.rate();
    if (rate == null) {
      return;
    }
    line(
        "blacklisted",
        String.format(
            Locale.ROOT,
            "%b t: %d d: %d rate: %.3f / %.3f per %s",
            rate.exceeded() > 0,
            rate.exceeded(),
            rate.exceededSinceReport(),
            rate.current(),
            rate.limit(),
            Times.duration(rate.periodMillis() * 1_000_000)));
    line("blacklisted", "since " + Times.moment(rate.sinceNanos()));
  }

  private void debug(EventDebug debug) {
    EventDebug.Side a = debug.caller();
    EventDebug.Side b = debug.callee();
    line(
        "DBG state",
        Shown.plain(debug.state()) + " trace: " + Shown.plain(event.text(EventText.STATE_TRACE)));
    line(
        "DBG tags",
        Shown.quoted(event.text(EventText.FROM_TAG))
            + " "
            + Shown.quoted(event.text(EventText.TO_TAG)));
    line(
        "DBG last ev",
        debug.lastEvent().text()
            + " evFlags: "
            + EventType.markText(debug.marks())
            + " generated on: "
            + Shown.plain(debug.trigger()));
    line("DBG cseq", a.cseq() + ":" + b.cseq() + " rcseq: " + a.replyCseq() + ":" + b.replyCseq());
    line(
        "DBG reqs",
        a.requests()
            + ":"
            + b.requests()
            + "-"
            + a.requestRetransmissions()
            + ":"
            + b.requestRetransmissions()
            + " repls: "
            + a.replies()
            + ":"
            + b.replies()
            + "-"
            + a.replyRetransmissions()
            + ":"
            + b.replyRetransmissions());
    line("DBG call flags", Integer.toString(debug.callFlags()));
    line(
        "DBG last method",
        method(a) + ":" + method(b) + " last status: " + a.lastStatus() + ":" + b.lastStatus());
    line("DBG msg trace", Shown.plain(event.text(EventText.MESSAGE_TRACE)));
  }

  private static String method(EventDebug.Side side) {
    int method = side.lastMethod();
    return method >= 0 && method < SipMethod.COUNT ? SipMethod.name(method) : "OTHER";
  }
}
