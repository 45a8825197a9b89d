package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final RateLimit limit = new RateLimit(10, 0);

  private int passed(int tries, long nowMillis) {
    int passed = 0;
    for (int i = 0; i < tries; i++) {
      passed += limit.tryPass(nowMillis) ? 1 : 0;
    }
    return passed;
  }

  @Test
  void letsABurstThroughThenTheRate() {
    assertThat(passed(500, 0)).isEqualTo(100);
    assertThat(passed(500, 999)).isZero();
    assertThat(passed(500, 1000)).isEqualTo(10);
    assertThat(passed(500, 3999)).isEqualTo(20);
    assertThat(passed(500, 4000)).isEqualTo(10);
  }

  @Test
  void savesNoMoreThanABurst() {
    assertThat(passed(500, 3_600_000)).isEqualTo(100);
  }

  @Test
  void countsWhatItRefused() {
    passed(130, 0);
    assertThat(limit.takeRefused()).isEqualTo(30);
    assertThat(limit.takeRefused()).isZero();
  }
}
