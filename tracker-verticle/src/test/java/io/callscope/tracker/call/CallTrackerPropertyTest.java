package io.callscope.tracker.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventJson;
import io.callscope.counters.CounterGroup;
import io.callscope.tracker.Mix;
import io.callscope.tracker.Mix.Captured;
import io.callscope.tracker.Traffic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for any traffic, however its messages are lost, repeated and out of order. */
class CallTrackerPropertyTest {
  /** A tracker, what came out of it, and its counters. */
  private static final class Run {
    final List<CallEvent> events = new ArrayList<>();
    final CallCounters counters = new CallCounters();
    final CallSettings settings = new CallSettings();
    final CallTracker tracker =
        new CallTracker(settings, counters, new RegCounters(), events::add, Traffic::fail);
    int messages;

    Run follow(List<Captured> mix) {
      Traffic.Feed feed = new Traffic.Feed("pcap");
      for (Captured captured : mix) {
        tracker.advance(captured.nanos());
        tracker.accept(feed.add(captured.message(), captured.nanos()).build(0), 0);
        if (messages++ % 100 == 0) {
          assertThat(Recount.accounted(tracker)).isEqualTo(Recount.of(tracker));
        }
      }
      assertThat(Recount.accounted(tracker)).isEqualTo(Recount.of(tracker));
      return this;
    }

    Run toTheEnd() {
      tracker.advance(tracker.nowNanos() + 100_000_000_000_000L);
      tracker.settle();
      return this;
    }

    long counter(String prefix) {
      long sum = 0;
      for (CounterGroup group : counters.groups()) {
        for (int i = 0; i < group.definitions().size(); i++) {
          sum += group.definitions().get(i).name().startsWith(prefix) ? group.value(i) : 0;
        }
      }
      return sum;
    }

    List<String> json() {
      return events.stream().map(event -> EventJson.of(event).encode()).toList();
    }
  }

  @ParameterizedTest(name = "seed {0}, harm {1}")
  @CsvSource({
    "1,0", "2,0", "3,0.05", "4,0.1", "5,0.2", "6,0.3", "7,0.5", "8,0.5", "9,0.8", "10,0.2"
  })
  void countsAddUpAndNothingIsLeft(long seed, double harm) {
    Run run = new Run();
    run.settings.registrations(30, seed % 2 == 0 ? 3 : 0, seed % 3 == 0);

    run.follow(Mix.of(seed, 1500, harm)).toTheEnd();

    assertThat(run.counter("tracked_ok_") + run.counter("tracked_err_udp"))
        .isEqualTo(run.messages)
        .isGreaterThan(1000);
    assertThat(run.counter("events_raised")).isEqualTo(run.events.size()).isGreaterThan(100);
    assertThat(run.tracker.query().callTable())
        .containsEntry("entries", 0)
        .containsEntry("timers", 0L);
    assertThat(run.tracker.query().bindingTable()).containsEntry("entries", 0);
    assertThat((long) run.tracker.query().callTable().get("bytes"))
        .as("of the buckets alone")
        .isEqualTo(4L * (int) run.tracker.query().callTable().get("buckets"));
    assertThat(run.counter("inv_") + run.counter("non_inv_") + run.counter("active")).isZero();
    OnceAnEntry.assertThatHolds(run.events);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void theSameMessagesGiveTheSameEvents(long seed) {
    List<Captured> mix = Mix.of(seed, 1000, 0.2);

    assertThat(new Run().follow(mix).toTheEnd().json())
        .isEqualTo(new Run().follow(mix).toTheEnd().json());
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void limitsHoldWhateverComes(long seed) {
    Run run = new Run();
    run.settings.callLimits(20, 40_000).bindingLimits(5, 2000);
    Traffic.Feed feed = new Traffic.Feed("pcap");
    for (Captured captured : Mix.of(seed, 1500, 0.3)) {
      run.tracker.advance(captured.nanos());
      run.tracker.accept(feed.add(captured.message(), captured.nanos()).build(0), 0);
      run.messages++;
      assertThat((int) run.tracker.query().callTable().get("entries")).isLessThanOrEqualTo(20);
      assertThat((int) run.tracker.query().bindingTable().get("entries")).isLessThanOrEqualTo(5);
    }
    run.toTheEnd();

    assertThat(run.counter("tracked_err_udp")).isEqualTo(run.counter("fail_")).isPositive();
    assertThat(run.tracker.query().callTable()).containsEntry("timers", 0L);
    assertThat(run.tracker.query().bindingTable()).containsEntry("entries", 0);
    assertThat(run.counter("events_raised")).isEqualTo(run.events.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void forcedTimeoutsEndEverythingSoon(long seed) {
    Run run = new Run().follow(Mix.of(seed, 500, 0.1));
    run.tracker.forceTimeouts(100_000_000).step(Integer.MAX_VALUE);
    int entries = (int) run.tracker.query().callTable().get("entries");
    assertThat(entries).isPositive();

    run.tracker.advance(run.tracker.nowNanos() + 100_000_000);
    run.tracker.settle();

    assertThat(run.tracker.query().callTable()).containsEntry("entries", 0);
    assertThat(run.tracker.query().bindingTable()).containsEntry("entries", 0);
  }
}
