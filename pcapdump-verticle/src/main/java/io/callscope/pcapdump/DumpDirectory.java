package io.callscope.pcapdump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the directory of all files before anything is written. */
final class DumpDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(DumpDirectory.class);

  private DumpDirectory() {}

  /**
   * It need not be there: it is made with the first file. What can never become one is refused;
   * what may yet be given rights is only warned of.
   *
   * @throws IOException with a line for people
   */
  static void check(Path directory) throws IOException {
    Path existing = directory;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !Files.isDirectory(existing)) {
      throw new IOException(
          "-pcap_dump_dir " + directory + ": " + existing + " is not a directory");
    }
    if (!Files.isWritable(existing)) {
      LOG.warn("-pcap_dump_dir {}: {} is not writable", directory, existing);
    }
  }
}
