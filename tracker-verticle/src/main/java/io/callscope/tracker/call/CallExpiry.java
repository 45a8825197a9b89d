package io.callscope.tracker.call;

import io.callscope.bus.EventType;
import io.callscope.tracker.call.EventRaiser.Trigger;

/** What the end of an entry's time means: the event it raises on the way out. */
final class CallExpiry {
  private final CallStore store;
  private final EventRaiser raiser;
  private final Registrar registrar;

  CallExpiry(CallStore store, EventRaiser raiser, Registrar registrar) {
    this.store = store;
    this.raiser = raiser;
    this.registrar = registrar;
  }

  /** The entry is off the wheel; it leaves the table, unless a binding of it lives on. */
  void expire(CallEntry entry, long nowNanos) {
    if (RequestRules.isLiveRegistration(entry)) {
      registrar.ends().expire(entry, nowNanos);
      return;
    }
    entry.flags |= CallFlags.TIMEOUT;
    switch (entry.state()) {
      case INV_1ST, INV_EARLY_DLG -> force(entry, EventType.CALL_ATTEMPT, nowNanos);
      case INV_ESTABLISHED -> force(entry, EventType.CALL_END, nowNanos);
      case NON_INV_1ST -> force(entry, EventType.OTHER_TIMEOUT, nowNanos);
      case INV_BYE_SEEN, INV_BYE_REPL -> raise(entry, EventType.CALL_END, nowNanos);
      case INV_CANCELED -> raise(entry, EventType.CALL_ATTEMPT, nowNanos);
      case INV_NEG -> raise(entry, negative(entry, EventType.CALL_ATTEMPT), nowNanos);
      case NON_INV_NEG -> raise(entry, negative(entry, EventType.OTHER_FAILED), nowNanos);
      case NON_INV_FIN -> raise(entry, EventType.OTHER_OK, nowNanos);
      case INIT, INVALID -> {}
    }
    registrar.bindings().removeAllOf(entry);
    store.remove(entry);
  }

  private static EventType negative(CallEntry entry, EventType otherwise) {
    boolean challenged =
        CallSide.isChallenge(entry.side(0).ownStatus)
            || CallSide.isChallenge(entry.side(1).ownStatus);
    return challenged ? EventType.AUTH_FAILED : otherwise;
  }

  private void raise(CallEntry entry, EventType type, long nowNanos) {
    raiser.raise(entry, type, Trigger.TIMEOUT, nowNanos);
  }

  /** The silence itself is the outcome: it reports 408, if it reports at all. */
  private void force(CallEntry entry, EventType type, long nowNanos) {
    if (raiser.claim(entry, type)) {
      entry.flags |= CallFlags.FORCED_TIMEOUT;
      raiser.emit(entry, type, Trigger.TIMEOUT, nowNanos, null);
    }
  }
}
