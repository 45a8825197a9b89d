package io.callscope.tracker.call;

/** Makes the entries of a partition and puts them into its table. One thread. */
final class CallFactory {
  private final CallStore store;
  private final CallAttributes attributes;

  CallFactory(CallStore store, CallAttributes attributes) {
    this.store = store;
    this.attributes = attributes;
  }

  /** An entry of this message, which is not yet applied to it. */
  CallEntry create(int hash, Arrival arrival) {
    CallEntry entry = new CallEntry();
    entry.hash = hash;
    entry.isRegister = arrival.isRegister();
    entry.method = (byte) arrival.method;
    entry.createdNanos = arrival.nowNanos;
    setEnds(entry, arrival);
    attributes.create(entry, arrival);
    store.add(entry, arrival.nowNanos + store.settings.timeoutNanos(CallState.INIT));
    return entry;
  }

  /** The ends as the request saw them: a reply travels the other way. */
  private static void setEnds(CallEntry entry, Arrival a) {
    entry.transport = (byte) a.transport.ordinal();
    entry.clientHigh = a.reply ? a.destinationHigh : a.sourceHigh;
    entry.clientLow = a.reply ? a.destinationLow : a.sourceLow;
    entry.serverHigh = a.reply ? a.sourceHigh : a.destinationHigh;
    entry.serverLow = a.reply ? a.sourceLow : a.destinationLow;
    entry.ports =
        a.reply
            ? (a.destinationPort << 16) | a.sourcePort
            : (a.sourcePort << 16) | a.destinationPort;
  }

  /**
   * Another branch of a call, with the tags of this message, which is not yet applied to it. The
   * parties keep their roles, whoever of them has forked it.
   */
  CallEntry fork(CallEntry parent, int direction, Arrival arrival) {
    CallEntry child = new CallEntry();
    child.hash = parent.hash;
    child.isRegister = parent.isRegister;
    child.method = (byte) arrival.method;
    child.transport = parent.transport;
    child.clientHigh = parent.clientHigh;
    child.clientLow = parent.clientLow;
    child.serverHigh = parent.serverHigh;
    child.serverLow = parent.serverLow;
    child.ports = parent.ports;
    child.createdNanos = parent.createdNanos;
    child.forkedNanos = arrival.nowNanos;
    if (arrival.reply && arrival.status >= 200) {
      // The phone has rung, whoever says now how it went.
      child.earlyNanos = parent.earlyNanos;
    }
    child.marks = parent.marks & ~Registrar.MARKS;
    child.lastEvent = parent.lastEvent;
    child.flags = CallFlags.FORK_CHILD;
    parent.flags |= CallFlags.FORK_PARENT;
    if (parent.side(1 - direction).knowsRequests()) {
      child.sideToChange(1 - direction).inheritCseq(parent.side(1 - direction));
    }
    child.states = parent.states;
    child.stateCount = parent.stateCount;
    MessageTrace.copy(parent, child);
    child.requestedSeconds = parent.requestedSeconds;
    child.moreContacts = parent.moreContacts == null ? null : parent.moreContacts.clone();
    attributes.fork(child, parent, arrival, direction);
    store.add(child, arrival.nowNanos + store.settings.timeoutNanos(CallState.INIT));
    attributes.update(child, arrival, direction);
    return child;
  }
}
