package io.callscope.capture;

import io.callscope.bus.DumpPlan;
import io.callscope.pcap.PacketReader;
import java.util.List;

/**
 * What a {@link CaptureVerticle} reads and where it sends it.
 *
 * @param instance name of this instance among all processes, for its counters
 * @param source name of the source among all processes, {@value #FILE_SOURCE} where there is one
 * @param files capture files in order, {@code -} for standard input
 * @param loops how often the list is read; 0 means once
 * @param replay whether and how the gaps between packets are kept
 * @param decode how packets are taken apart
 * @param partitions how many tracker partitions there are
 * @param creditsPerPartition batches to one partition that may be unacknowledged
 * @param dump the pcap writers
 */
public record CaptureConfig(
    String instance,
    String source,
    List<String> files,
    int loops,
    ReplayOptions replay,
    DecodeOptions decode,
    int partitions,
    int creditsPerPartition,
    DumpPlan dump) {
  /** The usual name of the file input as a whole. */
  public static final String FILE_SOURCE = "pcap";

  /** Enough to keep a tracker busy while its acknowledgements are on their way. */
  public static final int DEFAULT_CREDITS = 8;

  private static final int MAX_PARTITIONS = 1024;
  private static final int MAX_CREDITS = 1024;

  public CaptureConfig {
    files = List.copyOf(files);
    require(!instance.isEmpty(), "the instance needs a name");
    require(!source.isEmpty(), "the source needs a name");
    require(!files.isEmpty(), "pcap names no file");
    require(loops >= 0, "pcap_loop must not be negative");
    require(
        partitions >= 1 && partitions <= MAX_PARTITIONS,
        "partitions must be 1 to " + MAX_PARTITIONS);
    require(
        creditsPerPartition >= 1 && creditsPerPartition <= MAX_CREDITS,
        "credits must be 1 to " + MAX_CREDITS);
    loops = Math.max(1, loops);
    long standardInputs = files.stream().filter(PacketReader.STANDARD_INPUT::equals).count();
    require(
        standardInputs * loops <= 1,
        "pcap: - (standard input) can be read only once; name it once and leave pcap_loop at 1");
  }

  /** Where nothing is dumped. */
  public CaptureConfig(
      String instance,
      String source,
      List<String> files,
      int loops,
      ReplayOptions replay,
      DecodeOptions decode,
      int partitions,
      int creditsPerPartition) {
    this(
        instance,
        source,
        files,
        loops,
        replay,
        decode,
        partitions,
        creditsPerPartition,
        DumpPlan.NONE);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
