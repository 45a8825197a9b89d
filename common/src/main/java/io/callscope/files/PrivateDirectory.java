package io.callscope.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory for files that nobody else is to see and that go with this process: made with the
 * first file ({@code 0700}, its files {@code 0600}) and removed at the end. What a killed process
 * has left is known by its lock, which the system lets go of with it. Blocks; any thread.
 */
public final class PrivateDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PrivateDirectory.class);
  private static final String PREFIX = "callscope-private-";
  private static final Set<PosixFilePermission> PERMISSIONS =
      PosixFilePermissions.fromString("rwx------");
  private static final String LOCK = "lock";

  /** Far longer than it takes to lock one that was made. */
  private static final long UNLOCKED_MILLIS = 3_600_000;

  private static final int MOST_ATTEMPTS = 3;

  /** Those of this JVM: to close a second channel of a lock's file would let go of the lock. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path parent;
  private Path directory;
  private FileChannel lock;
  private UserPrincipal user;

  /**
   * @param parent where it will be
   */
  public PrivateDirectory(Path parent) {
    this.parent = parent.toAbsolutePath();
  }

  /** One where this machine keeps temporary files. */
  public static PrivateDirectory temporary() {
    return new PrivateDirectory(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Makes an empty file. */
  public synchronized Path newFile(String suffix) throws IOException {
    if (directory == null || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      close();
      make();
    }
    return Files.createTempFile(directory, "", suffix);
  }

  private void make() throws IOException {
    for (int attempt = 0; directory == null; attempt++) {
      Path made = Files.createTempDirectory(parent, PREFIX);
      OWN.add(made);
      directory = made;
      try {
        lock =
            FileChannel.open(
                made.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        // Another process that looks for what was left may have been faster.
        if (lock.tryLock() == null || !Files.exists(made.resolve(LOCK))) {
          throw new IOException(made + " was taken for one that was left");
        }
      } catch (IOException e) {
        close();
        if (attempt + 1 >= MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Removes what processes that were killed have left; what cannot be removed stays. */
  public synchronized void removeAbandoned() {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path one : all) {
        if (!OWN.contains(one) && isOurs(one)) {
          removeIfAbandoned(one);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("what may be left of earlier processes could not be looked for", e);
    }
  }

  /** What another user has made must not lead us to files that are his, or not even his. */
  private boolean isOurs(Path left) throws IOException {
    PosixFileAttributes of =
        Files.readAttributes(left, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return of.isDirectory() && of.permissions().equals(PERMISSIONS) && of.owner().equals(user());
  }

  /** Who makes files here, by one that is made for it. */
  private UserPrincipal user() throws IOException {
    if (user == null) {
      Path probe = Files.createTempFile(parent, "callscope", "");
      try {
        user = Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
      } finally {
        Files.delete(probe);
      }
    }
    return user;
  }

  private static void removeIfAbandoned(Path left) {
    Path file = left.resolve(LOCK);
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        long age = System.currentTimeMillis() - Files.getLastModifiedTime(left).toMillis();
        if (age > UNLOCKED_MILLIS) {
          Files.deleteIfExists(left); // where it is empty: else it is not one of these
        }
        return;
      }
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
          FileLock lock = channel.tryLock()) {
        if (lock != null) {
          remove(left);
        }
      }
    } catch (IOException | OverlappingFileLockException e) {
      LOG.debug("{} stays", left, e);
    }
  }

  /** With its files; a directory in it was made by somebody else, and it stays then. */
  private static void remove(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.deleteIfExists(file);
        }
      }
    }
    Files.deleteIfExists(directory);
  }

  /** Removes it with all its files; the next file makes a new one. */
  @Override
  public synchronized void close() throws IOException {
    if (directory == null) {
      return;
    }
    Path old = directory;
    directory = null;
    try {
      if (Files.isDirectory(old, LinkOption.NOFOLLOW_LINKS)) {
        remove(old);
      }
    } finally {
      OWN.remove(old);
      if (lock != null) {
        lock.close();
        lock = null;
      }
    }
  }
}
