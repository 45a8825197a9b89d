package io.callscope.pcapdump.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The disk of this machine with so much room, and a count of what is done to it. */
final class FailingDisk implements Disk {
  final LocalDisk disk = new LocalDisk();

  /** Bytes that may be written yet. */
  long room = Long.MAX_VALUE;

  boolean truncateFails;
  int finds;
  int opens;
  int creates;
  int writes;
  int closes;

  @Override
  public Found find(Path path) throws IOException {
    finds++;
    return disk.find(path);
  }

  @Override
  public OpenFile create(Path path) throws IOException {
    File file = new File(disk.create(path));
    creates++;
    return file;
  }

  @Override
  public OpenFile open(Path path) throws IOException {
    opens++;
    return new File(disk.open(path));
  }

  @Override
  public void createDirectory(Path path) throws IOException {
    disk.createDirectory(path);
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.delete(path);
  }

  private final class File implements OpenFile {
    private final OpenFile file;

    File(OpenFile file) {
      this.file = file;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public int read(ByteBuffer to, long at) throws IOException {
      return file.read(to, at);
    }

    /** As a file system does: what fits is written, and only then it fails. */
    @Override
    public int write(ByteBuffer from, long at) throws IOException {
      writes++;
      if (room <= 0) {
        throw new IOException("No space left on device");
      }
      int count = (int) Math.min(room, from.remaining());
      ByteBuffer part = from.duplicate().limit(from.position() + count);
      int written = file.write(part, at);
      from.position(from.position() + written);
      room -= written;
      return written;
    }

    @Override
    public void truncate(long bytes) throws IOException {
      if (truncateFails) {
        throw new IOException("Input/output error");
      }
      file.truncate(bytes);
    }

    @Override
    public void close() throws IOException {
      closes++;
      file.close();
    }
  }
}
