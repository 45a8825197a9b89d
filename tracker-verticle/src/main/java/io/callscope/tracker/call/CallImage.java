package io.callscope.tracker.call;

import io.callscope.bus.EventType;
import io.callscope.net.Transport;
import io.callscope.sip.CallIdHash;
import io.callscope.sip.SipMethod;
import io.callscope.sip.SipSignature;
import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;

/**
 * A call entry as bytes, with its bindings: all that it knows, and nothing of where it is linked.
 * Some 300 bytes.
 */
final class CallImage {
  private static final int STATES = CallState.values().length;
  private static final int TRANSPORTS = Transport.values().length;
  private static final int EVENT_TYPES = EventType.values().length;
  private static final int MAX_TEXTS = 4096;

  private CallImage() {}

  /** Asks for the numbers of the texts that the entry shares. */
  static void texts(CallEntry entry, ImageWriter out, int[] numbers) {
    numbers[0] = number(entry.methodText, out);
    numbers[1] = number(entry.reason, out);
    numbers[2] = number(entry.userAgent, out);
    numbers[3] = number(entry.uas, out);
  }

  private static int number(SharedText text, ImageWriter out) {
    return text == null ? 0 : 1 + out.text(text.bytes);
  }

  static void write(CallEntry entry, int[] textNumbers, ImageWriter out) {
    out.putByte(entry.state);
    out.putByte(entry.method);
    out.putByte(entry.transport);
    out.putByte(entry.lastEvent);
    out.putBoolean(entry.isRegister);
    out.putInt(entry.flags);
    out.putInt(entry.marks);
    out.putInt(entry.requestedSeconds);
    out.putLong(entry.createdNanos);
    putTime(entry.earlyNanos, entry, out);
    putTime(entry.finalReplyNanos, entry, out);
    putTime(entry.forkedNanos, entry, out);
    out.putSigned(entry.deadlineNanos - entry.createdNanos);
    out.putVar(entry.clientHigh);
    out.putLong(entry.clientLow);
    out.putVar(entry.serverHigh);
    out.putLong(entry.serverLow);
    out.putInt(entry.ports);
    entry.caller.write(out);
    out.putBoolean(entry.side(1) != CallSide.NONE);
    if (entry.side(1) != CallSide.NONE) {
      entry.side(1).write(out);
    }
    MessageTrace.write(entry, out);
    out.putVar(entry.stateCount);
    out.putLong(entry.states);
    out.putLong(entry.signatureHead);
    out.putInt(entry.signatureTail);
    out.putBytes(entry.texts);
    out.putBoolean(entry.moreContacts != null);
    if (entry.moreContacts != null) {
      out.putBytes(entry.moreContacts);
    }
    for (int number : textNumbers) {
      out.putVar(number);
    }
    putBindings(entry, out);
  }

  private static void putTime(long nanos, CallEntry entry, ImageWriter out) {
    out.putBoolean(nanos != 0);
    if (nanos != 0) {
      out.putSigned(nanos - entry.createdNanos);
    }
  }

  private static void putBindings(CallEntry entry, ImageWriter out) {
    int count = 0;
    for (Binding binding = entry.bindings; binding != null; binding = binding.ownerNext) {
      count++;
    }
    out.putVar(count);
    for (Binding binding = entry.bindings; binding != null; binding = binding.ownerNext) {
      binding.write(out);
    }
  }

  /** The entry of an image, in no table; its bindings know it. */
  static CallEntry read(ImageReader in, Interner interner) {
    CallEntry entry = new CallEntry();
    entry.state = (byte) in.getByte(STATES, "state");
    entry.method = (byte) in.getByte(SipMethod.OTHER + 1, "method");
    entry.transport = (byte) in.getByte(TRANSPORTS, "transport");
    entry.lastEvent = (byte) in.getByte(EVENT_TYPES, "event");
    entry.isRegister = in.getBoolean();
    entry.flags = in.getInt();
    entry.marks = in.getInt();
    entry.requestedSeconds = in.getInt();
    entry.createdNanos = in.getLong();
    entry.earlyNanos = getTime(entry, in);
    entry.finalReplyNanos = getTime(entry, in);
    entry.forkedNanos = getTime(entry, in);
    entry.deadlineNanos = entry.createdNanos + in.getSigned();
    entry.clientHigh = in.getVar();
    entry.clientLow = in.getLong();
    entry.serverHigh = in.getVar();
    entry.serverLow = in.getLong();
    entry.ports = in.getInt();
    entry.caller.read(in);
    if (in.getBoolean()) {
      entry.sideToChange(1).read(in);
    }
    MessageTrace.read(entry, in);
    entry.stateCount = in.getVar(Integer.MAX_VALUE, "states");
    entry.states = in.getLong();
    ImageReader.check(StateTrace.isSound(entry), "states");
    entry.signatureHead = in.getLong();
    ImageReader.check(SipSignature.isSound(entry.signatureHead), "signature");
    entry.signatureTail = in.getInt();
    entry.texts = in.getBytes(MAX_TEXTS);
    ImageReader.check(CallText.isSound(entry.texts), "texts");
    int callId = CallText.start(entry.texts, CallText.CALL_ID);
    int length = CallText.length(entry.texts, CallText.CALL_ID);
    entry.hash = CallIdHash.of(entry.texts, callId, length);
    if (in.getBoolean()) {
      entry.moreContacts = in.getBytes(ContactList.MAX_BYTES);
      ImageReader.check(ContactList.isSound(entry.moreContacts), "contacts");
    }
    entry.methodText = text(in, interner);
    entry.reason = text(in, interner);
    entry.userAgent = text(in, interner);
    entry.uas = text(in, interner);
    getBindings(entry, in);
    return entry;
  }

  private static long getTime(CallEntry entry, ImageReader in) {
    return in.getBoolean() ? entry.createdNanos + in.getSigned() : 0;
  }

  private static SharedText text(ImageReader in, Interner interner) {
    int number = in.getVar(Integer.MAX_VALUE, "text");
    if (number == 0) {
      return null;
    }
    byte[] text = in.text(number - 1);
    return interner.share(text, 0, text.length, text.length);
  }

  private static void getBindings(CallEntry entry, ImageReader in) {
    Binding last = null;
    for (int left = in.getVar(Bindings.MAX_CHAIN * ContactList.MAX_CONTACTS, "bindings");
        left > 0;
        left--) {
      Binding binding = Binding.read(in);
      binding.owner = entry;
      if (last == null) {
        entry.bindings = binding;
      } else {
        last.ownerNext = binding;
      }
      last = binding;
    }
  }
}
