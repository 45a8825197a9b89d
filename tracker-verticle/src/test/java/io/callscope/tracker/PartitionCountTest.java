package io.callscope.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventBatch;
import io.callscope.bus.EventJson;
import io.callscope.sip.Partitioning;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipParser;
import io.callscope.tracker.Mix.Captured;
import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.partition.Partition;
import io.callscope.tracker.rate.RateCounters;
import io.callscope.tracker.rate.RateLimiter;
import io.callscope.tracker.rate.RateSettings;
import io.callscope.tracker.stage.EventStage;
import io.callscope.tracker.stage.StageCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Order, numbers, contents and rates of events depend neither on the number of partitions nor on
 * how fast a capture is replayed.
 */
class PartitionCountTest {
  private static final long WALL = 1_800_000_000_000_000_000L;

  private final StageCounters stageCounters = new StageCounters();
  private final List<CallEvent> published = new ArrayList<>();
  private final List<Partition> partitions = new ArrayList<>();
  private final List<Traffic.Feed> feeds = new ArrayList<>();
  private EventStage stage;

  /** The wall clock, and how far it goes from batch to batch. */
  private long wallNanos;

  private long paceNanos;

  private List<String> run(List<Captured> mix, int count) {
    wallNanos = WALL;
    published.clear();
    partitions.clear();
    feeds.clear();
    RateCounters counters = new RateCounters();
    RateLimiter limiter = new RateLimiter(RateSettings.defaults(), counters);
    stage = new EventStage(count, 0, limiter, counters, stageCounters, published::add);
    for (int i = 0; i < count; i++) {
      partitions.add(new Partition(i, new CallSettings(), 0));
      feeds.add(new Traffic.Feed("pcap"));
    }
    // The source says to all when it begins, then cuts batches where it likes.
    SplittableRandom random = new SplittableRandom(count + paceNanos);
    flush(mix.get(0).nanos());
    int[] row = new int[SipIndex.SIZE];
    SipParser parser = new SipParser();
    for (Captured captured : mix) {
      byte[] bytes = captured.message().bytes();
      parser.parseDatagram(bytes, 0, bytes.length, row);
      Traffic.Feed feed = feeds.get(Partitioning.of(bytes, 0, row, count));
      if (!feed.hasRoom(bytes.length) || random.nextInt(30) == 0) {
        flush(captured.nanos());
      }
      feed.add(captured.message(), captured.nanos());
    }
    long end = mix.get(mix.size() - 1).nanos() + 8_000_000_000_000L;
    for (int i = 0; i < count; i++) {
      partitions.get(i).accept(feeds.get(i).last(end), wallNanos);
      pass(partitions.get(i).takeEvents());
    }
    partitions.forEach(partition -> pass(partition.takeLastEvents()));
    return published.stream().map(event -> EventJson.of(event).encode()).toList();
  }

  private void flush(long markNanos) {
    for (int i = 0; i < partitions.size(); i++) {
      partitions.get(i).accept(feeds.get(i).build(markNanos), wallNanos);
      pass(partitions.get(i).takeEvents());
    }
    wallNanos += paceNanos;
    for (Partition partition : partitions) {
      partition.tick(wallNanos);
      pass(partition.takeEvents());
    }
  }

  private void pass(EventBatch events) {
    if (events != null) {
      stage.accept(events);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void oneTwoAndFourGiveTheSame(long seed) {
    List<Captured> mix = Mix.of(seed, 800, seed * 0.05);

    List<String> one = run(mix, 1);

    assertThat(one).hasSizeGreaterThan(200);
    assertThat(run(mix, 2)).isEqualTo(one);
    assertThat(run(mix, 4)).isEqualTo(one);
    assertThat(stageCounters.group().value(0)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void anyPaceGivesTheSame(long seed) {
    List<Captured> mix = Mix.of(seed, 800, 0.1);
    List<String> atOnce = run(mix, 2);
    assertThat(atOnce).hasSizeGreaterThan(200);

    for (long pace : new long[] {1, 1_000_000, 700_000_000, 90_000_000_000L, 7_200_000_000_000L}) {
      paceNanos = pace;
      assertThat(run(mix, 2)).as("a batch each " + pace + " ns").isEqualTo(atOnce);
      assertThat(run(mix, 3)).isEqualTo(atOnce);
    }
  }
}
