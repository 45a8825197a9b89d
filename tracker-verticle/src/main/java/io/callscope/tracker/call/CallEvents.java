package io.callscope.tracker.call;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventDebug;
import io.callscope.bus.EventEnds;
import io.callscope.bus.EventOutcome;
import io.callscope.bus.EventOutcome.Originator;
import io.callscope.bus.EventOutcome.Span;
import io.callscope.bus.EventText;
import io.callscope.bus.EventTexts;
import io.callscope.bus.EventType;
import io.callscope.net.Transport;
import io.callscope.sip.SipSignature;
import io.callscope.tracker.call.EventRaiser.Trigger;

/**
 * Makes the event of an entry: a snapshot of it right after the transition that raised the event.
 */
final class CallEvents {
  private static final String TIMEOUT_REASON = "internal: call state timeout";
  private static final String OK_REASON = "internal: implied OK";
  private static final String CANCEL_REASON = "internal: cancel";
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** Room for any trace: 16 messages, or 10 states, of 24 letters at most. */
  static final int TRACE_BYTES = 512;

  private final EventTexts.Builder texts = new EventTexts.Builder();
  private final AsciiText trace = new AsciiText(TRACE_BYTES);
  private final byte[] signature = new byte[SipSignature.MAX_BYTES];

  /** When the partition began to watch, on the clock of the captured messages. */
  private long startNanos;

  void watchFrom(long nanos) {
    if (startNanos == 0) {
      startNanos = nanos;
    }
  }

  long watchedFrom() {
    return startNanos;
  }

  CallEvent of(CallEntry entry, EventType type, Trigger trigger, long nowNanos, byte[] contact) {
    int status = entry.caller.ownStatus;
    String internalReason = null;
    if (entry.forcedTimeoutStatus()) {
      status = 408;
      internalReason = TIMEOUT_REASON;
    } else if (status < 200) {
      if (entry.hasFlag(CallFlags.TIMEOUT)) {
        status = 408;
        internalReason = TIMEOUT_REASON;
      }
      if (type == EventType.CALL_START) {
        status = 290;
        internalReason = OK_REASON;
      } else if (type == EventType.CALL_ATTEMPT && entry.state() == CallState.INV_CANCELED) {
        status = 487;
        internalReason = CANCEL_REASON;
      } else if (type == EventType.CALL_END) {
        status = 291;
        internalReason = OK_REASON;
      }
    }
    return CallEvent.raised(
        type,
        nowNanos,
        ends(entry),
        texts(entry, internalReason, contact),
        outcome(entry, type, status, nowNanos),
        debug(entry, trigger));
  }

  /** An event of a call of which only the Call-ID is known. */
  CallEvent ofUnknown(EventType type, byte[] callId, EventEnds ends, long nowNanos) {
    texts.add(EventText.CALL_ID, callId, 0, callId.length);
    return CallEvent.raised(
        type, nowNanos, ends, texts.build(), EventOutcome.NONE, EventDebug.none(nowNanos));
  }

  private static EventEnds ends(CallEntry entry) {
    return new EventEnds(
        Transport.of(entry.transport),
        entry.clientHigh,
        entry.clientLow,
        entry.clientPort(),
        entry.serverHigh,
        entry.serverLow,
        entry.serverPort());
  }

  private EventTexts texts(CallEntry entry, String internalReason, byte[] contact) {
    add(texts, EventText.CALL_ID, entry, CallText.CALL_ID);
    add(texts, EventText.FROM_TAG, entry, CallText.FROM_TAG);
    add(texts, EventText.TO_TAG, entry, CallText.TO_TAG);
    add(texts, EventText.FROM, entry, CallText.FROM);
    add(texts, EventText.TO, entry, CallText.TO);
    add(texts, EventText.METHOD, entry.methodText);
    add(texts, EventText.URI, entry, CallText.URI);
    if (contact == null) {
      add(texts, EventText.CONTACT, entry, CallText.CONTACT);
    } else {
      texts.add(EventText.CONTACT, contact, 0, contact.length);
    }
    if (internalReason == null) {
      add(texts, EventText.REASON, entry.reason);
    } else {
      texts.add(EventText.REASON, internalReason);
    }
    add(texts, EventText.USER_AGENT, entry.userAgent);
    add(texts, EventText.UAS, entry.uas);
    add(texts, EventText.PAI1, entry, CallText.PAI1);
    add(texts, EventText.PAI2, entry, CallText.PAI2);
    texts.add(EventText.SIGNATURE, signature, 0, signature(entry));
    MessageTrace.text(entry, trace);
    texts.add(EventText.MESSAGE_TRACE, trace.bytes(), 0, trace.length());
    StateTrace.text(entry, trace);
    texts.add(EventText.STATE_TRACE, trace.bytes(), 0, trace.length());
    return texts.build();
  }

