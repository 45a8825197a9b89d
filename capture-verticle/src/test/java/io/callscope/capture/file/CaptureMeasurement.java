package io.callscope.capture.file;

import io.callscope.bus.BatchPool;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.config.DecodeOptions;
import io.callscope.capture.config.FileInput;
import io.callscope.capture.config.ReplayOptions;
import io.callscope.capture.config.SourceException;
import io.callscope.capture.decode.PacketFilter;
import io.callscope.capture.source.Nowhere;
import io.callscope.capture.source.SystemClock;
import io.callscope.counters.CounterGroup;
import io.callscope.feed.DumpFeed;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * What capture alone costs, from the file to batches that go nowhere: CPU time of its thread for a
 * SIP message. Files are read in turn, so that all meet the same neighbours. Arguments: captures,
 * of the same messages for a comparison; behind {@code -bpf}, a filter.
 */
final class CaptureMeasurement {
  private static final int ROUNDS = 9;

  private CaptureMeasurement() {}

  public static void main(String[] arguments) throws SourceException {
    List<String> files = List.of(arguments);
    PacketFilter filter = null;
    int option = files.indexOf("-bpf");
    if (option >= 0) {
      filter = PacketFilter.compile(files.get(option + 1), List.of());
      files = files.subList(0, option);
    }
    double[][] nanos = new double[files.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < files.size(); i++) {
        nanos[i][round] = nanosPerMessage(files.get(i), filter);
      }
    }
    for (int i = 0; i < files.size(); i++) {
      Arrays.sort(nanos[i]);
      System.out.printf(
          "%s: %.0f ns CPU a message (%.0f to %.0f), %.0f %% of the throughput of %s%n",
          files.get(i),
          nanos[i][ROUNDS / 2],
          nanos[i][0],
          nanos[i][ROUNDS - 1],
          100 * nanos[0][ROUNDS / 2] / nanos[i][ROUNDS / 2],
          files.get(0));
    }
  }

  private static double nanosPerMessage(String file, PacketFilter filter) {
    FileInput input = new FileInput(List.of(file), 1, ReplayOptions.OFF);
    CaptureConfig config =
        new CaptureConfig("capture", "pcap", input, "", DecodeOptions.DEFAULTS, 1, 8);
    BatchPool pool = new BatchPool();
    FileSource source =
        new FileSource(
            config, input, filter, new Nowhere(pool), pool, new SystemClock(), DumpFeed.none());
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    source.run(0);
    long nanos = threads.getCurrentThreadCpuTime() - start;
    CounterGroup packets = source.counterGroups().get(0);
    for (int i = 0; i < packets.definitions().size(); i++) {
      if (packets.definitions().get(i).name().equals("parse_ok")) {
        return (double) nanos / Math.max(1, packets.value(i));
      }
    }
    throw new IllegalStateException("no counter of messages");
  }
}
