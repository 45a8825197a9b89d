package io.callscope.capture.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InterfaceCountersTest {
  private static final long LARGEST = 0xffff_ffffL;

  private final InterfaceCounters counters = new InterfaceCounters("eth0");

  /** As libpcap says it, whose counters have 32 bits. */
  private boolean says(long received, long dropped, long interfaceDropped) {
    return counters.statistics(
        new Tap.Statistics(received & LARGEST, dropped & LARGEST, interfaceDropped & LARGEST));
  }

  private void assertCounted(long received, long dropped, long interfaceDropped) {
    assertThat(counters.group().value(counters.received)).isEqualTo(received);
    assertThat(counters.group().value(counters.dropped)).isEqualTo(dropped);
    assertThat(counters.group().value(counters.interfaceDropped)).isEqualTo(interfaceDropped);
  }

  @Test
  void theyGoOnWhereThoseOfTheKernelBeginAnew() {
    long step = 2_000_000_000L;
    for (int i = 1; i <= 7; i++) {
      assertThat(says(i * step, i * 1_000_000_000L, i)).isTrue();
      assertCounted(i * step, i * 1_000_000_000L, i);
    }
    assertThat(says(7 * step + 1, 7_000_000_000L, 7)).as("nothing new was dropped").isFalse();
    assertCounted(7 * step + 1, 7_000_000_000L, 7);
  }

  @Test
  void theNextTapBeginsAtZero() {
    says(2_000_000_000L, 10, 0);
    counters.closed();
    assertThat(says(3, 0, 0)).isFalse();
    assertThat(says(4, 1, 0)).isTrue();
    assertCounted(2_000_000_004L, 11, 0);
  }

  @Test
  void oneThatIsSetBackGoesOnFromThere() {
    says(10, 0, 100);
    assertThat(says(20, 0, 0)).isFalse();
    assertThat(says(30, 0, 1)).isTrue();
    assertCounted(30, 0, 101);
  }
}
