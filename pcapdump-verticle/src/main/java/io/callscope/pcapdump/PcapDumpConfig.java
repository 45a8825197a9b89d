package io.callscope.pcapdump;

import io.callscope.bus.ProcessName;
import io.callscope.pcap.CallFileNames;
import java.nio.file.Path;

/**
 * What a {@link PcapDumpVerticle} writes, and where to.
 *
 * @param process where it runs
 * @param directory of all files
 * @param on whether it writes from the start
 * @param onError whether sources send messages with errors too; only told to those who ask
 * @param workers how many writers there are, in all processes together
 * @param partitions of call tracking, for comments
 * @param flushMillis how long messages of a call may be gathered
 * @param maxOpenFiles files kept open, in all writers together
 * @param gatheredBytes memory for gathered messages, in all writers together
 * @param maxBytes bytes all files may have together, 0 for any
 * @param maxAgeMillis time after which a file goes, 0 for never
 */
public record PcapDumpConfig(
    ProcessName process,
    Path directory,
    CallFileNames names,
    boolean on,
    boolean onError,
    int workers,
    int partitions,
    long flushMillis,
    int maxOpenFiles,
    long gatheredBytes,
    long maxBytes,
    long maxAgeMillis) {
  private static final String PCAPNG = ".pcapng";

  public PcapDumpConfig {
    directory = directory.toAbsolutePath().normalize();
    if (workers < 1) {
      throw new IllegalArgumentException("pcap_dump_workers must be at least 1");
    }
  }

  /** The writers are shared out over the processes of a cluster. */
  boolean isShared() {
    return !process.text().isEmpty();
  }

  /** The extension asks for it. */
  boolean isPcapng() {
    return names.extension().equalsIgnoreCase(PCAPNG);
  }
}
