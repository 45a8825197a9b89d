package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FaultRateTest {
  private final FaultRate rate = new FaultRate();

  private static long seconds(double seconds) {
    return (long) (seconds * 1e9);
  }

  @Test
  void aFaultEachTwoSecondsIsNotTooMany() {
    for (int i = 0; i < 1000; i++) {
      assertThat(rate.isTooMany(seconds(2 * i))).isFalse();
    }
  }

  @Test
  void tenWithinTenSecondsAre() {
    for (int i = 0; i < 9; i++) {
      assertThat(rate.isTooMany(seconds(i))).isFalse();
    }
    assertThat(rate.isTooMany(seconds(9.5))).isTrue();
    rate.started(seconds(10));
    assertThat(rate.isTooMany(seconds(10))).isFalse();
  }

  @Test
  void waitsLongerEachTimeUpToAMinuteUntilAllIsWell() {
    long now = 0;
    assertThat(rate.backOffMillis(now)).isEqualTo(500);
    assertThat(rate.backOffMillis(now)).isEqualTo(1000);
    for (int i = 0; i < 20; i++) {
      rate.backOffMillis(now);
    }
    assertThat(rate.backOffMillis(now)).isEqualTo(60_000);
    rate.started(now);
    now += TimeUnit.MINUTES.toNanos(6);
    assertThat(rate.backOffMillis(now)).isEqualTo(500);
  }

  @Test
  void thatItOnceWorkedForLongShortensNoWaitWhileItCannotStart() {
    rate.started(0);
    long now = TimeUnit.MINUTES.toNanos(6);
    long last = 0;
    for (int start = 0; start < 50; start++) {
      long millis = rate.backOffMillis(now);
      assertThat(millis).isGreaterThanOrEqualTo(last);
      last = millis;
      now += TimeUnit.MILLISECONDS.toNanos(millis);
    }
    assertThat(last).isEqualTo(60_000);
  }
}
