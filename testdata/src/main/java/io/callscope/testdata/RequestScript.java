package io.callscope.testdata;

import io.callscope.bus.EventType;
import io.callscope.sip.SipMethod;

/** The steps of a single request outside of calls and registrations. */
final class RequestScript {
  private static final double UNANSWERED_OPTIONS = 0.08;
  private static final double FAILED_MESSAGES = 0.15;
  private static final int RETRANSMISSIONS = 5;

  private RequestScript() {}

  static void write(Script script) {
    switch (script.dialog.kind) {
      case OPTIONS -> {
        if (script.chance(UNANSWERED_OPTIONS)) {
          unanswered(script);
        } else {
          answered(script, SipMethod.OPTIONS, 200);
        }
      }
      case MESSAGE ->
          answered(script, SipMethod.MESSAGE, script.chance(FAILED_MESSAGES) ? 480 : 200);
      default -> answered(script, SipMethod.SUBSCRIBE, 202);
    }
  }

  private static void answered(Script script, int method, int status) {
    Transaction t = request(script, method);
    script.reply(3 * Script.MILLI, t, status);
    script.dialog.expect(status < 300 ? EventType.OTHER_OK : EventType.OTHER_FAILED, status);
  }

  private static void unanswered(Script script) {
    Transaction t = request(script, SipMethod.OPTIONS);
    long gap = Script.SECOND / 2;
    for (int i = 0; !script.options.tcp && i < RETRANSMISSIONS; i++) {
      script.request(gap, t);
      gap = Math.min(2 * gap, 4 * Script.SECOND);
    }
    script.dialog.expect(EventType.OTHER_TIMEOUT, 408);
  }

  private static Transaction request(Script script, int method) {
    Transaction t = script.transaction(method, 1 + script.random.nextInt(60_000));
    t.expires(3600);
    script.request(2 * Script.MILLI, t);
    return t;
  }
}
