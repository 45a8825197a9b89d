package io.callscope.tracker.call;

import io.callscope.bus.EventType;
import io.callscope.tracker.state.Stored;

/**
 * One dialog or one stand-alone transaction. Belongs to the thread of its partition. A flat object
 * of about 300 bytes: its links for table and creation order, and its place in the timer wheel are
 * in it, so that no structure allocates a node for it.
 *
 * <p>Direction 0 is the caller's requests and the replies to them, direction 1 the callee's
 * requests and the replies to those.
 */
final class CallEntry extends Stored {
  /**
   * Object header, fields and padding as HotSpot lays them out with compressed references, the
   * caller's side included; {@code texts} comes on top.
   */
  static final int FIXED_BYTES = 312;

  // Links: bucket chain (newest first), creation order.
  CallEntry chainNext;
  CallEntry olderEntry;
  CallEntry newerEntry;

  /** The registration bindings this entry holds, linked; null for most. */
  Binding bindings;

  /** Of the last REGISTER: the contacts behind the first, null for most ({@link ContactList}). */
  byte[] moreContacts;

  byte[] texts;

  /**
   * Shared with other entries: method of the first request, last reason phrase, the ends' software;
   * null where unknown.
   */
  SharedText methodText;

  SharedText reason;
  SharedText userAgent;
  SharedText uas;

  /** Place in the partition's order of creation. */
  long id;

  long createdNanos;
  long earlyNanos;
  long finalReplyNanos;
  long forkedNanos;

  /** When the entry expires. */
  long deadlineNanos;

  /**
   * The wheel tick the entry is linked at, and the slot; it is linked again if the deadline turns
   * out to be later.
   */
  long timerTick;

  short timerSlot = TimerWheel.UNLINKED;

  /** Its place in that slot. */
  int timerIndex;

  long clientHigh;
  long clientLow;
  long serverHigh;
  long serverLow;
  int ports;

  /** Hash of the Call-ID. */
  int hash;

  int flags;

  /** Bits of the event types already raised. */
  int marks;

  /**
   * The lifetime the last REGISTER asked for; negative if it did not say, or none was seen ({@link
   * Registrar#NO_REQUEST}).
   */
  int requestedSeconds = Registrar.NO_REQUEST;

  byte state = (byte) CallState.INIT.ordinal();
  byte method;
  byte transport;
  byte lastEvent;
  boolean isRegister;

  /** No longer in the table; a slice of a walk that rests on it starts anew. */
  boolean removed;

  final CallSide caller = new CallSide();

  /** Made with the callee's first request; most calls end without one. */
  private CallSide callee;

  long messages0;
  long messages1;
  long messages2;
  long messages3;
  int messageCount;

  /** The last ten states, 4 bits each, the newest lowest. */
  long states;

  int stateCount;

  /** Request signature in the packed form of {@code SipSignature}, 0 without one. */
  long signatureHead;

  int signatureTail;

  @Override
  protected long storedId() {
    return id;
  }

  @Override
  protected boolean isGone() {
    return removed;
  }

  /** The counts of a direction, to be read. */
  CallSide side(int direction) {
    return direction == 0 ? caller : callee == null ? CallSide.NONE : callee;
  }

  /** The counts of a direction, to be changed. */
  CallSide sideToChange(int direction) {
    if (direction == 0) {
      return caller;
    }
    if (callee == null) {
      callee = new CallSide();
    }
    return callee;
  }

  CallState state() {
    return CallState.of(state);
  }

  boolean has(EventType type) {
    return (marks & type.bit()) != 0;
  }

  void mark(EventType type) {
    marks |= type.bit();
  }

  void unmark(EventType type) {
    marks &= ~type.bit();
  }

  boolean hasFlag(int flag) {
    return (flags & flag) != 0;
  }

  /** Its timeout itself was the outcome: 408, whatever a reply had said before. */
  boolean forcedTimeoutStatus() {
    return hasFlag(CallFlags.FORCED_TIMEOUT);
  }

  int clientPort() {
    return ports >>> 16;
  }

  int serverPort() {
    return ports & 0xffff;
  }

  /** Bytes of an array of so many bytes, its header and padding included. */
  static int arrayBytes(int length) {
    return (length + 16 + 7) & ~7;
  }

  /** Bytes of this entry alone; what it shares with others is counted apart. */
  int bytes() {
    int bytes = FIXED_BYTES + arrayBytes(texts.length);
    bytes += callee == null ? 0 : CallSide.BYTES;
    return bytes + (moreContacts == null ? 0 : arrayBytes(moreContacts.length));
  }
}
