package io.callscope.testdata;

import io.callscope.bus.EventType;
import io.callscope.sip.SipMethod;

/** The steps of a registration; only between phone and registrar. */
final class RegisterScript {
  private static final int EXPIRES_SECONDS = 600;
  private static final int REFRESHED_EXPIRES_SECONDS = 120;

  /** How much longer than agreed a tracker keeps a binding. */
  private static final int GRACE_SECONDS = 30;

  private final Script script;
  private final Dialog dialog;
  private long cseq;

  private RegisterScript(Script script) {
    this.script = script;
    this.dialog = script.dialog;
    this.cseq = 1L + script.random.nextInt(100);
  }

  static void write(Script script) {
    RegisterScript registration = new RegisterScript(script);
    switch (script.dialog.kind) {
      case REGISTER_FAIL -> registration.fail();
      case REGISTER_REFRESH -> registration.refresh();
      case REGISTER_UNREG -> registration.unregister();
      default -> registration.register(EXPIRES_SECONDS);
    }
  }

  private void challenge(int expires) {
    exchange(2 * Script.MILLI, expires, false, 401);
  }

  private void fail() {
    challenge(EXPIRES_SECONDS);
    boolean forbidden = script.random.nextBoolean();
    exchange(10 * Script.MILLI, EXPIRES_SECONDS, true, forbidden ? 403 : 401);
    if (forbidden) {
      dialog.expect(EventType.OTHER_FAILED, 403);
    } else {
      dialog.expect(EventType.AUTH_FAILED, 401);
    }
  }

  private void register(int expires) {
    accept(expires);
    bind(expires);
    dialog.expect(EventType.REG_EXPIRED, 200);
  }

  private void accept(int expires) {
    challenge(expires);
    exchange(10 * Script.MILLI, expires, true, 200);
    dialog.expect(EventType.REG_NEW, 200);
  }

  private void refresh() {
    accept(REFRESHED_EXPIRES_SECONDS);
    exchange(
        script.between(40 * Script.SECOND, 70 * Script.SECOND),
        REFRESHED_EXPIRES_SECONDS,
        true,
        200);
    bind(REFRESHED_EXPIRES_SECONDS);
    dialog.expect(EventType.REG_EXPIRED, 200);
  }

  private void unregister() {
    accept(EXPIRES_SECONDS);
    exchange(script.between(5 * Script.SECOND, 25 * Script.SECOND), 0, true, 200);
    dialog.expect(EventType.REG_DEL, 200);
  }

  private void bind(int expires) {
    dialog.open = Dialog.Open.BINDING;
    dialog.openSeconds = expires + GRACE_SECONDS;
  }

  private void exchange(long gap, int expires, boolean credentials, int status) {
    Transaction t = script.transaction(SipMethod.REGISTER, cseq++).expires(expires);
    script.step(gap, 0, 0, credentials ? t.credentials() : t);
    script.step(2 * Script.MILLI, 0, status, t);
  }
}
