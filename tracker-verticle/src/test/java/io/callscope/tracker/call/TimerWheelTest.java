package io.callscope.tracker.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timers against a sorted set of deadlines. */
class TimerWheelTest {
  private static final long EPOCH = Scenario.EPOCH;
  private static final long TICK = 1L << 23;
  private static final long YEAR = 365L * 86_400 * 1_000_000_000L;

  private final List<CallEntry> expired = new ArrayList<>();
  private final TimerWheel wheel = new TimerWheel(expired::add);
  private long nextId;

  private CallEntry armed(long deadlineNanos) {
    CallEntry entry = new CallEntry();
    entry.id = nextId++;
    entry.deadlineNanos = deadlineNanos;
    wheel.add(entry);
    return entry;
  }

  @Test
  void nothingExpiresBeforeItsTickIsOver() {
    wheel.advance(EPOCH);
    CallEntry entry = armed(EPOCH + 5 * TICK);

    wheel.advance(EPOCH + 5 * TICK);
    assertThat(expired).isEmpty();
    wheel.advance(EPOCH + 6 * TICK);
    assertThat(expired).containsExactly(entry);
    assertThat(wheel.size()).isZero();
  }

  @Test
  void settlingExpiresToTheNanosecond() {
    wheel.advance(EPOCH);
    CallEntry now = armed(EPOCH + 1000);
    CallEntry later = armed(EPOCH + 1001);

    wheel.settle(EPOCH + 1000);
    assertThat(expired).containsExactly(now);
    wheel.settle(EPOCH + 1001);
    assertThat(expired).containsExactly(now, later);
  }

  @Test
  void everyDistanceIsHitAcrossTheBoundariesOfTheWheels() {
    for (long ticks : new long[] {1, 255, 256, 257, 65_535, 65_536, 65_537, 1 << 24, 1L << 32}) {
      for (long offset : new long[] {0, 1, 255, 256, 65_535}) {
        expired.clear();
        TimerWheel fresh = new TimerWheel(expired::add);
        long start = EPOCH + offset * TICK;
        fresh.advance(start);
        CallEntry entry = new CallEntry();
        entry.deadlineNanos = start + ticks * TICK;
        fresh.add(entry);

        fresh.advance(start + ticks * TICK);
        assertThat(expired).as(ticks + " ticks from " + offset).isEmpty();
        fresh.advance(start + (ticks + 1) * TICK);
        assertThat(expired).as(ticks + " ticks from " + offset).containsExactly(entry);
      }
    }
  }

  @Test
  void aTimerArmedBeforeTheClockStartsIsNotForgotten() {
    CallEntry entry = armed(EPOCH);

    wheel.advance(EPOCH + TICK);

    assertThat(expired).containsExactly(entry);
  }

  @Test
  void movedLaterAndEarlierCountsTheLastDeadline() {
    wheel.advance(EPOCH);
    CallEntry later = armed(EPOCH + 10 * TICK);
    later.deadlineNanos = EPOCH + 100_000 * TICK;
    wheel.moved(later);
    CallEntry earlier = armed(EPOCH + 100_000 * TICK);
    earlier.deadlineNanos = EPOCH + 20 * TICK;
    wheel.moved(earlier);
    CallEntry gone = armed(EPOCH + 15 * TICK);
    wheel.remove(gone);

    wheel.advance(EPOCH + 99_999 * TICK);
    assertThat(expired).containsExactly(earlier);
    wheel.advance(EPOCH + 100_002 * TICK);
    assertThat(expired).containsExactly(earlier, later);
    assertThat(wheel.size()).isZero();
  }

  @Test
  void aTimerArmedAnewForTheSameTickExpiresInIt() {
    List<Long> times = new ArrayList<>();
    TimerWheel[] self = new TimerWheel[1];
    self[0] =
        new TimerWheel(
            entry -> {
              times.add(entry.deadlineNanos - EPOCH);
              if (entry.flags < 3) {
                entry.flags++;
                entry.deadlineNanos += 1000;
                self[0].add(entry);
              }
            });
    self[0].advance(EPOCH);
    CallEntry first = new CallEntry();
    first.deadlineNanos = EPOCH + 100;
    self[0].add(first);
    CallEntry second = new CallEntry();
    second.id = 1;
    second.flags = 3;
    second.deadlineNanos = EPOCH + 1500;
    self[0].add(second);

    self[0].settle(EPOCH + 2500);
    assertThat(times).containsExactly(100L, 1100L, 1500L, 2100L);
    self[0].advance(EPOCH + TICK);
    assertThat(times).containsExactly(100L, 1100L, 1500L, 2100L, 3100L);
    assertThat(self[0].size()).isZero();
  }

  @Test
  void jumpsOfCenturiesAreFast() {
    wheel.advance(EPOCH);
    armed(EPOCH + 100 * YEAR);
    armed(EPOCH + TICK);

    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> wheel.advance(EPOCH + 200 * YEAR));

    assertThat(expired).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void behavesAsASortedSet(long seed) {
    new Model(seed).run(3000);
  }

  /** The same operations on a wheel and on a sorted set. */
  private static final class Model {
    private final SplittableRandom random;
    private final TreeSet<CallEntry> sorted =
        new TreeSet<>(
            Comparator.<CallEntry>comparingLong(e -> e.deadlineNanos).thenComparing(e -> e.id));
    private final List<CallEntry> live = new ArrayList<>();
    private final List<String> real = new ArrayList<>();
    private final List<String> wanted = new ArrayList<>();
    private final TimerWheel wheel = new TimerWheel(this::expire);
    private long now = EPOCH;
    private long ids;

    Model(long seed) {
      random = new SplittableRandom(seed);
      wheel.advance(now);
    }

    private void expire(CallEntry entry) {
      real.add(entry.id + "@" + entry.deadlineNanos);
      live.remove(entry);
    }

    /** From nanoseconds to decades, each size as likely. */
    private long span() {
      return random.nextLong(1L << random.nextInt(1, 60));
    }

    void run(int steps) {
      for (int i = 0; i < steps; i++) {
        step(random.nextInt(10));
        assertThat(real).as("step " + i).isEqualTo(wanted);
        assertThat(wheel.size()).isEqualTo(live.size());
      }
    }

    private void step(int choice) {
      if (choice < 4 || live.isEmpty()) {
        CallEntry entry = new CallEntry();
        entry.id = ids++;
        entry.deadlineNanos = now + span();
        live.add(entry);
        sorted.add(entry);
        wheel.add(entry);
      } else if (choice < 7) {
        CallEntry entry = live.get(random.nextInt(live.size()));
        sorted.remove(entry);
        entry.deadlineNanos = now + span();
        sorted.add(entry);
        wheel.moved(entry);
      } else if (choice == 7) {
        CallEntry entry = live.remove(random.nextInt(live.size()));
        sorted.remove(entry);
        wheel.remove(entry);
      } else {
        now += span() >> random.nextInt(1, 20);
        boolean settle = choice == 9;
        long before = settle ? now + 1 : now / TICK * TICK;
        while (!sorted.isEmpty() && sorted.first().deadlineNanos < before) {
          CallEntry entry = sorted.pollFirst();
          wanted.add(entry.id + "@" + entry.deadlineNanos);
        }
        if (settle) {
          wheel.settle(now);
        } else {
          wheel.advance(now);
        }
      }
    }
  }
}
