package io.callscope.bench;

import io.callscope.bus.Envelope;
import io.callscope.capture.tcp.Segment;
import io.callscope.capture.tcp.SipCounters;
import io.callscope.capture.tcp.SipOutput;
import io.callscope.capture.tcp.SipReaders;
import io.callscope.capture.tcp.StreamCounters;
import io.callscope.capture.tcp.StreamMemory;
import io.callscope.capture.tcp.TcpOptions;
import io.callscope.capture.tcp.TcpStreams;
import io.callscope.counters.CounterGroup;
import io.callscope.sip.SipIndex;
import java.io.ByteArrayOutputStream;
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
 * Messages a second that one thread takes out of TCP streams, each segment with its
 * acknowledgement; an operation is one message of the mix. Compare with {@link
 * ParserBenchmark#datagrams}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class StreamBenchmark implements SipOutput {
  private static final int CONNECTIONS = 400;
  private static final int SYN = 2;
  private static final int ACK = 16;

  /**
   * How the messages are cut: one a segment, in halves, or in halves the second of which comes
   * first.
   */
  @Param({"WHOLE", "HALVES", "SWAPPED"})
  public Cut cut;

  /** See {@link #cut}. */
  public enum Cut {
    WHOLE,
    HALVES,
    SWAPPED
  }

  private final Segment segment = new Segment();
  private TcpStreams streams;
  private byte[] bytes;
  private int[] starts;
  private int connection;
  private int[] sequences;
  private long found;

  @Setup
  public void open() throws InterruptedException {
    CounterGroup.Builder builder = new CounterGroup.Builder("pkt_stats");
    StreamCounters counters = new StreamCounters(builder);
    SipCounters sip = new SipCounters(builder);
    CounterGroup group = builder.build();
    counters.countIn(group);
    sip.countIn(group);
    StreamMemory memory = new StreamMemory(TcpOptions.DEFAULTS.maxMemoryBytes());
    SipReaders readers = new SipReaders(TcpOptions.DEFAULTS, memory, sip, counters, this);
    streams = new TcpStreams(TcpOptions.DEFAULTS, memory, readers, counters, readers, counters);
    segment.envelope = new Envelope();
    segment.envelope.destinationPort = 5060;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    starts = new int[ParserBenchmarkMix.MESSAGES + 1];
    for (int i = 0; i < ParserBenchmarkMix.MESSAGES; i++) {
      out.writeBytes(ParserBenchmarkMix.message(i).getBytes(StandardCharsets.ISO_8859_1));
      starts[i + 1] = out.size();
    }
    bytes = out.toByteArray();
    sequences = new int[CONNECTIONS];
    for (connection = 0; connection < CONNECTIONS; connection++) {
      send(SYN, -1, 0, 0);
    }
  }

  private void send(int flags, int sequence, int from, int end) throws InterruptedException {
    segment.envelope.sourcePort = 10_000 + connection;
    segment.bytes = bytes;
    segment.at = from;
    segment.end = end;
    segment.sequence = sequence;
    segment.flags = flags;
    streams.segment(segment);
  }

  @Override
  public void message(Envelope envelope, byte[] at, int from, int[] row) {
    found += row[SipIndex.LENGTH];
  }

  @Override
  public void parseError(Envelope envelope, int error, byte[] at, int from, int[] row) {
    throw new IllegalStateException("error " + error);
  }

  @Benchmark
  @OperationsPerInvocation(ParserBenchmarkMix.MESSAGES)
  public long messages() throws InterruptedException {
    for (int i = 0; i < ParserBenchmarkMix.MESSAGES; i++) {
      connection = connection >= CONNECTIONS - 1 ? 0 : connection + 1;
      int sequence = sequences[connection];
      int from = starts[i];
      int end = starts[i + 1];
      int half = (from + end) / 2;
      switch (cut) {
        case WHOLE -> send(ACK, sequence, from, end);
        case HALVES -> {
          send(ACK, sequence, from, half);
          send(ACK, sequence + half - from, half, end);
        }
        case SWAPPED -> {
          send(ACK, sequence + half - from, half, end);
          send(ACK, sequence, from, half);
        }
      }
      sequences[connection] = sequence + end - from;
      send(ACK, sequence, 0, 0);
    }
    return found;
  }
}
