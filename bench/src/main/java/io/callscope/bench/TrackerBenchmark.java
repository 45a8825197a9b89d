package io.callscope.bench;

import io.callscope.bus.SipBatch;
import io.callscope.tracker.call.CallCounters;
import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.call.CallTracker;
import io.callscope.tracker.call.RegCounters;
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
 * What following a parsed message takes one thread, its events and timers included; an operation is
 * a message.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TrackerBenchmark {
  private static final int CALLS = 5000;
  private static final int REGISTRATIONS = 10_000;

  /** Longer than any timer: what one run leaves is gone in the next. */
  private static final long RUN_NANOS = 100_000_000_000_000L;

  private List<SipBatch> calls;
  private List<SipBatch> registrations;
  private CallTracker tracker;
  private long events;
  private long shiftNanos;

  @Setup
  public void make() {
    calls = BenchmarkTraffic.calls(CALLS);
    registrations = BenchmarkTraffic.registrations(REGISTRATIONS);
    tracker =
        new CallTracker(
            new CallSettings(),
            new CallCounters(),
            new RegCounters(),
            event -> events++,
            BenchmarkTraffic::fail);
  }

  @Benchmark
  @OperationsPerInvocation(CALLS * BenchmarkTraffic.MESSAGES_OF_A_CALL)
  public long calls() {
    return follow(calls);
  }

  @Benchmark
  @OperationsPerInvocation(2 * REGISTRATIONS)
  public long registrations() {
    return follow(registrations);
  }

  private long follow(List<SipBatch> batches) {
    for (SipBatch batch : batches) {
      for (int record = 0; record < batch.size(); record++) {
        tracker.expect(batch, record);
        tracker.advance(batch.captureNanos(record) + shiftNanos);
        tracker.accept(batch, record);
      }
    }
    shiftNanos += RUN_NANOS;
    tracker.advance(batches.get(0).captureNanos(0) + shiftNanos - 1);
    return events;
  }
}
