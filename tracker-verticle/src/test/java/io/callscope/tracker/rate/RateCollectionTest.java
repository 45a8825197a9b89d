package io.callscope.tracker.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.EventRate;
import io.callscope.bus.EventType;
import io.callscope.counters.CounterGroup;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How the table of rates stays within its bounds. */
class RateCollectionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long EPOCH = 1_704_067_200L * SECOND;

  private final RateCounters counters = new RateCounters();

  /** Five events a minute are the limit. */
  private RateLimiter limiter(int maxEntries, GcSettings gc) {
    return new RateLimiter(
        new RateSettings(
            List.of(0.0, 5.0, 0.0), List.of(0L, 60 * SECOND, 0L), 0, 0, maxEntries, gc),
        counters);
  }

  private static EventRate event(RateLimiter limiter, long address, long seconds) {
    return limiter.check(EventType.MSG_PROBE, 0, address, EPOCH + seconds * SECOND);
  }

  private static void addresses(RateLimiter limiter, int from, int to, long seconds) {
    for (int address = from; address < to; address++) {
      event(limiter, address, seconds);
    }
  }

  private static int entries(RateLimiter limiter) {
    return (int) limiter.query().figures().get("entries");
  }

  private long gc(int counter) {
    CounterGroup group = counters.groups().get(1);
    return group.value(counter);
  }

  private long fails() {
    return counters.groups().get(0).value(counters.trackingFail);
  }

  @Test
  void aFullTableLetsEventsPassWithoutARate() {
    RateLimiter limiter = limiter(100, GcSettings.defaults(100));
    addresses(limiter, 0, 100, 0);

    for (int i = 0; i < 50; i++) {
      assertThat(event(limiter, 1000 + i, 1)).isEqualTo(EventRate.none(EPOCH + SECOND));
    }

    assertThat(fails()).isEqualTo(50);
    assertThat(entries(limiter)).isEqualTo(100);
    assertThat(event(limiter, 5, 1).current()).isEqualTo(2);
  }

  @Test
  void aFullTableIsCollectedFromTheGentlestCriterionOn() {
    RateLimiter limiter = limiter(100, GcSettings.defaults(100));
    addresses(limiter, 0, 100, 0);
    for (int i = 0; i < 6; i++) {
      event(limiter, 7, 20);
    }

    event(limiter, 1000, 31);

    assertThat(entries(limiter)).as("90 % and the new one").isEqualTo(91);
    assertThat(gc(counters.hard.runs())).isEqualTo(2);
    assertThat(gc(counters.hard.targetMet())).isEqualTo(1);
    assertThat(gc(counters.hard.fail())).isEqualTo(1);
    assertThat(event(limiter, 7, 32)).as("over the limit, so still known, and dropped").isNull();
    assertThat(fails()).isZero();
  }

  @Test
  void blacklistedEntriesGoLast() {
    RateLimiter limiter = limiter(10, GcSettings.defaults(10));
    for (int address = 0; address < 10; address++) {
      for (int i = 0; i < 6; i++) {
        event(limiter, address, 0);
      }
    }

    assertThat(event(limiter, 99, 5)).isEqualTo(EventRate.none(EPOCH + 5 * SECOND));
    assertThat(event(limiter, 99, 11).current()).isEqualTo(1);
    assertThat(entries(limiter)).isEqualTo(10);
  }

  @Test
  void aTableNearlyFullIsCollectedLightly() {
    RateLimiter limiter = limiter(100, GcSettings.defaults(100));
    addresses(limiter, 0, 85, 0);
    event(limiter, 500, 899);
    assertThat(entries(limiter)).isEqualTo(86);
    assertThat(gc(counters.light.fail())).isEqualTo(1);

    event(limiter, 501, 901);

    assertThat(entries(limiter)).as("80 % and the new one").isEqualTo(81);
    assertThat(gc(counters.light.targetMet())).isEqualTo(1);
    assertThat(gc(counters.light.removed())).isEqualTo(6);
  }

  @Test
  void theBackgroundCollectionRemovesTheOldInBoundedPieces() {
    GcSettings gc =
        GcSettings.defaults(1_000_000)
            .with(new GcSettings.Periodic(10 * SECOND, 300 * SECOND, 10, 100));
    RateLimiter limiter = limiter(0, gc);
    limiter.advance(EPOCH);
    addresses(limiter, 0, 1000, 0);
    addresses(limiter, 1000, 1050, 200);
    limiter.advance(EPOCH + 301 * SECOND);
    assertThat(entries(limiter)).isBetween(930, 970);

    int calls = 1;
    while (entries(limiter) > 50 && calls < 20) {
      limiter.advance(EPOCH + 301 * SECOND);
      calls++;
    }

    assertThat(entries(limiter)).isEqualTo(50);
    assertThat(calls).isBetween(9, 13);
    assertThat(counters.groups().get(1).max(counters.periodic.walked())).isLessThan(120);
  }

  @Test
  void theBackgroundCollectionStopsAtItsTargetAndCanBeOff() {
    RateLimiter limiter = limiter(0, GcSettings.defaults(1000));
    limiter.advance(EPOCH);
    addresses(limiter, 0, 100, 0);
    limiter.advance(EPOCH + 400 * SECOND);
    assertThat(entries(limiter)).isBetween(5, 10);
    assertThat(gc(counters.periodic.targetMet())).isEqualTo(1);

    RateLimiter off =
        limiter(
            0, GcSettings.defaults(1000).with(new GcSettings.Periodic(0, 300 * SECOND, 10, 1000)));
    off.advance(EPOCH);
    addresses(off, 0, 100, 0);
    off.advance(EPOCH + 4000 * SECOND);
    assertThat(entries(off)).isEqualTo(100);
  }

  @Test
  void aForcedCollectionRemovesWhatIsNotBlacklistedAndOlderThanTwoSeconds() {
    RateLimiter limiter = limiter(0, GcSettings.defaults(1000));
    addresses(limiter, 0, 10, 0);
    for (int i = 0; i < 6; i++) {
      event(limiter, 77, 0);
    }
    addresses(limiter, 20, 23, 2);

    limiter.advance(EPOCH + 3 * SECOND);
    assertThat(limiter.forceCollection(1))
        .containsEntry("before", 14)
        .containsEntry("entries", 4)
        .containsEntry("removed", 10)
        .containsEntry("walked", 14)
        .containsEntry("met", false);
  }

  @Test
  void aFloodOfAddressesStaysWithinTheTableAndPaysForFewWalks() {
    RateLimiter limiter = new RateLimiter(RateSettings.defaults(), counters);
    SplittableRandom random = new SplittableRandom(1);
    int flood = 1_300_000;
    for (int i = 0; i < flood; i++) {
      long nanos = EPOCH + i * 1000L;
      limiter.advance(nanos);
      assertThat(limiter.check(EventType.MSG_PROBE, random.nextLong(), i, nanos)).isNotNull();
    }

    assertThat(entries(limiter)).isEqualTo(1_048_576);
    assertThat(fails()).isEqualTo(flood - 1_048_576);
    assertThat(gc(counters.light.runs()) + gc(counters.hard.runs())).isLessThan(50);
  }
}
