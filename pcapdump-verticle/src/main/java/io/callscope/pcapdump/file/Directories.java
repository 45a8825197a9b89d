package io.callscope.pcapdump.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Makes the directories that files need. */
final class Directories {
  private Directories() {}

  /**
   * Makes a directory and those above it that are missing.
   *
   * @return how many it made: other writers may be at the same
   */
  static int make(Disk disk, Path directory) throws IOException {
    try {
      return last(disk, directory);
    } catch (NoSuchFileException e) {
      Path parent = directory.getParent();
      if (parent == null) {
        throw e;
      }
      int made = make(disk, parent);
      // Not by this method again: a file system may say for ever that something is missing.
      return made + last(disk, directory);
    }
  }

  private static int last(Disk disk, Path directory) throws IOException {
    try {
      disk.createDirectory(directory);
      return 1;
    } catch (FileAlreadyExistsException e) {
      return 0;
    }
  }
}
