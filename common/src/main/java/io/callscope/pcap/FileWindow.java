package io.callscope.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The part of a file that is in memory, so that a file of any size is looked at. One thread. */
public final class FileWindow {
  /** Most bytes that are in memory. */
  public static final int MAX_BYTES = 256 * 1024;

  /** Where the bytes come from. */
  public interface Source {
    /** Reads some bytes from a place on; the result is how many, negative at the end. */
    int read(ByteBuffer to, long at) throws IOException;
  }

  private final Source source;
  private final long fileBytes;
  private final byte[] array;
  private long start;
  private int used;

  /**
   * @param fileBytes the size of the file, behind which nothing is looked at
   */
  public FileWindow(Source source, long fileBytes) {
    this.source = source;
    this.fileBytes = fileBytes;
    array = new byte[(int) Math.min(fileBytes, MAX_BYTES)];
  }

  public long fileBytes() {
    return fileBytes;
  }

  /** What is in memory, the same array at any time. */
  public byte[] array() {
    return array;
  }

  /**
   * Where in the array a place of the file is; if need be it is read, with what follows.
   *
   * @param count bytes that must be there, {@link #MAX_BYTES} at most
   */
  public int at(long place, int count) throws IOException {
    if (place < start || place + count > start + used) {
      read(place);
    }
    return (int) (place - start);
  }

  private void read(long place) throws IOException {
    start = place;
    used = 0; // none, should it fail
    ByteBuffer to = ByteBuffer.wrap(array, 0, (int) Math.min(array.length, fileBytes - place));
    while (to.hasRemaining()) {
      if (source.read(to, place + to.position()) < 0) {
        throw new IOException("ended while it was read");
      }
    }
    used = to.position();
  }
}
