package io.callscope.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.BatchPool;
import io.callscope.bus.BatchSink;
import io.callscope.bus.SipBatch;
import io.callscope.feed.FeedCounters;
import io.callscope.feed.SipFeed;
import io.callscope.feed.SourceTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CollectorThreadTest {
  private final Fixture fixture = new Fixture();
  private final Handover handover = new Handover(1 << 20);

  /** What became of it, in order; read once it has ended. */
  private final List<String> told = new ArrayList<>();

  private final CountDownLatch ended = new CountDownLatch(1);

  private final class Told implements CollectorThread.Owner {
    @Override
    public void failed(Throwable cause) {
      told.add("failed: " + cause.getMessage());
    }

    @Override
    public void ended() {
      told.add("ended");
      ended.countDown();
    }
  }

  private final class Sink implements BatchSink {
    @Override
    public boolean credit(int partition, long timeoutNanos) {
      return true;
    }

    @Override
    public int credits(int partition) {
      return 1;
    }

    @Override
    public void send(int partition, SipBatch batch) {
      if (batch.isLast()) {
        told.add("last batch");
      }
    }
  }

  private CollectorThread thread(LongSupplier clock) {
    SipFeed feed =
        new SipFeed("ipfix", 1, new SourceTime(), new Sink(), new BatchPool(), new FeedCounters());
    CollectorLoop loop =
        new CollectorLoop(
            fixture.collector,
            feed,
            handover,
            new Admission(1),
            fixture.counters,
            () -> {},
            () -> Fixture.NOW,
            clock);
    return new CollectorThread(
        "ipfix.0", loop, fixture.collector, feed, 1, nanos -> told.add("acknowledged"), new Told());
  }

  @Test
  void worksOffWhatWasHandedOverAndEndsTheSource() throws Exception {
    Connection connection = fixture.open();
    handover.put(new Handover.Received(connection, Examples.of("12.1")));
    handover.put(new Handover.Ended());
    thread(() -> 0).start();
    ended.await();
    assertThat(fixture.count("conn_open")).isEqualTo(1);
    assertThat(told).containsExactly("last batch", "acknowledged", "ended");
  }

  @Test
  void aMistakeIsToldAndTheSourceEndsAllTheSame() throws Exception {
    Connection connection = fixture.open();
    thread(
            () -> {
              throw new IllegalStateException("no clock");
            })
        .start();
    ended.await();
    assertThat(told).containsExactly("failed: no clock", "last batch", "acknowledged", "ended");
    assertThat(Fixture.peer(connection).closed).as("the SBC connects anew").isTrue();
  }

  @Test
  void toBeWaitedForNoLongerIsNoMistake() throws Exception {
    CollectorThread thread = thread(() -> 0);
    thread.start();
    thread.giveUp();
    ended.await();
    assertThat(told).containsExactly("last batch", "acknowledged", "ended");
  }
}
