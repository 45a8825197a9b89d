package io.callscope.bench;

import io.callscope.bus.SipBatch;
import io.callscope.bus.SipBatches;
import io.callscope.tracker.ring.MessageRing;
import io.callscope.tracker.ring.RingCounters;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a message takes as part of a batch: kept in the message ring, written for another process,
 * read there. An operation is a message.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class BatchBenchmark {
  private static final int CALLS = 2000;
  private static final int MESSAGES = CALLS * BenchmarkTraffic.MESSAGES_OF_A_CALL;

  private List<SipBatch> batches;
  private List<Buffer> written;
  private MessageRing ring;

  @Setup
  public void make() {
    batches = BenchmarkTraffic.calls(CALLS);
    written = batches.stream().map(SipBatches::write).toList();
    ring = new MessageRing(64 << 20, new RingCounters(), BenchmarkTraffic::fail);
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public MessageRing ring() {
    batches.forEach(ring::append);
    return ring;
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public long write() {
    long bytes = 0;
    for (SipBatch batch : batches) {
      bytes += SipBatches.write(batch).length();
    }
    return bytes;
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public long read() {
    long records = 0;
    for (Buffer buffer : written) {
      records += SipBatches.read(buffer).size();
    }
    return records;
  }
}
