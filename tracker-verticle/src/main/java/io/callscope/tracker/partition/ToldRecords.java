package io.callscope.tracker.partition;

import io.callscope.bus.CallEvent;
import io.callscope.bus.CallQuality;
import io.callscope.bus.CallRecord;
import io.callscope.bus.EventEnds;
import io.callscope.bus.NoteKind;
import io.callscope.bus.QualityCodec;
import io.callscope.bus.SipBatch;
import io.callscope.net.Transport;
import io.callscope.sip.SipMessage;
import io.callscope.tracker.call.CallTracker;
import io.callscope.tracker.leg.Legs;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Consumer;

/** What SBCs tell of calls beyond their messages: which legs are one call, and its quality. */
final class ToldRecords {
  private final CallTracker tracker;
  private final Legs legs;
  private final Consumer<CallEvent> out;

  ToldRecords(CallTracker tracker, Legs legs, Consumer<CallEvent> out) {
    this.tracker = tracker;
    this.legs = legs;
    this.out = out;
  }

  void link(SipBatch batch, int record) {
    SipMessage told = batch.message(record);
    byte[] other =
        Arrays.copyOfRange(told.bytes(), CallRecord.contentAt(told), CallRecord.contentEnd(told));
    legs.link(
        CallRecord.callId(told),
        batch.callIdHash(record),
        other,
        batch.note(record, NoteKind.SBC),
        tracker.nowNanos());
  }

  void quality(SipBatch batch, int record) {
    SipMessage told = batch.message(record);
    CallQuality report;
    try {
      report =
          QualityCodec.read(told.bytes(), CallRecord.contentAt(told), CallRecord.contentEnd(told));
    } catch (UncheckedIOException e) {
      legs.badReport();
      return;
    }
    byte[] callId = CallRecord.callId(told);
    int hash = batch.callIdHash(record);
    CallQuality known = legs.quality(callId, hash, report, tracker.nowNanos());
    if (CallRecord.option(told) == CallRecord.PUBLISH) {
      CallQuality.Flow media = report.ingress().incoming();
      EventEnds ends =
          EventEnds.of(
              Transport.UDP,
              media.source(),
              media.sourcePort(),
              media.destination(),
              media.destinationPort());
      out.accept(tracker.qualityEvent(callId, hash, ends).with(known));
    }
  }
}
