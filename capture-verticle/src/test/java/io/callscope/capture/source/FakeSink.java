package io.callscope.capture.source;

import io.callscope.bus.BatchSink;
import io.callscope.bus.SipBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Takes batches as long as it has credits, and then interrupts who waits for one. */
public final class FakeSink implements BatchSink {
  record Sent(int partition, SipBatch batch) {}

  public final List<Sent> sent = new ArrayList<>();
  public int credits = Integer.MAX_VALUE;

  @Override
  public boolean credit(int partition, long timeoutNanos) throws InterruptedException {
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
    sent.add(new Sent(partition, batch));
  }

  /** All records of a partition, a line each. */
  public List<String> records(int partition) {
    List<String> lines = new ArrayList<>();
    for (Sent s : sent) {
      for (int i = 0; s.partition == partition && i < s.batch.size(); i++) {
        lines.add(line(s.batch, i));
      }
    }
    return lines;
  }

  private static String line(SipBatch batch, int record) {
    return String.join(
        " ",
        batch.kind(record).name(),
        Integer.toString(batch.error(record)),
        Long.toString(batch.captureNanos(record)),
        Long.toHexString(batch.sourceLow(record)) + ":" + batch.sourcePort(record),
        Long.toHexString(batch.destinationLow(record)) + ":" + batch.destinationPort(record),
        Integer.toString(batch.message(record).length()));
  }

  public List<SipBatch> batches(int partition) {
    return sent.stream().filter(s -> s.partition == partition).map(Sent::batch).toList();
  }
}
