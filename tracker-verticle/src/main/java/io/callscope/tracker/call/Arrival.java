package io.callscope.tracker.call;

import io.callscope.bus.SipBatch;
import io.callscope.net.Transport;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;
import io.callscope.sip.SipMethod;

/**
 * The message under way through a partition: what every rule asks, read once. One object a
 * partition, filled anew each time.
 */
final class Arrival {
  SipMessage message;
  byte[] bytes;
  long nowNanos;
  boolean reply;

  /** First line's method of a request, CSeq method of a reply. */
  int method;

  int status;
  int cseq;
  int cseqMethod;
  int callIdAt;
  int callIdLength;
  int fromTagAt;
  int fromTagLength;
  int toTagAt;
  int toTagLength;
  Transport transport;
  long sourceHigh;
  long sourceLow;
  int sourcePort;
  long destinationHigh;
  long destinationLow;
  int destinationPort;

  void read(SipBatch batch, int record, long now) {
    SipMessage m = batch.message(record);
    message = m;
    bytes = m.bytes();
    nowNanos = now;
    reply = m.isReply();
    method = m.method();
    status = m.status();
    cseq = m.value(SipIndex.CSEQ);
    cseqMethod = m.cseqMethod();
    callIdAt = m.at(SipIndex.CALL_ID);
    callIdLength = m.length(SipIndex.CALL_ID);
    fromTagAt = m.at(SipIndex.FROM_TAG);
    fromTagLength = m.length(SipIndex.FROM_TAG);
    toTagAt = m.at(SipIndex.TO_TAG);
    toTagLength = m.length(SipIndex.TO_TAG);
    transport = batch.transport(record);
    sourceHigh = batch.sourceHigh(record);
    sourceLow = batch.sourceLow(record);
    sourcePort = batch.sourcePort(record);
    destinationHigh = batch.destinationHigh(record);
    destinationLow = batch.destinationLow(record);
    destinationPort = batch.destinationPort(record);
  }

  boolean hasToTag() {
    return toTagLength > 0;
  }

  /**
   * REGISTERs and all else are two key spaces: they go to partitions by different keys, so they
   * must never meet.
   */
  boolean isRegister() {
    return cseqMethod == SipMethod.REGISTER;
  }

  boolean fromTagIs(CallEntry entry, int tag) {
    return CallText.equals(entry.texts, tag, bytes, fromTagAt, fromTagLength);
  }

  boolean toTagIs(CallEntry entry, int tag) {
    return CallText.equals(entry.texts, tag, bytes, toTagAt, toTagLength);
  }

  boolean callIdIs(CallEntry entry) {
    return CallText.equals(entry.texts, CallText.CALL_ID, bytes, callIdAt, callIdLength);
  }

  /** The message belongs to a transaction of the method that created the entry. */
  boolean isOwnOf(CallEntry entry) {
    return (reply ? cseqMethod : method) == entry.method;
  }
}
