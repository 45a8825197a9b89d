package io.callscope.pcapdump.retention;

import io.callscope.pcap.CallFileNames;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes old files: those not written to for longer than the limit, then the oldest until all
 * others fit the limit on their size. It looks only at files of the right name, in the directory
 * and its sub-directories. For a thread that may wait for the disk; it takes two passes and no list
 * of all files.
 */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  /** A little more goes than must, so that not every second needs a sweep. */
  private static final double FULL = 0.95;

  private static final int DEPTH = 2;
  private static final Pattern SUBDIRECTORY = Pattern.compile("[0-9a-z]{1,6}");

  private final Path directory;
  private final CallFileNames names;
  private final long maxBytes;
  private final long maxAgeMillis;
  private final SweepCounters counters;
  private final SweepFailures unremoved;
  private final SweepFailures unseen;

  /**
   * @param maxBytes 0 for any
   * @param maxAgeMillis 0 for never
   * @param clockMillis of any zero, that never goes back
   */
  public Retention(
      Path directory,
      CallFileNames names,
      long maxBytes,
      long maxAgeMillis,
      SweepCounters counters,
      LongSupplier clockMillis) {
    this.directory = directory;
    this.names = names;
    this.maxBytes = maxBytes;
    this.maxAgeMillis = maxAgeMillis;
    this.counters = counters;
    unremoved = new SweepFailures("old files cannot be removed", counters, clockMillis);
    unseen = new SweepFailures("old files cannot be looked for", counters, clockMillis);
  }

  private interface Visit {
    void file(Path file, long modifiedMillis, long bytes);
  }

  /**
   * Sweeps once.
   *
   * @param stop asked at each file; a sweep that is stopped is not finished later
   * @return bytes of the files that are left
   */
  public long sweep(long nowMillis, BooleanSupplier stop) {
    AgeHistogram ages = new AgeHistogram();
    long[] files = new long[1];
    long oldest = maxAgeMillis == 0 ? Long.MIN_VALUE : nowMillis - maxAgeMillis;
    walk(
        stop,
        (file, modified, bytes) -> {
          if (modified < oldest) {
            remove(file, bytes, counters.removedForAge);
          } else {
            ages.add(modified, bytes);
            files[0]++;
          }
        });
    long left = ages.total();
    if (maxBytes > 0 && left > maxBytes) {
      left -= removeOldest(ages, left - (long) (maxBytes * FULL), files, stop);
    }
    counters.swept(files[0], left);
    return left;
  }

  private long removeOldest(AgeHistogram ages, long tooMuch, long[] files, BooleanSupplier stop) {
    long cutoff = ages.cutoffMillis(tooMuch);
    long[] gone = new long[1];
    walk(
        () -> stop.getAsBoolean() || gone[0] >= tooMuch,
        (file, modified, bytes) -> {
          if (modified <= cutoff && remove(file, bytes, counters.removedForSize)) {
            gone[0] += bytes;
            files[0]--;
          }
        });
    return gone[0];
  }

  private boolean remove(Path file, long bytes, int counter) {
    try {
      Files.delete(file);
      counters.removed(counter, bytes);
      return true;
    } catch (NoSuchFileException e) {
      return true; // somebody else was faster
    } catch (IOException e) {
      unremoved.failed(e);
      return false;
    }
  }

  private void walk(BooleanSupplier stop, Visit visit) {
    try {
      Files.walkFileTree(directory, Set.of(), DEPTH, new Walk(stop, visit));
    } catch (NoSuchFileException e) {
      LOG.debug("{} is not there yet", directory);
    } catch (IOException e) {
      unseen.failed(e);
    }
  }

  private final class Walk extends SimpleFileVisitor<Path> {
    private final BooleanSupplier stop;
    private final Visit visit;

    Walk(BooleanSupplier stop, Visit visit) {
      this.stop = stop;
      this.visit = visit;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      return path.equals(directory) || SUBDIRECTORY.matcher(name(path)).matches()
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (stop.getAsBoolean()) {
        return FileVisitResult.TERMINATE;
      }
      if (attributes.isRegularFile() && names.isName(name(file))) {
        visit.file(file, attributes.lastModifiedTime().toMillis(), attributes.size());
      }
      return FileVisitResult.CONTINUE;
    }

    /** Files come and go while they are looked at. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
      if (file.equals(directory)) {
        throw cause;
      }
      return FileVisitResult.CONTINUE;
    }

    private static String name(Path path) {
      return String.valueOf(path.getFileName());
    }
  }
}
