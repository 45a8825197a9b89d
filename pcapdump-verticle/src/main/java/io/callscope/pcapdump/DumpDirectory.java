package io.callscope.pcapdump;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the directory of all files before anything is written. */
public final class DumpDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(DumpDirectory.class);

  private DumpDirectory() {}

  /**
   * It need not be there: it is made with the first file. What is not there and cannot be made is
   * refused; of one that is there, and may yet be given rights, is only warned.
   *
   * @throws IOException with a line for people
   */
  public static void check(Path directory) throws IOException {
    Path absolute = directory.toAbsolutePath().normalize();
    List<Path> missing = new ArrayList<>();
    Path existing = absolute;
    while (existing != null && !Files.exists(existing)) {
      missing.add(0, existing);
      existing = existing.getParent();
    }
    if (existing == null || !Files.isDirectory(existing)) {
      throw new IOException(
          "-pcap_dump_dir " + directory + ": " + existing + " is not a directory");
    }
    if (missing.isEmpty() && !isWritable(directory)) {
      LOG.warn("-pcap_dump_dir {} is not writable", directory);
    }
    makeAndRemove(directory, missing);
  }

  /** Whether files can be made in it now; also where it is yet to be made. */
  public static boolean isWritable(Path directory) {
    return !Files.exists(directory) || Files.isWritable(directory);
  }

  /** Only trying tells: rights are not all that a file system may lack. */
  private static void makeAndRemove(Path directory, List<Path> missing) throws IOException {
    Deque<Path> made = new ArrayDeque<>();
    try {
      for (Path path : missing) {
        try {
          Files.createDirectory(path);
          made.push(path);
        } catch (FileAlreadyExistsException e) {
          return; // another process has made it meanwhile
        }
      }
    } catch (IOException e) {
      throw new IOException(
          "-pcap_dump_dir " + directory + " is not there and cannot be made: " + reason(e), e);
    } finally {
      for (Path path : made) {
        remove(path);
      }
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    return e instanceof NoSuchFileException none
        ? none.getFile() + ": the file system takes none"
        : String.valueOf(e.getMessage());
  }

  private static void remove(Path made) {
    try {
      Files.delete(made);
    } catch (IOException e) {
      LOG.debug("{} stays: {}", made, e.toString()); // another process uses it already
    }
  }
}
