package io.callscope.capture.file;

import io.callscope.pcap.PacketReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What is known of a capture file before it is opened. Any thread; it may block for a moment. */
public final class SourceFiles {
  private SourceFiles() {}

  /**
   * Whether it can be read once only, and opening or reading it may wait for who writes to it:
   * standard input, a named pipe, a device.
   */
  public static boolean isPipe(String file) {
    if (file.equals(PacketReader.STANDARD_INPUT)) {
      return true;
    }
    try {
      Path path = Path.of(file);
      return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
    } catch (InvalidPathException e) {
      return false; // opening it will say so
    }
  }

  /** Its bytes on the disk; 0 where that is not known. */
  static long size(String file) {
    try {
      Path path = Path.of(file);
      return Files.isRegularFile(path) ? Files.size(path) : 0;
    } catch (IOException | InvalidPathException e) {
      return 0; // reading it will say why
    }
  }
}
