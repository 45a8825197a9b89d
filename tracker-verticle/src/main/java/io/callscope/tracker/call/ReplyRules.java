package io.callscope.tracker.call;

import static io.callscope.tracker.call.CallState.INIT;
import static io.callscope.tracker.call.CallState.INV_1ST;
import static io.callscope.tracker.call.CallState.INV_BYE_REPL;
import static io.callscope.tracker.call.CallState.INV_BYE_SEEN;
import static io.callscope.tracker.call.CallState.INV_CANCELED;
import static io.callscope.tracker.call.CallState.INV_EARLY_DLG;
import static io.callscope.tracker.call.CallState.INV_ESTABLISHED;
import static io.callscope.tracker.call.CallState.INV_NEG;
import static io.callscope.tracker.call.CallState.NON_INV_1ST;
import static io.callscope.tracker.call.CallState.NON_INV_FIN;
import static io.callscope.tracker.call.CallState.NON_INV_NEG;

import io.callscope.bus.EventType;
import io.callscope.sip.SipMethod;

/**
 * What a reply that is no retransmission does to an entry; 2xx to REGISTER are the registrar's
 * rules, not these.
 */
final class ReplyRules {
  private ReplyRules() {}

  /**
   * @param method of the CSeq header
   */
  static int step(CallState state, int status, int method, boolean hasToTag, int entryMethod) {
    if (method == SipMethod.CANCEL) {
      return state == INIT || state == INV_1ST || state == INV_EARLY_DLG
          ? Step.to(INV_CANCELED, EventType.CALL_ATTEMPT)
          : Step.keep(state);
    }
    if (method == SipMethod.BYE) {
      return bye(state);
    }
    if (status < 200) {
      return provisional(state, status, method, hasToTag);
    }
    if (status < 300) {
      return success(state, method, entryMethod);
    }
    return negative(state, method);
  }

  private static int bye(CallState state) {
    return switch (state) {
      case INIT, INV_1ST, INV_EARLY_DLG, INV_NEG, INV_ESTABLISHED, INV_BYE_SEEN ->
          Step.to(INV_BYE_REPL, EventType.CALL_END);
      default -> Step.keep(state);
    };
  }

  private static int provisional(CallState state, int status, int method, boolean hasToTag) {
    if (status <= 100 || !hasToTag) {
      return Step.keep(state);
    }
    if (method == SipMethod.INVITE) {
      return state == INIT || state == INV_1ST ? Step.to(INV_EARLY_DLG) : Step.keep(state);
    }
    // Only an INVITE has an early dialog: a provisional reply to another method waits for the final
    // one.
    return state == INIT ? Step.to(NON_INV_1ST) : Step.keep(state);
  }

  private static int success(CallState state, int method, int entryMethod) {
    if (method == SipMethod.INVITE) {
      return switch (state) {
        // Also after a CANCEL: the two crossed, and the call is up.
        case INIT, INV_1ST, INV_EARLY_DLG, INV_NEG, INV_CANCELED ->
            Step.to(INV_ESTABLISHED, EventType.CALL_START);
        default -> Step.keep(state);
      };
    }
    boolean answers = (state == NON_INV_1ST || state == NON_INV_NEG) && method == entryMethod;
    return state == INIT || answers ? Step.to(NON_INV_FIN) : Step.keep(state);
  }

  private static int negative(CallState state, int method) {
    if (method == SipMethod.INVITE
        && (state == INIT || state == INV_1ST || state == INV_EARLY_DLG)) {
      return Step.to(INV_NEG);
    }
    return state == NON_INV_1ST || (state == INIT && method != SipMethod.INVITE)
        ? Step.to(NON_INV_NEG)
        : Step.keep(state);
  }
}
