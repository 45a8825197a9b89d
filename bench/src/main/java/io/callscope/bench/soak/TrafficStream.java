package io.callscope.bench.soak;

import io.callscope.pcap.PacketReader;
import io.callscope.testdata.Corpus;
import io.callscope.testdata.Options;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;

/**
 * Generated traffic of one kind without end, a packet at a time by capture time. A thread generates
 * ahead, no further than a pipe holds.
 */
final class TrafficStream implements Closeable {
  private static final int AHEAD_BYTES = 1 << 18;

  private final String name;
  private final PacketReader packets;
  private boolean hasPacket;

  /**
   * @param callsPerSecond new dialogs a second
   * @param startNanos capture time of the first
   */
  TrafficStream(String name, double callsPerSecond, long startNanos, List<String> more)
      throws IOException {
    this.name = name;
    List<String> options = new ArrayList<>(more);
    options.addAll(List.of("--calls", Long.toString(1L << 39)));
    options.addAll(List.of("--cps", Double.toString(callsPerSecond)));
    options.addAll(List.of("--seed", Integer.toString(name.hashCode())));
    options.addAll(List.of("--start", Double.toString(startNanos / 1e9)));
    Options traffic = Options.of(options.toArray(String[]::new));
    Pipe pipe = Pipe.open();
    Thread thread = new Thread(() -> generate(traffic, pipe), "traffic-" + name);
    thread.setDaemon(true);
    thread.start();
    packets = PacketReader.open(name, pipe.source());
    next();
  }

  private static void generate(Options traffic, Pipe pipe) {
    try (OutputStream out =
        new BufferedOutputStream(Channels.newOutputStream(pipe.sink()), AHEAD_BYTES)) {
      Corpus.write(traffic, out, dialog -> {});
    } catch (IOException e) {
      // The reading end is closed: enough has been generated.
    }
  }

  String name() {
    return name;
  }

  /** Stands on the next packet. */
  void next() throws IOException {
    hasPacket = packets.next();
    if (!hasPacket) {
      throw new IOException(name + ": the generator has ended");
    }
  }

  PacketReader packet() {
    return packets;
  }

  @Override
  public void close() throws IOException {
    packets.close();
  }
}
