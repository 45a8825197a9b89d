package io.callscope.tracker.call;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventDebug;
import io.callscope.bus.EventEnds;
import io.callscope.bus.EventOutcome;
import io.callscope.bus.EventText;
import io.callscope.bus.EventTexts;
import io.callscope.bus.EventType;
import io.callscope.bus.RecordKind;
import io.callscope.bus.SipBatch;
import io.callscope.sip.SipError;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;

/** Events of payloads that are no SIP message: no call, only addresses and how far parsing came. */
final class ReceiverEvents {
  private static final int MAX_EXCERPT = 60;

  private final EventTexts.Builder texts = new EventTexts.Builder();

  CallEvent of(SipBatch batch, int record, long nowNanos) {
    boolean probe = batch.kind(record) == RecordKind.PROBE;
    EventEnds ends =
        new EventEnds(
            batch.transport(record),
            batch.sourceHigh(record),
            batch.sourceLow(record),
            batch.sourcePort(record),
            batch.destinationHigh(record),
            batch.destinationLow(record),
            batch.destinationPort(record));
    if (!probe) {
      describe(batch.message(record), batch.error(record));
    }
    return CallEvent.raised(
        probe ? EventType.MSG_PROBE : EventType.PARSE_ERROR,
        nowNanos,
        ends,
        texts.build(),
        EventOutcome.NONE,
        EventDebug.none(nowNanos));
  }

  private void describe(SipMessage message, int error) {
    texts.add(
        EventText.CALL_ID,
        message.bytes(),
        message.at(SipIndex.CALL_ID),
        message.length(SipIndex.CALL_ID));
    if (error == SipError.NO_CONTENT_LENGTH) {
      texts.add(EventText.ERROR_INFO, "missing Content-Length");
    } else {
      int good = Math.min(message.value(SipIndex.BODY), message.length());
      texts.add(
          EventText.ERROR_INFO, message.bytes(), message.start(), Math.min(MAX_EXCERPT, good));
    }
  }
}
