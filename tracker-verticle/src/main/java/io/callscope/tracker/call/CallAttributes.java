package io.callscope.tracker.call;

import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;
import io.callscope.sip.SipMethod;
import io.callscope.sip.SipSignature;

/**
 * What an entry keeps of the texts of its messages: which header of which message fills which
 * attribute.
 */
final class CallAttributes {
  private static final int MAX_METHOD = 16;
  private static final int MAX_REASON = 64;
  private static final int MAX_SOFTWARE = 64;

  private final CallStore store;
  private final Interner interner;
  private final SipSignature signature = new SipSignature();
  private final CallText.Builder builder = new CallText.Builder();

  CallAttributes(CallStore store, Interner interner) {
    this.store = store;
    this.interner = interner;
  }

  /**
   * Fills the texts of an entry that this message creates; every message starts in the caller's
   * direction.
   */
  void create(CallEntry entry, Arrival arrival) {
    SipMessage message = arrival.message;
    boolean request = !arrival.reply;
    boolean takesContact = request || (arrival.isRegister() && arrival.status >= 200);
    builder.begin();
    add(message, SipIndex.CALL_ID, true);
    add(message, SipIndex.FROM_TAG, true);
    add(message, SipIndex.TO_TAG, true);
    add(message, SipIndex.FROM_URI, true);
    add(message, SipIndex.TO_URI, true);
    add(message, SipIndex.REQUEST_URI, request);
    add(message, SipIndex.CONTACT_URI, takesContact);
    add(message, SipIndex.PAI1_URI, request);
    add(message, SipIndex.PAI2_URI, request);
    entry.texts = builder.build();
    if (request) {
      sign(entry, message);
    }
    int method = request ? SipIndex.METHOD_TEXT : SipIndex.CSEQ_METHOD_TEXT;
    entry.methodText = store.exchange(null, share(message, method, MAX_METHOD));
    setSoftware(entry, arrival, 0);
    setReason(entry, arrival);
  }

  /** Fills the texts of a fork: the parent's, with the tags of the message that forked it. */
  void fork(CallEntry child, CallEntry parent, Arrival arrival, int direction) {
    boolean caller = direction == 0;
    builder.begin();
    builder.add(parent.texts, CallText.CALL_ID);
    builder.add(
        arrival.bytes,
        caller ? arrival.fromTagAt : arrival.toTagAt,
        caller ? arrival.fromTagLength : arrival.toTagLength);
    builder.add(
        arrival.bytes,
        caller ? arrival.toTagAt : arrival.fromTagAt,
        caller ? arrival.toTagLength : arrival.fromTagLength);
    for (int field = CallText.FROM; field < CallText.COUNT; field++) {
      builder.add(parent.texts, field);
    }
    child.texts = builder.build();
    child.methodText = store.exchange(null, parent.methodText);
    child.reason = store.exchange(null, parent.reason);
    child.userAgent = store.exchange(null, parent.userAgent);
    child.uas = store.exchange(null, parent.uas);
    child.signatureHead = parent.signatureHead;
    child.signatureTail = parent.signatureTail;
    if (caller && !arrival.reply) {
      sign(child, arrival.message);
    }
  }

  private void sign(CallEntry entry, SipMessage request) {
    signature.compute(request);
    entry.signatureHead = signature.head();
    entry.signatureTail = signature.tail();
  }

  private void add(SipMessage message, int span, boolean wanted) {
    if (wanted) {
      builder.add(message.bytes(), message.at(span), message.length(span));
    } else {
      builder.addEmpty();
    }
  }

  /** A later message fills what is still empty and replaces what follows the latest message. */
  void update(CallEntry entry, Arrival arrival, int direction) {
    boolean caller = direction == 0;
    fill(entry, CallText.FROM, arrival, caller ? SipIndex.FROM_URI : SipIndex.TO_URI);
    fill(entry, CallText.TO, arrival, caller ? SipIndex.TO_URI : SipIndex.FROM_URI);
    setSoftware(entry, arrival, direction);
    if (caller) {
      setReason(entry, arrival);
    }
    if (!arrival.reply && caller) {
      fill(entry, CallText.URI, arrival, SipIndex.REQUEST_URI);
      updateContact(entry, arrival);
      updateAsserted(entry, arrival);
    }
  }

  private void updateContact(CallEntry entry, Arrival arrival) {
    if (arrival.method == SipMethod.REGISTER) {
      replace(entry, CallText.CONTACT, arrival, SipIndex.CONTACT_URI);
    } else {
      fill(entry, CallText.CONTACT, arrival, SipIndex.CONTACT_URI);
    }
  }

  private void updateAsserted(CallEntry entry, Arrival arrival) {
    switch (arrival.method) {
      case SipMethod.REGISTER,
          SipMethod.PRACK,
          SipMethod.ACK,
          SipMethod.UPDATE,
          SipMethod.BYE,
          SipMethod.CANCEL -> {
        fill(entry, CallText.PAI1, arrival, SipIndex.PAI1_URI);
        fill(entry, CallText.PAI2, arrival, SipIndex.PAI2_URI);
      }
      default -> {
        replace(entry, CallText.PAI1, arrival, SipIndex.PAI1_URI);
        replace(entry, CallText.PAI2, arrival, SipIndex.PAI2_URI);
      }
    }
  }

  private void fill(CallEntry entry, int field, Arrival arrival, int span) {
    if (CallText.length(entry.texts, field) == 0) {
      replace(entry, field, arrival, span);
    }
  }

  private void replace(CallEntry entry, int field, Arrival arrival, int span) {
    SipMessage message = arrival.message;
    int length = message.length(span);
    if (length > 0
        && !CallText.equals(entry.texts, field, arrival.bytes, message.at(span), length)) {
      store.setText(entry, field, arrival.bytes, message.at(span), length);
    }
  }

  /**
   * Who sends a message names its software: User-Agent, and a server that has none of that, Server.
   */
  private void setSoftware(CallEntry entry, Arrival arrival, int direction) {
    boolean fromCaller = arrival.reply == (direction == 1);
    if (fromCaller ? entry.userAgent != null : entry.uas != null) {
      return;
    }
    boolean server = arrival.reply && arrival.message.length(SipIndex.USER_AGENT) == 0;
    SharedText software =
        share(arrival.message, server ? SipIndex.SERVER : SipIndex.USER_AGENT, MAX_SOFTWARE);
    if (fromCaller) {
      entry.userAgent = store.exchange(null, software);
    } else {
      entry.uas = store.exchange(null, software);
    }
  }

  /**
   * The reason is that of the status: of the last reply to the caller in the entry's own method.
   */
  private void setReason(CallEntry entry, Arrival arrival) {
    if (arrival.reply && arrival.isOwnOf(entry)) {
      SharedText reason = share(arrival.message, SipIndex.REASON, MAX_REASON);
      entry.reason = store.exchange(entry.reason, reason);
    }
  }

  private SharedText share(SipMessage message, int span, int maxLength) {
    int length = message.length(span);
    return length == 0
        ? null
        : interner.share(message.bytes(), message.at(span), length, maxLength);
  }
}
