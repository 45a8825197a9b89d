package io.callscope.bench;

import io.callscope.sip.SipIndex;
import io.callscope.sip.SipParser;
import java.nio.charset.StandardCharsets;
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

/** Messages a second that one thread parses; an operation is one message of the mix. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ParserBenchmark {
  private final SipParser parser = new SipParser();
  private final int[] row = new int[SipIndex.SIZE];
  private byte[][] mix;

  @Setup
  public void read() {
    mix = new byte[ParserBenchmarkMix.MESSAGES][];
    for (int i = 0; i < mix.length; i++) {
      mix[i] = ParserBenchmarkMix.message(i).getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /** Whole datagrams. */
  @Benchmark
  @OperationsPerInvocation(ParserBenchmarkMix.MESSAGES)
  public int datagrams() {
    int errors = 0;
    for (byte[] message : mix) {
      errors += parser.parseDatagram(message, 0, message.length, row);
    }
    return errors + row[SipIndex.LENGTH];
  }

  /** Messages on a stream that come in two segments. */
  @Benchmark
  @OperationsPerInvocation(ParserBenchmarkMix.MESSAGES)
  public int twoSegments() {
    int errors = 0;
    for (byte[] message : mix) {
      parser.reset(true, true);
      parser.parse(message, 0, message.length / 2, false, row);
      errors += parser.parse(message, 0, message.length, false, row);
    }
    return errors + row[SipIndex.LENGTH];
  }
}
