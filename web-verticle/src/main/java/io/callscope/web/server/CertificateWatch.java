package io.callscope.web.server;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Warns of a certificate that has expired, or soon will: when it is taken into use, when that
 * begins to be so, and each day from then on. Nothing else happens on the day a certificate
 * expires. On the server's context.
 */
final class CertificateWatch {
  static final int LOOKS_A_DAY = 24;

  private final InstantSource clock;
  private final Consumer<String> warn;
  private final CounterGroup group;
  private final int expiring;
  private Validity inUse;
  private String told = "";
  private int looks;

  /**
   * @param clock the wall clock, as clients have it
   * @param warn takes what is to be said
   */
  CertificateWatch(InstantSource clock, Consumer<String> warn) {
    this.clock = clock;
    this.warn = warn;
    CounterGroup.Builder builder = new CounterGroup.Builder("web.tls");
    expiring =
        builder.add(
            "expiring",
            CounterKind.GAUGE,
            "1 if the certificate has expired, is not valid yet or expires within 14 days");
    group = builder.build();
  }

  /** Another certificate is in use. */
  void use(Validity validity) {
    inUse = validity;
    told = "";
    look();
  }

  /** To be called {@link #LOOKS_A_DAY} times a day. */
  void look() {
    String warning = inUse.warning(clock.instant());
    group.set(expiring, warning.isEmpty() ? 0 : 1);
    looks = warning.equals(told) ? looks + 1 : 0;
    told = warning;
    if (!warning.isEmpty() && looks % LOOKS_A_DAY == 0) {
      warn.accept(warning);
    }
  }

  CounterGroup group() {
    return group;
  }
}
