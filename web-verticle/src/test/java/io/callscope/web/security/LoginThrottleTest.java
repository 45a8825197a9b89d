package io.callscope.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private final LoginThrottle throttle = new LoginThrottle(3, 60_000, 4);

  private void fail(String key, int times, long now) {
    for (int i = 0; i < times; i++) {
      throttle.attempted(key, now);
    }
  }

  @Test
  void someFailuresAreFreeThenEachDoublesTheWait() {
    fail("a", 2, 1000);
    assertThat(throttle.waitMillis("a", 1000)).isZero();
    fail("a", 1, 1000);
    assertThat(throttle.waitMillis("a", 1000)).isEqualTo(1000);
    fail("a", 1, 2000);
    assertThat(throttle.waitMillis("a", 2000)).isEqualTo(2000);
    assertThat(throttle.waitMillis("a", 4000)).isZero();
    assertThat(throttle.waitMillis("b", 2000)).isZero();
  }

  @Test
  void theWaitHasALimit() {
    fail("a", 100, 0);
    assertThat(throttle.waitMillis("a", 0)).isEqualTo(60_000);
  }

  @Test
  void successAndTimeForgive() {
    fail("a", 5, 0);
    throttle.succeeded("a");
    assertThat(throttle.waitMillis("a", 0)).isZero();
    fail("b", 5, 0);
    throttle.attempted("b", 3_700_000);
    assertThat(throttle.waitMillis("b", 3_700_000)).isZero();
  }

  @Test
  void theTableIsBounded() {
    for (int i = 0; i < 100; i++) {
      throttle.attempted("k" + i, 0);
    }
    assertThat(throttle.size()).isEqualTo(4);
  }
}
