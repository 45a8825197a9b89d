package io.callscope.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutageTest {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Outage outage = new Outage();

  @Test
  void aHandOverIsNotSpokenOf() {
    assertThat(outage.failed(5 * SECOND_NANOS)).isFalse();
    assertThat(outage.failed(7 * SECOND_NANOS)).isFalse();
    outage.over();
    assertThat(outage.failed(9 * SECOND_NANOS)).as("another one").isFalse();
  }

  @Test
  void whatLastsIsSaidOnce() {
    assertThat(outage.failed(-SECOND_NANOS)).isFalse();
    assertThat(outage.failed(2 * SECOND_NANOS)).isTrue();
    assertThat(outage.failed(60 * SECOND_NANOS)).isFalse();
    outage.over();
    assertThat(outage.failed(61 * SECOND_NANOS)).isFalse();
    assertThat(outage.failed(64 * SECOND_NANOS)).isTrue();
  }
}
