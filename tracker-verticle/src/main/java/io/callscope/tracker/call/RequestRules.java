package io.callscope.tracker.call;

import static io.callscope.tracker.call.CallState.INIT;
import static io.callscope.tracker.call.CallState.INV_1ST;
import static io.callscope.tracker.call.CallState.INV_BYE_SEEN;
import static io.callscope.tracker.call.CallState.INV_CANCELED;
import static io.callscope.tracker.call.CallState.INV_EARLY_DLG;
import static io.callscope.tracker.call.CallState.INV_ESTABLISHED;
import static io.callscope.tracker.call.CallState.INV_NEG;
import static io.callscope.tracker.call.CallState.NON_INV_1ST;
import static io.callscope.tracker.call.CallState.NON_INV_FIN;

import io.callscope.bus.EventType;
import io.callscope.sip.SipMethod;

/** What a request that is no retransmission does to an entry. Direction does not matter. */
final class RequestRules {
  private RequestRules() {}

  static int step(CallState state, int method, boolean hasToTag, int entryMethod) {
    return switch (method) {
      case SipMethod.PRACK, SipMethod.UPDATE -> Step.keep(state);
      case SipMethod.BYE -> bye(state);
      case SipMethod.CANCEL -> isBeforeAnswer(state) ? Step.to(INV_CANCELED) : Step.keep(state);
      case SipMethod.INVITE -> hasToTag ? reInvite(state) : invite(state);
      case SipMethod.ACK -> state == INIT ? Step.to(INIT) : Step.keep(state);
      case SipMethod.REGISTER -> register(state);
      default -> other(state, method, hasToTag, entryMethod);
    };
  }

  private static boolean isBeforeAnswer(CallState state) {
    return state == INIT || state == INV_1ST || state == INV_EARLY_DLG;
  }

  private static int bye(CallState state) {
    boolean ends = isBeforeAnswer(state) || state == INV_NEG || state == INV_ESTABLISHED;
    return ends ? Step.to(INV_BYE_SEEN, EventType.CALL_END) : Step.keep(state);
  }

  private static int invite(CallState state) {
    return state == INIT || state == INV_NEG ? Step.to(INV_1ST) : Step.keep(state);
  }

  /** An INVITE inside a dialog: if we have not seen the dialog established, it must be. */
  private static int reInvite(CallState state) {
    if (state == INIT) {
      return Step.to(INV_ESTABLISHED, EventType.CALL_START);
    }
    return impliesAnswer(state);
  }

  private static int impliesAnswer(CallState state) {
    return state == INV_1ST || state == INV_EARLY_DLG
        ? Step.extendTo(INV_ESTABLISHED, EventType.CALL_START)
        : Step.keep(state);
  }

  /**
   * A retry after a refusal waits for its answer as long as the first request; a live registration
   * keeps its time.
   */
  private static int register(CallState state) {
    return state == INIT || state == CallState.NON_INV_NEG
        ? Step.to(NON_INV_1ST)
        : Step.keep(state);
  }

  private static int other(CallState state, int method, boolean hasToTag, int entryMethod) {
    if (state == INIT) {
      return Step.to(NON_INV_1ST);
    }
    if (hasToTag) {
      return method == SipMethod.NOTIFY ? Step.keep(state) : impliesAnswer(state);
    }
    return method == entryMethod ? Step.to(NON_INV_1ST) : Step.keep(state);
  }

  /**
   * A live registration: its timer is the lifetime of its bindings and its requests do not touch
   * it.
   */
  static boolean isLiveRegistration(CallEntry entry) {
    return entry.isRegister && entry.state() == NON_INV_FIN;
  }
}
