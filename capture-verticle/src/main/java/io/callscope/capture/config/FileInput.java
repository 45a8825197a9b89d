package io.callscope.capture.config;

import io.callscope.pcap.PacketReader;
import java.util.List;

/**
 * Capture files.
 *
 * @param files in order, {@code -} for standard input
 * @param loops how often the list is read; 0 means once
 * @param replay whether and how the gaps between packets are kept
 * @param upload what is known of a file that somebody has sent; null for others
 */
public record FileInput(List<String> files, int loops, ReplayOptions replay, Upload upload)
    implements SourceInput {
  /**
   * A capture that somebody has sent.
   *
   * @param name of the file on the sender's machine
   * @param shiftNanos by how much its packets happen later than they were captured
   */
  public record Upload(String name, long shiftNanos) {}

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

  /** Files of this machine. */
  public FileInput(List<String> files, int loops, ReplayOptions replay) {
    this(files, loops, replay, null);
  }

  /** A file that somebody has sent, read once. */
  public static FileInput uploaded(String file, ReplayOptions replay, Upload upload) {
    return new FileInput(List.of(file), 1, replay, upload);
  }

  /** What people know a file as. */
  public String nameOf(String file) {
    return upload == null ? file : upload.name();
  }

  public long shiftNanos() {
    return upload == null ? 0 : upload.shiftNanos();
  }
}
