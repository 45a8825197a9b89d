package io.callscope.bench;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventBatch;
import io.callscope.bus.EventJson;
import io.callscope.tracker.rate.RateCounters;
import io.callscope.tracker.rate.RateLimiter;
import io.callscope.tracker.rate.RateSettings;
import io.callscope.tracker.stage.EventStage;
import io.callscope.tracker.stage.StageCounters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
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
 * What an event takes behind the tracker: its turn among those of other partitions, type, rate and
 * number; and its way between processes, as JSON. An operation is an event.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EventBenchmark {
  private static final int CALLS = 2000;
  private static final int EVENTS = 2 * CALLS;
  private static final int BATCH = 50;

  private List<CallEvent> events;
  private List<Buffer> json;
  private long published;

  @Setup
  public void make() {
    events = BenchmarkTraffic.events(BenchmarkTraffic.calls(CALLS));
    if (events.size() != EVENTS) {
      throw new IllegalStateException(events.size() + " events");
    }
    json = events.stream().map(event -> EventJson.of(event).toBuffer()).toList();
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long stage() {
    RateCounters counters = new RateCounters();
    RateLimiter limiter = new RateLimiter(RateSettings.defaults(), counters);
    EventStage stage =
        new EventStage(1, 0, limiter, counters, new StageCounters(), event -> published++);
    for (int from = 0; from < EVENTS; from += BATCH) {
      List<CallEvent> some = events.subList(from, from + BATCH);
      stage.accept(new EventBatch(0, from, some.get(BATCH - 1).timeNanos(), some));
    }
    stage.drain();
    return published;
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long write() {
    long bytes = 0;
    for (CallEvent event : events) {
      bytes += EventJson.of(event).toBuffer().length();
    }
    return bytes;
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long read() {
    long nanos = 0;
    for (Buffer buffer : json) {
      nanos += EventJson.read(new JsonObject(buffer)).timeNanos();
    }
    return nanos;
  }
}
