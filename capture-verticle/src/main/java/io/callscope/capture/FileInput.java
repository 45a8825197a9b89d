package io.callscope.capture;

import io.callscope.pcap.PacketReader;
import java.util.List;

/**
 * Capture files.
 *
 * @param files in order, {@code -} for standard input
 * @param loops how often the list is read; 0 means once
 * @param replay whether and how the gaps between packets are kept
 */
public record FileInput(List<String> files, int loops, ReplayOptions replay)
    implements SourceInput {
  public FileInput {
    files = List.copyOf(files);
    CaptureConfig.require(!files.isEmpty(), "pcap names no file");
    CaptureConfig.require(loops >= 0, "pcap_loop must not be negative");
    loops = Math.max(1, loops);
    long standardInputs = files.stream().filter(PacketReader.STANDARD_INPUT::equals).count();
    CaptureConfig.require(
        standardInputs * loops <= 1,
        "pcap: - (standard input) can be read only once; name it once and leave pcap_loop at 1");
  }
}
