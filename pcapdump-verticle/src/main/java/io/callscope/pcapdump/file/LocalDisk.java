package io.callscope.pcapdump.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The disk of this machine. Files are readable by all, directories by their owner alone. */
final class LocalDisk implements Disk {
  private static final Set<OpenOption> OPEN =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
  private static final FileAttribute<?> FILE_RIGHTS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));
  private static final FileAttribute<?> DIRECTORY_RIGHTS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  @Override
  public Found find(Path path) throws IOException {
    // Most calls are new; an exception for each costs more than making its file. A link to nothing
    // is found by creating.
    if (!path.toFile().exists()) {
      return null;
    }
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Found(
          found.isRegularFile(),
          found.size(),
          found.lastModifiedTime().toMillis(),
          found.fileKey());
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public OpenFile create(Path path) throws IOException {
    return new Channel(FileChannel.open(path, CREATE, FILE_RIGHTS));
  }

  @Override
  public OpenFile open(Path path) throws IOException {
    return new Channel(FileChannel.open(path, OPEN));
  }

  @Override
  public void createDirectory(Path path) throws IOException {
    Files.createDirectory(path, DIRECTORY_RIGHTS);
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.delete(path);
  }

  private record Channel(FileChannel channel) implements OpenFile {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public int read(ByteBuffer to, long at) throws IOException {
      return channel.read(to, at);
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
      return channel.write(from, at);
    }

    @Override
    public void truncate(long bytes) throws IOException {
      channel.truncate(bytes);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
