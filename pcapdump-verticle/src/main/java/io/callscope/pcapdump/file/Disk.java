package io.callscope.pcapdump.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What writers do to the disk; each call is one or two system calls. Tests make them fail. */
interface Disk {
  /** What is there, links not followed, or null if there is nothing. */
  Found find(Path path) throws IOException;

  /**
   * @param regular neither a directory nor a link, pipe or device
   * @param key tells files apart that had the same path one after the other
   */
  record Found(boolean regular, long bytes, long modifiedMillis, Object key) {}

  /** Makes a file, which must not be there, and opens it. */
  OpenFile create(Path path) throws IOException;

  /** Opens a file, which must be there. */
  OpenFile open(Path path) throws IOException;

  void createDirectory(Path path) throws IOException;

  void delete(Path path) throws IOException;

  /** An open file. */
  interface OpenFile extends Closeable {
    long size() throws IOException;

    int read(ByteBuffer to, long at) throws IOException;

    int write(ByteBuffer from, long at) throws IOException;

    void truncate(long bytes) throws IOException;
  }
}