  private int signature(CallEntry entry) {
    return SipSignature.write(entry.signatureHead, entry.signatureTail, signature);
  }

  private static void add(EventTexts.Builder texts, EventText text, CallEntry entry, int field) {
    texts.add(
        text, entry.texts, CallText.start(entry.texts, field), CallText.length(entry.texts, field));
  }

  private static void add(EventTexts.Builder texts, EventText text, SharedText value) {
    if (value != null) {
      texts.add(text, value.bytes, 0, value.bytes.length);
    }
  }

  private EventOutcome outcome(CallEntry entry, EventType type, int status, long nowNanos) {
    boolean callEnd = type == EventType.CALL_END;
    Span span = span(entry, type);
    long early = entry.earlyNanos;
    long finalReply = entry.finalReplyNanos;
    long answerOrRing = early != 0 ? early : finalReply;
    return new EventOutcome(
        status,
        answerOrRing == 0 ? 0 : (answerOrRing - entry.createdNanos) / NANOS_PER_MILLI,
        early == 0 || finalReply == 0 ? 0 : Math.max(0, finalReply - early) / NANOS_PER_MILLI,
        finalReply == 0 ? 0 : (finalReply - entry.createdNanos) / NANOS_PER_MILLI,
        span,
        span == Span.NONE ? 0 : Math.max(0, nowNanos - spanStart(entry, span)) / NANOS_PER_SECOND,
        callEnd ? originator(entry) : null,
        callEnd && !entry.has(EventType.CALL_START),
        finalReply);
  }

  private static Span span(CallEntry entry, EventType type) {
    if (type == EventType.REG_DEL || type == EventType.REG_EXPIRED) {
      return entry.finalReplyNanos != 0 ? Span.LIFETIME : Span.MIN_LIFETIME;
    }
    if (type != EventType.CALL_END) {
      return Span.NONE;
    }
    if (entry.finalReplyNanos != 0) {
      return Span.DURATION;
    }
    if (entry.earlyNanos != 0) {
      return Span.DURATION_FROM_EARLY;
    }
    int begun =
        EventType.CALL_START.bit() | EventType.CALL_ATTEMPT.bit() | EventType.AUTH_FAILED.bit();
    return (entry.marks & begun) != 0 ? Span.DURATION_FROM_CREATION : Span.MIN_LENGTH;
  }

  private long spanStart(CallEntry entry, Span span) {
    return switch (span) {
      case DURATION, LIFETIME -> entry.finalReplyNanos;
      case DURATION_FROM_EARLY -> entry.earlyNanos;
      case DURATION_FROM_CREATION -> entry.createdNanos;
      case MIN_LENGTH, MIN_LIFETIME, NONE -> startNanos;
    };
  }

  private static Originator originator(CallEntry entry) {
    if (entry.hasFlag(CallFlags.FORCED_TIMEOUT)) {
      return Originator.TIMEOUT;
    }
    return entry.hasFlag(CallFlags.CALLEE_TERMINATED) ? Originator.CALLEE : Originator.CALLER;
  }

  private static EventDebug debug(CallEntry entry, Trigger trigger) {
    return new EventDebug(
        entry.state().displayName(),
        EventType.of(entry.lastEvent),
        entry.marks,
        trigger.text,
        entry.createdNanos,
        entry.forkedNanos,
        entry.flags,
        side(entry.side(0)),
        side(entry.side(1)));
  }

  private static EventDebug.Side side(CallSide side) {
    return new EventDebug.Side(
        side.cseq(),
        side.replyCseq(),
        side.requests,
        side.replies,
        side.requestRetransmissions,
        side.replyRetransmissions,
        side.lastMethod,
        side.lastStatus);
  }
}
