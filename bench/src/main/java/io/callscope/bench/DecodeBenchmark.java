package io.callscope.bench;

import io.callscope.bench.DecodeRun.Carrier;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Datagrams a second that one thread takes out of their layers, without parsing what is in them; an
 * operation is one datagram of the mix, however many packets carry it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DecodeBenchmark {
  /** How a datagram is carried. */
  @Param public Carrier carrier;

  private DecodeRun run;

  @Setup
  public void make() {
    byte[][] messages = new byte[ParserBenchmarkMix.MESSAGES][];
    for (int i = 0; i < messages.length; i++) {
      messages[i] = ParserBenchmarkMix.message(i).getBytes(StandardCharsets.ISO_8859_1);
    }
    run = new DecodeRun(carrier, messages);
  }

  @Benchmark
  @OperationsPerInvocation(ParserBenchmarkMix.MESSAGES)
  public long datagrams() {
    return run.datagrams();
  }
}
