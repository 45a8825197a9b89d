package io.callscope.tracker.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.callscope.bus.EventRate;
import io.callscope.bus.EventType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which events are too many: the worked examples by their numbers, and the reporting rule. */
class RateLimiterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long EPOCH = 1_704_067_200L * SECOND;

  private final RateCounters counters = new RateCounters();

  private static RateSettings settings(
      double perSecond, double perMinute, double perHour, long reportMin, long reportMax) {
    return new RateSettings(
        List.of(perSecond, perMinute, perHour),
        List.of(SECOND, 60 * SECOND, 3600 * SECOND),
        reportMin,
        reportMax,
        1000,
        GcSettings.defaults(1000));
  }

  private static EventRate at(RateLimiter limiter, double seconds) {
    return limiter.check(EventType.CALL_START, 0, 1, nanos(seconds));
  }

  private static long nanos(double seconds) {
    return EPOCH + Math.round(seconds * 1e6) * 1000;
  }

  private long counter(int handle) {
    return counters.groups().get(0).value(handle);
  }

  private RateLimiter afterExample69() {
    RateLimiter limiter = new RateLimiter(RateSettings.defaults(), counters);
    for (int i = 1; i <= 20; i++) {
      EventRate rate = at(limiter, 0.02 * (i - 1));
      assertThat(rate).isEqualTo(new EventRate(0, 0, i, 20, 1000, EPOCH));
    }
    assertThat(at(limiter, 0.40)).isEqualTo(new EventRate(1, 0, 21, 20, 1000, nanos(0.40)));
    for (double seconds : new double[] {0.42, 0.44, 0.46, 0.48}) {
      assertThat(at(limiter, seconds)).isNull();
    }
    return limiter;
  }

  @Test
  void example69ReportsTheFirstEventOverTheLimitAndDropsTheNext() {
    afterExample69();

    assertThat(counter(counters.blacklistedRate)).isEqualTo(5);
    assertThat(counter(counters.blacklistedSent)).isEqualTo(1);
  }

  @Test
  void example70RecoversOnceAWindowHasClosedBelowTheLimit() {
    RateLimiter limiter = afterExample69();

    assertThat(at(limiter, 0.999)).isNull();
    assertThat(at(limiter, 1.000)).isNull();
    EventRate recovered = at(limiter, 1.500);
    assertThat(recovered.exceeded()).isZero();
    assertThat(recovered.current()).isCloseTo(18.67, within(0.005));
    assertThat(recovered.sinceNanos()).isEqualTo(nanos(1.5));
    assertThat(at(limiter, 1.600).current()).isCloseTo(18.67, within(0.005));
    assertThat(at(limiter, 2.600).current()).isCloseTo(1.82, within(0.005));
    assertThat(counter(counters.recovered)).isEqualTo(1);
    assertThat(counter(counters.blacklistedRate)).isEqualTo(7);
    assertThat(counter(counters.blacklistedSent)).isEqualTo(1);
  }

  @Test
  void example71HoldsAPeakThroughTheWholeNextWindow() {
    RateLimiter limiter = new RateLimiter(settings(20, 240, 3600, 1, 1), counters);
    // What went before in the first minute: 31 events, slowly.
    for (int i = 0; i < 31; i++) {
      at(limiter, 0.19 * i);
    }
    for (int i = 0; i < 209; i++) {
      assertThat(at(limiter, 6 + 0.2 * i).exceeded()).isZero();
    }
    assertThat(at(limiter, 47.8)).isEqualTo(new EventRate(1, 0, 241, 240, 60_000, nanos(47.8)));
    for (int i = 210; i < 260; i++) {
      at(limiter, 6 + 0.2 * i);
    }
    EventRate closed = at(limiter, 61);
    assertThat(closed.exceeded()).isEqualTo(52);
    assertThat(closed.current()).isCloseTo(287.2, within(0.05));
    assertThat(at(limiter, 90).current()).isCloseTo(287.2, within(0.05));
    assertThat(at(limiter, 121).exceeded()).isEqualTo(54);
    EventRate recovered = at(limiter, 121.2);
    assertThat(recovered.exceeded()).isZero();
    assertThat(recovered.sinceNanos()).isEqualTo(nanos(121.2));
  }

  @ParameterizedTest(name = "min {0}, max {1}: reported are {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
  100  | 10000 | 1 100 200 400 800 1600 3200 6400 10000 20000 30000 | 0 99 100 200 400 800 1600 3200 3600 10000 10000
  0    | 10000 | 1 10000 20000 30000                                | 0 9999 10000 10000
  100  | 0     | 1 100 200 400 800 1600 3200 6400 12800 25600       | 0 99 100 200 400 800 1600 3200 6400 12800
  0    | 0     | 1                                                  | 0
  1    | 0     | 1 2 4 8 16 32 64 128 256 512 1024 2048 4096 8192 16384 | 0 1 2 4 8 16 32 64 128 256 512 1024 2048 4096 8192
  8000 | 8000  | 1 8000 16000 24000                                 | 0 7999 8000 8000
  9000 | 8000  | 1 8000 16000 24000                                 | 0 7999 8000 8000
  3000 | 8000  | 1 3000 6000 8000 16000 24000                       | 0 2999 3000 2000 8000 8000
  """)
  void reportsARunEverMoreRarely(long min, long max, String runs, String differences) {
    RateLimiter limiter = new RateLimiter(settings(0.5, 0, 0, min, max), counters);
    List<String> reported = new ArrayList<>();
    List<String> since = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      EventRate rate = at(limiter, 0);
      if (rate != null) {
        reported.add(Long.toString(rate.exceeded()));
        since.add(Long.toString(rate.exceededSinceReport()));
      }
    }

    assertThat(String.join(" ", reported)).isEqualTo(runs);
    assertThat(String.join(" ", since)).isEqualTo(differences);
    assertThat(counter(counters.blacklistedRate)).isEqualTo(30_000);
    assertThat(counter(counters.blacklistedSent)).isEqualTo(reported.size());
  }

  @Test
  void aNewRunCountsFromOneAgain() {
    RateLimiter limiter = new RateLimiter(settings(1, 0, 0, 0, 0), counters);
    at(limiter, 0);
    assertThat(at(limiter, 0.1).exceeded()).isEqualTo(1);
    assertThat(at(limiter, 0.2)).isNull();
    assertThat(at(limiter, 5).exceeded()).isZero();
    at(limiter, 10);
    at(limiter, 10.05);

    EventRate again = at(limiter, 10.1);

    assertThat(again.exceeded()).isEqualTo(1);
    assertThat(again.exceededSinceReport()).isZero();
    assertThat(again.sinceNanos()).isEqualTo(nanos(10.1));
    assertThat(counter(counters.recovered)).isEqualTo(1);
  }

  @Test
  void theFirstExceededPairIsShown() {
    RateLimiter limiter = new RateLimiter(settings(5, 3, 2, 1, 1), counters);
    List<Long> periods = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      periods.add(at(limiter, 0).periodMillis());
    }

    assertThat(periods).containsExactly(1000L, 1000L, 3_600_000L, 60_000L, 60_000L, 1000L);
  }

  @Test
  void anIntervalOfNoneIsNotComputed() {
    RateSettings off =
        new RateSettings(
            List.of(1.0, 1.0, 1.0), List.of(0L, 0L, 0L), 100, 0, 10, GcSettings.defaults(10));
    RateLimiter limiter = new RateLimiter(off, counters);

    for (int i = 0; i < 100; i++) {
      assertThat(at(limiter, 0)).isEqualTo(new EventRate(0, 0, 0, 1, 0, EPOCH));
    }
  }

  @Test
  void typesAndAddressesAreKeysOfTheirOwn() {
    RateLimiter limiter = new RateLimiter(settings(1, 0, 0, 0, 0), counters);

    assertThat(limiter.check(EventType.CALL_START, 0, 1, EPOCH).exceeded()).isZero();
    assertThat(limiter.check(EventType.CALL_END, 0, 1, EPOCH).exceeded()).isZero();
    assertThat(limiter.check(EventType.CALL_START, 1, 1, EPOCH).exceeded()).isZero();
    assertThat(limiter.check(EventType.CALL_START, 0, 2, EPOCH).exceeded()).isZero();
    assertThat(limiter.check(EventType.CALL_START, 0, 1, EPOCH).exceeded()).isEqualTo(1);
  }

  @Test
  void newSettingsHoldAtOnceAndRatesGoOn() {
    RateLimiter limiter = new RateLimiter(settings(100, 0, 0, 1, 1), counters);
    for (int i = 0; i < 10; i++) {
      assertThat(at(limiter, 0).exceeded()).isZero();
    }
    limiter.configure(settings(10, 0, 0, 1, 1));

    assertThat(at(limiter, 0).exceeded()).isEqualTo(1);
    assertThat(limiter.settings().limits()).containsExactly(10.0, 0.0, 0.0);
  }

  @Test
  void settingsAreThreePairs() {
    assertThatThrownBy(
            () ->
                new RateSettings(
                    List.of(1.0), List.of(1L, 2L, 3L), 0, 0, 1, GcSettings.defaults(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("three");
  }
}
