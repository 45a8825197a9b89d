package io.callscope.tracker.call;

import io.callscope.bus.EventType;
import io.callscope.sip.SipMethod;
import io.callscope.tracker.call.EventRaiser.Trigger;

/**
 * What the message under way does to the entry it belongs to: repeats are counted, anything else
 * takes it from state to state by {@link RequestRules} and {@link ReplyRules}. One thread.
 */
final class CallProgress {
  private final CallStore store;
  private final CallAttributes attributes;
  private final EventRaiser raiser;
  private final Registrar registrar;
  private final Arrival arrival;

  CallProgress(
      CallStore store,
      CallAttributes attributes,
      EventRaiser raiser,
      Registrar registrar,
      Arrival arrival) {
    this.store = store;
    this.attributes = attributes;
    this.raiser = raiser;
    this.registrar = registrar;
    this.arrival = arrival;
  }

  /** The message was seen before, or changes nothing that is followed. */
  boolean isRepeat(CallEntry entry, int direction) {
    int method = arrival.reply ? arrival.cseqMethod : arrival.method;
    if (method == SipMethod.PRACK || method == SipMethod.UPDATE) {
      return true;
    }
    CallSide side = entry.side(direction);
    return arrival.reply
        ? method == SipMethod.ACK
            || side.repeatsReply(method, arrival.cseq, arrival.status, arrival.isOwnOf(entry))
        : side.repeatsRequest(method, arrival.cseq);
  }

  /**
   * Applies the message to an entry it has joined.
   *
   * @return true: it was followed
   */
  boolean apply(CallEntry entry, int direction, boolean knownRepeat) {
    if (knownRepeat || isRepeat(entry, direction)) {
      applyRepeat(entry, direction);
    } else {
      attributes.update(entry, arrival, direction);
      applyFresh(entry, direction, false);
    }
    return true;
  }

  /** A retransmission changes no state; it shows that the dialog lives. */
  private void applyRepeat(CallEntry entry, int direction) {
    CallSide side = store.side(entry, direction);
    if (arrival.reply) {
      side.sawRepeatedReply();
    } else {
      side.sawRepeatedRequest();
    }
    trace(entry, direction, true);
    store.extendDeadline(entry, arrival.nowNanos + store.settings.timeoutNanos(entry.state()));
  }

  private void trace(CallEntry entry, int direction, boolean repeat) {
    boolean byCallee = arrival.reply == (direction == 0);
    int value = arrival.reply ? arrival.status : arrival.method;
    MessageTrace.add(entry, byCallee, arrival.reply, value, repeat);
  }

  /**
   * Applies a message that is no retransmission.
   *
   * @param isNew the entry was made for it
   */
  void applyFresh(CallEntry entry, int direction, boolean isNew) {
    StateTrace.add(entry);
    trace(entry, direction, false);
    if (arrival.reply) {
      applyReply(entry, direction, isNew);
    } else {
      applyRequest(entry, direction);
    }
  }

  private void applyRequest(CallEntry entry, int direction) {
    boolean undecided = entry.state() == CallState.INIT && entry.method == SipMethod.ACK;
    if (undecided) {
      // A lone ACK says nothing of what it belongs to; the next request does.
      entry.method = (byte) arrival.method;
    }
    if (entry.isRegister) {
      registrar.request(entry, arrival);
    }
    store.side(entry, direction).sawRequest(arrival.method, arrival.cseq, arrival.isOwnOf(entry));
    int step = RequestRules.step(entry.state(), arrival.method, arrival.hasToTag(), entry.method);
    follow(entry, direction, step, Trigger.REQUEST);
  }

  private void applyReply(CallEntry entry, int direction, boolean isNew) {
    int method = arrival.cseqMethod;
    int status = arrival.status;
    CallSide side = store.side(entry, direction);
    boolean again =
        method != SipMethod.BYE
            && method != SipMethod.CANCEL
            && CallSide.isChallenge(status)
            && side.ownFinalStatus == status;
    side.sawReply(method, arrival.cseq, status, arrival.isOwnOf(entry));
    if (entry.isRegister && CallSide.isSuccess(status)) {
      registrar.success(entry, arrival, isNew && !entry.hasFlag(CallFlags.FORK_CHILD));
      return;
    }
    int step = ReplyRules.step(entry.state(), status, method, arrival.hasToTag(), entry.method);
    follow(entry, direction, step, Trigger.REPLY);
    if (again) {
      raiser.raise(entry, EventType.AUTH_FAILED, Trigger.REPLY, arrival.nowNanos);
    }
  }

  private void follow(CallEntry entry, int direction, int step, Trigger trigger) {
    CallState state = Step.state(step);
    if (state != entry.state()) {
      noteTerminator(entry, direction, state);
    }
    store.changeState(entry, state, arrival.nowNanos);
    long deadline = arrival.nowNanos + store.settings.timeoutNanos(state);
    if (Step.forces(step)) {
      store.forceDeadline(entry, deadline);
    } else {
      store.extendDeadline(entry, deadline);
    }
    EventType event = Step.event(step);
    if (event != EventType.EMPTY) {
      raiser.raise(entry, event, trigger, arrival.nowNanos);
    }
  }

  private static void noteTerminator(CallEntry entry, int direction, CallState state) {
    boolean ends = state == CallState.INV_BYE_SEEN || state == CallState.INV_BYE_REPL;
    if (ends && direction == 1) {
      entry.flags |= CallFlags.CALLEE_TERMINATED;
    } else if (state == CallState.INV_BYE_REPL) {
      entry.flags &= ~CallFlags.CALLEE_TERMINATED;
    }
  }
}
