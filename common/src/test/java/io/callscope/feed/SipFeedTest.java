package io.callscope.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.BatchPool;
import io.callscope.bus.Envelope;
import io.callscope.bus.RecordFlags;
import io.callscope.bus.SipBatch;
import io.callscope.net.IpAddress;
import io.callscope.sip.SipIndex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SipFeedTest {
  private static final long START = 1_700_000_000_000_000_000L;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private final SourceTime time = new SourceTime();
  private final FakeSink sink = new FakeSink();
  private final FeedCounters counters = new FeedCounters();
  private final Envelope envelope = new Envelope();
  private final int[] row = new int[SipIndex.SIZE];

  private SipFeed feed(int partitions) {
    return new SipFeed("pcap", partitions, time, sink, new BatchPool(), counters);
  }

  /** A probe from one of two sources that go to different partitions of two. */
  private void probe(SipFeed feed, int source, long nanos) throws InterruptedException {
    envelope.captureNanos = time.advance(nanos);
    envelope.sourceLow = IpAddress.lowOfIpv4(0xc000_0200 + source);
    feed.probe(envelope);
  }

  private int partitionOf(SipFeed feed, int source) throws InterruptedException {
    probe(feed, source, START);
    feed.round();
    for (FakeSink.Sent sent : sink.sent) {
      if (sent.batch().size() > 0) {
        sink.sent.clear();
        return sent.partition();
      }
    }
    throw new AssertionError("nothing sent");
  }

  @Test
  void aRoundBringsTheClockToEveryPartition() throws InterruptedException {
    SipFeed feed = feed(4);
    probe(feed, 1, START);
    feed.round();
    assertThat(sink.sent).extracting(FakeSink.Sent::partition).containsExactly(0, 1, 2, 3);
    assertThat(sink.sent).allMatch(sent -> sent.batch().markNanos() == START);
    assertThat(sink.sent).filteredOn(sent -> sent.batch().size() == 1).hasSize(1);
    sink.sent.clear();
    feed.round();
    assertThat(sink.sent).as("nothing new").isEmpty();
    time.advance(START + 1);
    feed.round();
    assertThat(sink.sent).as("a new time alone").hasSize(4);
  }

  @Test
  void aRoundComesAfterSoManyRecords() throws InterruptedException {
    SipFeed feed = feed(1);
    for (int i = 0; i < 255; i++) {
      probe(feed, 1, START + i);
    }
    assertThat(sink.sent).isEmpty();
    probe(feed, 1, START + 255);
    assertThat(sink.sent).hasSize(1);
    assertThat(sink.sent.get(0).batch().size()).isEqualTo(256);
    assertThat(sink.sent.get(0).batch().markNanos()).isEqualTo(START + 255);
  }

  @Test
  void aRoundComesWhenABatchHasNoRoom() throws InterruptedException {
    SipFeed feed = feed(2);
    byte[] bytes = new byte[60_000];
    row[SipIndex.LENGTH] = 60_000;
    envelope.captureNanos = time.advance(START);
    for (int i = 0; i < 3; i++) {
      feed.parseError(envelope, 13, bytes, 0, row);
    }
    assertThat(sink.sent).isEmpty();
    envelope.captureNanos = time.advance(START + 1);
    feed.parseError(envelope, 13, bytes, 0, row);
    assertThat(sink.sent).hasSize(2);
    // Not yet sent, and not before the mark.
    feed.end(Long.MAX_VALUE);
    SipBatch second =
        sink.sent.stream().map(FakeSink.Sent::batch).filter(b -> b.size() > 0).toList().get(1);
    assertThat(second.captureNanos(0)).isGreaterThanOrEqualTo(sink.sent.get(0).batch().markNanos());
  }

  @Test
  void whatWaitsLeavesAfterTwoMillisecondsLiveAndFiftyOfAFile() throws InterruptedException {
    leavesAfter(2, 1, Overflow.DROP);
    leavesAfter(50, 1, Overflow.WAIT);
  }

  @Test
  void manyPartitionsAreToldOfLiveTrafficLessOften() throws InterruptedException {
    leavesAfter(2, 16, Overflow.DROP);
    leavesAfter(8, 32, Overflow.DROP);
    leavesAfter(32, 64, Overflow.DROP);
    leavesAfter(50, 256, Overflow.DROP);
    leavesAfter(50, 64, Overflow.WAIT);
  }

  private void leavesAfter(long millis, int partitions, Overflow overflow)
      throws InterruptedException {
    String source = "pcap" + millis + "." + partitions;
    SipFeed feed = new SipFeed(source, partitions, time, sink, new BatchPool(), counters, overflow);
    feed.tick(1000 * MILLI);
    sink.sent.clear();
    probe(feed, 1, START);
    feed.tick((1000 + millis) * MILLI - 1);
    assertThat(sink.sent).isEmpty();
    feed.tick((1000 + millis) * MILLI);
    assertThat(sink.sent).isNotEmpty();
  }

  @Test
  void partitionsWithACreditDoNotWaitForASlowOne() throws InterruptedException {
    SipFeed feed = feed(3);
    sink.slow = 0;
    probe(feed, 1, START);
    feed.round();
    assertThat(sink.sent).extracting(FakeSink.Sent::partition).containsExactly(1, 2, 0);
    assertThat(counters.group().value(counters.creditWaits)).isEqualTo(1);
  }

  @Test
  void everyPartitionLearnsTheEndOnce() throws InterruptedException {
    SipFeed feed = feed(3);
    probe(feed, 1, START);
    sink.credits = 1;
    assertThatThrownBy(() -> feed.end(Long.MAX_VALUE)).isInstanceOf(InterruptedException.class);
    sink.credits = 9;
    feed.end(0);
    assertThat(sink.sent).extracting(FakeSink.Sent::partition).containsExactly(0, 1, 2);
    assertThat(sink.sent).allMatch(sent -> sent.batch().isLast());
    assertThat(counters.balance().missing()).isZero();
    assertThat(counters.group().value(counters.unsent)).isZero();
  }

  @Test
  void whatFindsNoCreditAtTheEndIsCounted() throws InterruptedException {
    SipFeed feed = feed(1);
    probe(feed, 1, START);
    probe(feed, 1, START);
    sink.credits = 0;
    feed.end(0);
    assertThat(sink.sent).isEmpty();
    assertThat(counters.group().value(counters.unsent)).isEqualTo(2);
    assertThat(counters.balance().missing()).isZero();
  }

  @Test
  void aRecordInterruptedOnItsWayIsCounted() throws InterruptedException {
    SipFeed feed = feed(1);
    byte[] bytes = new byte[60_000];
    row[SipIndex.LENGTH] = 60_000;
    for (int i = 0; i < 3; i++) {
      feed.parseError(envelope, 13, bytes, 0, row);
    }
    sink.credits = 0;
    time.advance(START);
    assertThatThrownBy(() -> feed.parseError(envelope, 13, bytes, 0, row))
        .isInstanceOf(InterruptedException.class);
    feed.drop();
    assertThat(counters.balance().in()).isEqualTo(4);
    assertThat(counters.group().value(counters.unsent)).isEqualTo(4);
    assertThat(counters.balance().missing()).isZero();
  }

  private SipFeed liveFeed() {
    return new SipFeed("iface:lo", 1, time, sink, new BatchPool(), counters, Overflow.DROP);
  }

  @Test
  void aLiveSourceSendsSmallBatchesOnlyWhileThePartitionKeepsUp() throws InterruptedException {
    SipFeed feed = liveFeed();
    sink.credits = SipFeed.LIVE_CREDITS;
    for (int i = 0; i < 20; i++) {
      probe(feed, 1, START + i * MILLI);
      feed.round();
    }
    assertThat(sink.sent).as("eight, as of a file").hasSize(8);
    for (int i = 0; i < 244; i++) {
      probe(feed, 1, START + SECOND);
    }
    assertThat(sink.sent).hasSize(8);
    probe(feed, 1, START + SECOND);
    assertThat(sink.sent).as("a full one").hasSize(9);
    assertThat(sink.sent.get(8).batch().size()).isEqualTo(256);
    sink.credits = SipFeed.LIVE_CREDITS;
    feed.round();
    assertThat(sink.sent).as("it has caught up").hasSize(10);
  }

  @Test
  void aLiveSourceNeverWaitsButDropsAndCounts() throws InterruptedException {
    SipFeed feed = liveFeed();
    sink.credits = SipFeed.LIVE_CREDITS;
    int records = 0;
    while (counters.group().value(counters.overflow) < 1000) {
      probe(feed, 1, START + records++);
      feed.tick(records * MILLI);
    }
    assertThat(sink.credits).isZero();
    assertThat(counters.group().value(counters.creditWaits)).isZero();
    // Eight small ones, all others full, and one more waits in the feed.
    assertThat(records - 1000).isBetween(119 * 256, 128 * 256 + 256);
    sink.credits = SipFeed.LIVE_CREDITS;
    feed.end(0);
    assertThat(counters.balance().missing()).isZero();
    assertThat(counters.balance().dropped()).containsEntry("records_overflow", 1000L);
    assertThat(sink.sent.get(sink.sent.size() - 1).batch().isLast()).isTrue();
  }

  @Test
  void whatIsCapturedSoonAfterALossIsMarked() throws InterruptedException {
    SipFeed feed = liveFeed();
    probe(feed, 1, START);
    feed.loss(START);
    probe(feed, 1, START + SECOND);
    probe(feed, 1, START + SECOND + 1);
    feed.loss(START + 2 * SECOND);
    feed.loss(START + 2 * SECOND + 5);
    feed.round();
    SipBatch batch = sink.sent.get(0).batch();
    assertThat(batch.has(0, RecordFlags.LOSS)).isFalse();
    assertThat(batch.has(1, RecordFlags.LOSS)).isTrue();
    assertThat(batch.has(2, RecordFlags.LOSS)).isFalse();
    assertThat(envelope.flags).isZero();
    assertThat(counters.group().value(counters.lossSeconds)).isEqualTo(2);
  }

  @Test
  void probesOfOneSourceStayTogetherAndSourcesSpread() throws InterruptedException {
    SipFeed feed = feed(4);
    int[] used = new int[4];
    for (int source = 0; source < 64; source++) {
      int partition = partitionOf(feed, source);
      assertThat(partitionOf(feed, source)).isEqualTo(partition);
      used[partition]++;
    }
    assertThat(Arrays.stream(used).min().getAsInt()).isGreaterThanOrEqualTo(4);
  }
}
