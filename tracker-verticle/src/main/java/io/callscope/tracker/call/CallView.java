package io.callscope.tracker.call;

import io.callscope.bus.EventTime;
import io.callscope.bus.EventType;
import io.callscope.net.IpAddress;
import io.callscope.net.Transport;
import io.callscope.sip.SipMethod;
import io.callscope.sip.SipSignature;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An entry as pages and the API show it, under the names of {@code docs/bus.md}. */
final class CallView {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private CallView() {}

  static Map<String, Object> of(CallEntry entry, long nowNanos) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", Long.toString(entry.id));
    view.put("callId", text(entry, CallText.CALL_ID));
    view.put("fromTag", text(entry, CallText.FROM_TAG));
    view.put("toTag", text(entry, CallText.TO_TAG));
    view.put("method", SipMethod.name(entry.method));
    view.put("state", entry.state().displayName());
    view.put("stateName", entry.state().configName());
    putTexts(view, entry);
    putEnds(view, entry);
    putTimes(view, entry, nowNanos);
    putCounts(view, entry.side(0), entry.side(1));
    view.put("flags", CallFlags.text(entry.flags));
    view.put("events", EventType.markText(entry.marks));
    view.put("lastEvent", EventType.of(entry.lastEvent).text());
    AsciiText trace = new AsciiText(CallEvents.TRACE_BYTES);
    view.put("messageTrace", MessageTrace.text(entry, trace).toString());
    view.put("stateTrace", StateTrace.text(entry, trace).toString());
    view.put("signature", SipSignature.text(entry.signatureHead, entry.signatureTail));
    return view;
  }

  private static void putTexts(Map<String, Object> view, CallEntry entry) {
    view.put("from", text(entry, CallText.FROM));
    view.put("to", text(entry, CallText.TO));
    view.put("uri", text(entry, CallText.URI));
    view.put("contact", text(entry, CallText.CONTACT));
    view.put("reason", text(entry.reason));
    view.put("userAgent", text(entry.userAgent));
    view.put("uas", text(entry.uas));
    view.put("pai1", text(entry, CallText.PAI1));
    view.put("pai2", text(entry, CallText.PAI2));
  }

  private static void putEnds(Map<String, Object> view, CallEntry entry) {
    view.put("transport", Transport.of(entry.transport).text());
    view.put("client", IpAddress.text(entry.clientHigh, entry.clientLow));
    view.put("clientPort", entry.clientPort());
    view.put("server", IpAddress.text(entry.serverHigh, entry.serverLow));
    view.put("serverPort", entry.serverPort());
  }

  private static void putTimes(Map<String, Object> view, CallEntry entry, long nowNanos) {
    view.put("created", EventTime.text(entry.createdNanos));
    EventTime.put(view, "earlyDialog", entry.earlyNanos);
    EventTime.put(view, "finalReply", entry.finalReplyNanos);
    EventTime.put(view, "forked", entry.forkedNanos);
    view.put("expires", EventTime.text(entry.deadlineNanos));
    view.put("expiresInMillis", Math.max(0, entry.deadlineNanos - nowNanos) / NANOS_PER_MILLI);
  }

  private static void putCounts(Map<String, Object> view, CallSide a, CallSide b) {
    view.put("cseq", List.of(a.cseq(), b.cseq()));
    view.put("replyCseq", List.of(a.replyCseq(), b.replyCseq()));
    view.put("requests", List.of(a.requests, b.requests));
    view.put("replies", List.of(a.replies, b.replies));
    view.put("requestRetransmissions", List.of(a.requestRetransmissions, b.requestRetransmissions));
    view.put("replyRetransmissions", List.of(a.replyRetransmissions, b.replyRetransmissions));
    view.put("lastMethod", List.of(SipMethod.name(a.lastMethod), SipMethod.name(b.lastMethod)));
    view.put("lastStatus", List.of((int) a.lastStatus, (int) b.lastStatus));
    view.put("status", List.of((int) a.ownStatus, (int) b.ownStatus));
  }

  static String text(CallEntry entry, int field) {
    return new String(
        entry.texts,
        CallText.start(entry.texts, field),
        CallText.length(entry.texts, field),
        StandardCharsets.UTF_8);
  }

  private static String text(SharedText text) {
    return text == null ? "" : new String(text.bytes, StandardCharsets.UTF_8);
  }
}
