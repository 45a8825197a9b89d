package io.callscope.testdata;

import io.callscope.pcap.PcapWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Realistic SIP traffic for tests and benchmarks: as messages, as a stream of them, as a capture.
 * Nothing is read from a file, and the same options give the same bytes.
 */
public final class Corpus {
  private static final long PAUSE_BEFORE_CLOSE = 500 * Script.MILLI;

  private Corpus() {}

  /** The first {@code count} messages of the default traffic. */
  public static List<byte[]> messages(long seed, int count) {
    return messages(Options.of("--seed", Long.toString(seed), "--calls", "" + count), count);
  }

  /** The first {@code count} messages of a traffic, fewer if it has no more. */
  public static List<byte[]> messages(Options options, int count) {
    List<byte[]> messages = new ArrayList<>(count);
    MessageSink sink =
        (nanos, hop, towardsClient, bytes, from, length) -> {
          messages.add(Arrays.copyOfRange(bytes, from, from + length));
          return nanos;
        };
    Traffic traffic = new Traffic(options, sink, dialog -> {});
    try {
      boolean more = true;
      while (more && messages.size() < count) {
        more = traffic.next();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the sink has no input or output
    }
    return messages;
  }

  /**
   * Sends all messages of a traffic to a sink, as no network would: each at once, in order.
   *
   * @param finished gets each dialog after its last message
   */
  public static Truth stream(Options options, MessageSink sink, Consumer<DialogTruth> finished)
      throws IOException {
    Traffic traffic = new Traffic(options, sink, finished);
    traffic.run();
    return traffic.truth();
  }

  /**
   * Writes a traffic as a pcap file; the stream is flushed, not closed.
   *
   * @param finished gets each dialog after its last message
   */
  public static Truth write(Options options, OutputStream out, Consumer<DialogTruth> finished)
      throws IOException {
    PcapWriter pcap = PcapWriter.start(out, options.link.number(), options.nanos);
    long[] counts = new long[NetworkCount.values().length];
    Network network = new Network(pcap, options, counts);
    Truth truth = stream(options, network, finished);
    network.close(truth.lastNanos() + PAUSE_BEFORE_CLOSE);
    pcap.flush();
    System.arraycopy(counts, 0, truth.network, 0, counts.length);
    return truth;
  }

  /** A capture in memory, with all that is known of it. For small ones. */
  public static Capture capture(Options options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<DialogTruth> dialogs = new ArrayList<>();
    try {
      Truth truth = write(options, out, dialogs::add);
      return new Capture(out.toByteArray(), truth, List.copyOf(dialogs));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }
}
