package io.callscope.testdata;

import io.callscope.bus.EventType;
import io.callscope.sip.SipMethod;

/** The steps of a call. */
final class CallScript {
  private static final int[] REFUSALS = {486, 486, 486, 404, 480, 488, 500, 503, 603, 403};
  private static final int RETRANSMISSIONS = 6;
  private static final long T1 = Script.SECOND / 2;

  /** Below the time after which a call counts as lost. */
  private static final double LONGEST_TALK_SECONDS = 3_500;

  private static final double LONGEST_RING_SECONDS = 60;

  private final Script script;
  private final Dialog dialog;
  private long cseq;
  private Transaction invite;

  private CallScript(Script script) {
    this.script = script;
    this.dialog = script.dialog;
    this.cseq = 1L + script.random.nextInt(5_000);
  }

  static void write(Script script) {
    CallScript call = new CallScript(script);
    if (script.chance(script.options.challenged)) {
      call.challenge();
    }
    call.invite();
    switch (script.dialog.kind) {
      case NOANSWER -> call.noAnswer();
      case ABANDONED -> call.abandoned();
      case CANCEL -> call.cancel();
      case REJECT -> call.reject();
      default -> call.answered();
    }
  }

  private void challenge() {
    Transaction t = script.transaction(SipMethod.INVITE, cseq);
    script.step(2 * Script.MILLI, 0, 0, t);
    script.step(Script.MILLI, 0, 407, t);
    acknowledge(t, dialog.challengerTag, true);
    cseq++;
    invite = script.transaction(SipMethod.INVITE, cseq).credentials();
  }

  private void invite() {
    if (invite == null) {
      invite = script.transaction(SipMethod.INVITE, cseq);
    }
    script.step(2 * Script.MILLI, 0, 0, invite);
    if (dialog.kind == Kind.NOANSWER && !dialog.twoLegs) {
      return; // nobody is there, so nobody tries
    }
    script.step(500 * Script.MICRO, 0, 100, invite);
    if (dialog.twoLegs) {
      script.step(200 * Script.MICRO, 1, 0, invite);
      if (dialog.kind != Kind.NOANSWER) {
        script.step(Script.MILLI, 1, 100, invite);
      }
    }
  }

  /** The phone, or the proxy behind it, repeats its INVITE until it gives up (RFC 3261 §17.1.1). */
  private void noAnswer() {
    long gap = T1;
    for (int i = 0; !script.options.tcp && i < RETRANSMISSIONS; i++) {
      script.step(gap, dialog.twoLegs ? 1 : 0, 0, invite);
      gap *= 2;
    }
    if (dialog.twoLegs) {
      script.step(script.options.tcp ? 32 * Script.SECOND : Script.SECOND, 0, 408, invite);
      acknowledge(invite, dialog.toTag, true);
    }
    dialog.expect(EventType.CALL_ATTEMPT, 408);
  }

  private void abandoned() {
    script.reply(200 * Script.MILLI, invite, 180);
    dialog.open = Dialog.Open.RINGING;
    dialog.openSeconds = 180;
    dialog.expect(EventType.CALL_ATTEMPT, 408);
  }

  private void ring() {
    if (script.chance(0.85)) {
      script.reply(script.between(50 * Script.MILLI, 450 * Script.MILLI), invite, 180);
    }
  }

  private void cancel() {
    ring();
    Transaction cancel = new Transaction(SipMethod.CANCEL, invite.cseq, invite.branch).hopByHop();
    script.step(Script.SECOND + script.exponential(6, LONGEST_RING_SECONDS), 0, 0, cancel);
    script.step(Script.MILLI, 0, 200, cancel);
    if (dialog.twoLegs) {
      script.step(200 * Script.MICRO, 1, 0, cancel);
      script.step(2 * Script.MILLI, 1, 200, cancel);
    }
    refuse(2 * Script.MILLI, 487);
    dialog.expect(EventType.CALL_ATTEMPT, 487);
  }

  private void reject() {
    ring();
    int status = REFUSALS[script.random.nextInt(REFUSALS.length)];
    refuse(script.between(0, 3 * Script.SECOND), status);
    dialog.expect(EventType.CALL_ATTEMPT, status);
  }

  private void refuse(long gap, int status) {
    script.reply(gap, invite, status);
    acknowledge(invite, dialog.toTag, false);
  }

  /** The ACK of a negative reply belongs to the INVITE's transaction (RFC 3261 §17.1.1.3). */
  private void acknowledge(Transaction refused, byte[] tag, boolean phoneOnly) {
    Transaction ack =
        new Transaction(SipMethod.ACK, refused.cseq, refused.branch).inDialog(tag).hopByHop();
    if (phoneOnly) {
      script.step(2 * Script.MILLI, 0, 0, ack);
    } else {
      script.request(2 * Script.MILLI, ack);
    }
  }

  private void answered() {
    ring();
    if (dialog.kind == Kind.EARLY) {
      script.reply(script.between(50 * Script.MILLI, 450 * Script.MILLI), invite, 183);
    }
    answer(invite, Script.SECOND / 2 + script.exponential(6, LONGEST_RING_SECONDS));
    dialog.expect(EventType.CALL_START, 200);
    if (dialog.kind == Kind.OPEN) {
      dialog.open = Dialog.Open.ESTABLISHED;
      dialog.openSeconds = 3600;
      dialog.expect(EventType.CALL_END, 408);
      return;
    }
    long talk = script.exponential(script.options.talkSeconds, LONGEST_TALK_SECONDS);
    if (dialog.kind == Kind.REINVITE) {
      talk /= 3;
      offerAgain(talk, 1);
      offerAgain(talk, 2);
    }
    end(talk);
    dialog.expect(EventType.CALL_END, 200);
  }

  private void answer(Transaction offer, long gap) {
    script.reply(gap, offer, 200);
    script.request(
        2 * Script.MILLI, script.transaction(SipMethod.ACK, offer.cseq).inDialog(dialog.toTag));
  }

  private void offerAgain(long gap, int number) {
    cseq++;
    Transaction t = script.transaction(SipMethod.INVITE, cseq).inDialog(dialog.toTag).offer(number);
    script.request(gap, t);
    answer(t, 3 * Script.MILLI);
  }

  private void end(long gap) {
    Transaction bye;
    if (script.chance(script.options.calleeEnds)) {
      bye = script.transaction(SipMethod.BYE, 1 + script.random.nextInt(30_000)).byCallee();
    } else {
      bye = script.transaction(SipMethod.BYE, cseq + 1);
    }
    script.request(gap, bye.inDialog(dialog.toTag));
    script.reply(3 * Script.MILLI, bye, 200);
  }
}
