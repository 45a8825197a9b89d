package io.callscope.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.BatchSink;
import io.callscope.bus.SipBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Takes batches as long as it has credits, and then interrupts who waits for one. */
final class FakeSink implements BatchSink {
  record Sent(int partition, SipBatch batch) {}

  final List<Sent> sent = new ArrayList<>();
  private final Map<String, Long> numbers = new HashMap<>();
  int credits = Integer.MAX_VALUE;

  /** A partition without credits until somebody waits for one; -1 for none. */
  int slow = -1;

  @Override
  public boolean credit(int partition, long timeoutNanos) throws InterruptedException {
    if (partition == slow && timeoutNanos == 0) {
      return false;
    }
    if (credits == 0) {
      if (timeoutNanos >= TimeUnit.HOURS.toNanos(1)) {
        throw new InterruptedException();
      }
      return false;
    }
    credits--;
    return true;
  }

  @Override
  public int credits(int partition) {
    return credits;
  }

  @Override
  public void send(int partition, SipBatch batch) {
    // Who gets a number too high waits for those before it.
    Long before = numbers.put(batch.source() + partition, batch.sequence());
    if (before != null) {
      assertThat(batch.sequence()).isEqualTo(before + 1);
    }
    sent.add(new Sent(partition, batch));
  }
}
