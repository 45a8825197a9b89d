package io.callscope.capture.config;

import io.callscope.bus.DumpPlan;
import io.callscope.feed.SipFeed;

/**
 * What a {@code CaptureVerticle} reads and where it sends it.
 *
 * @param instance name of this instance among all processes, for its counters
 * @param source name of the source among all processes ({@link io.callscope.bus.SourceNames})
 * @param input what is read
 * @param filter expression in the syntax of libpcap, empty for none
 * @param decode how packets are taken apart
 * @param partitions how many tracker partitions there are
 * @param creditsPerPartition batches to one partition that may be unacknowledged
 * @param dump the pcap writers
 */
public record CaptureConfig(
    String instance,
    String source,
    SourceInput input,
    String filter,
    DecodeOptions decode,
    int partitions,
    int creditsPerPartition,
    DumpPlan dump) {
  /** For files: enough to keep a tracker busy while its acknowledgements are on their way. */
  public static final int FILE_CREDITS = 8;

  /** For interfaces: what may wait for a partition before it is dropped. */
  public static final int LIVE_CREDITS = SipFeed.LIVE_CREDITS;

  private static final int MAX_PARTITIONS = 1024;
  private static final int MAX_CREDITS = 1024;

  public CaptureConfig {
    require(!instance.isEmpty(), "the instance needs a name");
    require(!source.isEmpty(), "the source needs a name");
    require(
        partitions >= 1 && partitions <= MAX_PARTITIONS,
        "partitions must be 1 to " + MAX_PARTITIONS);
    require(
        creditsPerPartition >= 1 && creditsPerPartition <= MAX_CREDITS,
        "credits must be 1 to " + MAX_CREDITS);
  }

  /** Where nothing is dumped. */
  public CaptureConfig(
      String instance,
      String source,
      SourceInput input,
      String filter,
      DecodeOptions decode,
      int partitions,
      int creditsPerPartition) {
    this(instance, source, input, filter, decode, partitions, creditsPerPartition, DumpPlan.NONE);
  }

  static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
