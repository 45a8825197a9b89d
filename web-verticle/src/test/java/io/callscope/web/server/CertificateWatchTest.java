package io.callscope.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateWatchTest {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  private final List<String> warnings = new ArrayList<>();
  private Instant now = START;
  private final CertificateWatch watch = new CertificateWatch(() -> now, warnings::add);

  private static Validity until(int days) {
    return new Validity(Path.of("chain.pem"), START, START.plus(Duration.ofDays(days)));
  }

  private void pass(int days) {
    for (int i = 0; i < days * CertificateWatch.LOOKS_A_DAY; i++) {
      now = now.plus(Duration.ofDays(1).dividedBy(CertificateWatch.LOOKS_A_DAY));
      watch.look();
    }
  }

  private long expiring() {
    return watch.group().value(0);
  }

  @Test
  void aCertificateThatNobodyRenewsIsWarnedOfEachDayFromTwoWeeksBefore() {
    watch.use(until(90));
    pass(76);
    assertThat(warnings).isEmpty();
    assertThat(expiring()).isZero();

    pass(14);

    assertThat(warnings).hasSize(14).containsOnly("chain.pem expires at 2024-03-31T00:00:00Z");
    assertThat(expiring()).isEqualTo(1);
    warnings.clear();
    pass(2);
    assertThat(warnings).hasSize(2).containsOnly("chain.pem expired at 2024-03-31T00:00:00Z");
  }

  @Test
  void aNewOneEndsTheWarnings() {
    watch.use(until(3));
    assertThat(warnings).hasSize(1);
    assertThat(expiring()).isEqualTo(1);

    watch.use(until(90));
    pass(30);

    assertThat(warnings).hasSize(1);
    assertThat(expiring()).isZero();
  }
}
