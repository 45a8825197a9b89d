package io.callscope.tracker.partition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of a partition, by what its sources say and for how long they are silent. */
class PartitionClockTest {
  /** Clocks that nobody sets may be negative. */
  private static final long ZERO = -5_000_000_000_000L;

  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1000 * MILLI;

  private final PartitionClock clock = new PartitionClock();

  private long hear(String source, long millis, long nanos) {
    clock.hear(source, ZERO + millis * MILLI);
    return clock.mark(source, nanos);
  }

  private long tick(long millis) {
    return clock.tick(ZERO + millis * MILLI);
  }

  @Test
  void oneSourceSetsItAndItNeverGoesBack() {
    assertThat(hear("eth0", 0, 1000)).isEqualTo(1000);
    assertThat(clock.mark("eth0", 500)).isEqualTo(1000);
    assertThat(clock.mark("eth0", 1500)).isEqualTo(1500);
    assertThat(clock.isIdle()).isFalse();
  }

  @Test
  void theSlowestOfSeveralSourcesSetsIt() {
    hear("eth0", 0, 1000);
    assertThat(hear("eth1", 1, 5000)).as("eth0 is at 1000").isEqualTo(1000);
    assertThat(hear("eth0", 2, 3000)).isEqualTo(3000);
    assertThat(hear("eth0", 3, 9000)).isEqualTo(5000);
  }

  @Test
  void aNewSourceBehindDoesNotTurnItBack() {
    hear("eth0", 0, 9000);
    assertThat(hear("eth1", 1, 100)).isEqualTo(9000);
    assertThat(hear("eth0", 2, 20_000)).as("eth1 is still behind").isEqualTo(9000);
    assertThat(hear("eth1", 3, 15_000)).isEqualTo(15_000);
  }

  @Test
  void aSilentLiveSourceIsNotWaitedFor() {
    hear("eth0", 0, 1000);
    hear("eth1", 0, 1000);
    assertThat(hear("eth1", 900, 8000)).isEqualTo(1000);
    assertThat(hear("eth1", 1100, 9000)).as("eth0 said nothing for a second").isEqualTo(9000);
    assertThat(hear("eth0", 1200, 9500)).isEqualTo(9000);
  }

  @Test
  void aTickLetsGoOfASilentSource() {
    hear("eth0", 0, 1000);
    hear("eth1", 500, 8000);
    assertThat(tick(900)).isEqualTo(1000);
    assertThat(tick(1000)).isEqualTo(8000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcap", "inject.capture.0"})
  void aFileIsNeverSilent(String file) {
    hear(file, 0, 1000);
    hear("eth0", 0, 8000);
    assertThat(tick(60_000)).isEqualTo(1000);
    assertThat(clock.isIdle()).isFalse();
  }

  /** Each message that is put in has the time of this clock, so it must not hold it. */
  @ParameterizedTest
  @ValueSource(strings = {"inject", "inject@edge1-k3v9qx", "inject.replay.0.a.pcap"})
  void oneThatGoesByThisClockIsNotWaitedFor(String follower) {
    long now = hear("eth0", 0, 1000);
    for (int millis = 100; millis < 5000; millis += 100) {
      hear(follower, millis, now);
      now = hear("eth0", millis + 1, 1000 + millis);
      assertThat(now).isEqualTo(1000 + millis);
    }
    assertThat(clock.isIdle()).isFalse();
  }

  @Test
  void oneThatGoesByThisClockSetsItWhereThereIsNone() {
    long start = 5 * SECOND;
    assertThat(hear("inject", 0, start)).isEqualTo(start);
    assertThat(tick(500)).isEqualTo(start + 500 * MILLI);
    assertThat(clock.isIdle()).as("more may come of this moment").isFalse();
    assertThat(tick(1500)).isEqualTo(start + 1500 * MILLI);
    assertThat(clock.isIdle()).isTrue();
  }

  /** The batches of those that are not waited for must not eat the time that goes by. */
  @Test
  void besideASilentSourceItGoesAtFullSpeedHoweverOftenOthersSpeak() {
    long start = 5 * SECOND;
    hear("ipfix:4739.0", 0, start);
    tick(1000);
    long now = tick(2000);
    for (int millis = 2010; millis <= 12_000; millis += 10) {
      hear("inject.replay.0.a.pcap", millis, now);
      if (millis % 100 == 0) {
        now = tick(millis);
      }
    }
    assertThat(now).isEqualTo(start + 12 * SECOND);
  }

  @Test
  void aLiveSourceWhoseClockIsFarBehindIsNotWaitedFor() {
    long start = 7200 * SECOND;
    hear("eth0", 0, start);
    hear("ipfix:4739.0", 0, start - 3600 * SECOND);
    for (int millis = 100; millis < 5000; millis += 100) {
      hear("ipfix:4739.0", millis, start - 3600 * SECOND + millis * MILLI);
      assertThat(hear("eth0", millis, start + millis * MILLI)).isEqualTo(start + millis * MILLI);
    }
  }

  @Test
  void whereAllAreFarBehindItGoesOnByItselfUntilOneHasCaughtUp() {
    long start = 60 * SECOND;
    hear("inject.capture.0.a.pcap", 0, start);
    clock.end("inject.capture.0.a.pcap");
    long now = start;
    for (long second = 1; second < 20; second++) {
      hear("ipfix:4739.0", second * 1000, 50 * SECOND + second * SECOND * 3 / 2);
      now = tick(second * 1000);
      assertThat(now).as("at " + second).isGreaterThanOrEqualTo(start + second * SECOND / 2);
    }
    assertThat(now).isEqualTo(50 * SECOND + 19 * SECOND * 3 / 2);
  }

  @Test
  void anEndedSourceIsNotWaitedFor() {
    hear("pcap", 0, 1000);
    hear("eth0", 1, 8000);
    assertThat(clock.end("pcap")).isEqualTo(8000);
    assertThat(clock.end("eth0")).isEqualTo(8000);
    assertThat(clock.isIdle()).isTrue();
  }

  @Test
  void whenAllAreSilentItGoesOnByItself() {
    long start = 5 * SECOND;
    hear("eth0", 0, start);
    assertThat(tick(900)).isEqualTo(start);
    assertThat(tick(1000)).isEqualTo(start + 100 * MILLI);
    assertThat(clock.isIdle()).isTrue();
    assertThat(tick(3000)).isEqualTo(start + 2100 * MILLI);
  }

  @Test
  void withoutAnySourceItStandsStill() {
    assertThat(tick(0)).isZero();
    assertThat(tick(10_000)).isZero();
    assertThat(clock.isIdle()).isTrue();
  }
}
