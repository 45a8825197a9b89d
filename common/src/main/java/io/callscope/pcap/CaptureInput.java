package io.callscope.pcap;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a capture file, unpacked, in a window that slides over them. Read and not mapped: a
 * mapped file that another process cuts short kills the reader.
 */
final class CaptureInput implements Closeable {
  /** Bytes of the window, the most that {@link #request} can ask for. */
  static final int WINDOW = 1 << 20;

  /**
   * Most bytes taken from the file at a time: few enough to be in the processor's cache still when
   * they are looked at.
   */
  private static final int READ = 1 << 16;

  private static final VarHandle BIG =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final String name;
  private final ReadableByteChannel channel;
  private final byte[] window = new byte[WINDOW];
  private final ByteBuffer target = ByteBuffer.wrap(window);
  private InputStream unpacked;
  private Unpacking unpacking;
  private boolean cutOff;
  private int position;
  private int limit;
  private long windowOffset;
  private long readBytes;

  CaptureInput(String name, ReadableByteChannel channel) throws IOException {
    this.name = name;
    this.channel = channel;
    if (request(2) && (window[0] & 0xff) == 0x1f && (window[1] & 0xff) == 0x8b) {
      unpack();
    }
  }

  private void unpack() throws IOException {
    byte[] packed = Arrays.copyOf(window, limit);
    limit = 0;
    try {
      unpacking = new Unpacking(new PackedBytes(packed));
      unpacked = unpacking;
    } catch (EOFException e) {
      cutOff = true;
      unpacked = InputStream.nullInputStream();
    } catch (ZipException e) {
      throw damaged("is not a gzip file after all: " + e.getMessage());
    }
  }

  /** Unpacks, and gives what came out just before a damage, which the JDK's own stream drops. */
  private static final class Unpacking extends GZIPInputStream {
    private ZipException damage;

    Unpacking(InputStream packed) throws IOException {
      super(packed, READ);
    }

    @Override
    public int read(byte[] to, int at, int length) throws IOException {
      if (damage != null) {
        throw damage;
      }
      long before = inf.getBytesWritten();
      try {
        return super.read(to, at, length);
      } catch (ZipException e) {
        long count = inf.getBytesWritten() - before;
        if (count <= 0) {
          throw e;
        }
        damage = e;
        return (int) count;
      }
    }

    /** Packed bytes that were taken and not unpacked. */
    int left() {
      return inf.getRemaining();
    }
  }

  /** The packed file: what was read of it to recognise it, then the rest. */
  private final class PackedBytes extends InputStream {
    private final byte[] first;
    private int used;

    PackedBytes(byte[] first) {
      this.first = first;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int at, int length) throws IOException {
      if (used == first.length) {
        return readChannel(ByteBuffer.wrap(to, at, length));
      }
      int count = Math.min(length, first.length - used);
      System.arraycopy(first, used, to, at, count);
      used += count;
      return count;
    }

    /** Never 0, which would end a file of several gzip members at the first. */
    @Override
    public int available() {
      return 1;
    }
  }

  private int readChannel(ByteBuffer to) throws IOException {
    int count = channel.read(to);
    readBytes += Math.max(0, count);
    return count;
  }

  byte[] bytes() {
    return window;
  }

  /** Where in {@link #bytes()} the next unread byte is. */
  int position() {
    return position;
  }

  /** Where the next unread byte is in the file. */
  long offset() {
    return windowOffset + position;
  }

  /** Unread bytes that are in the window. */
  int available() {
    return limit - position;
  }

  /** Bytes taken from the file so far, packed ones if it is packed. */
  long readBytes() {
    return readBytes;
  }

  /** Of them, those that nothing was made of. */
  long unusedBytes() {
    return unpacking == null ? available() : unpacking.left();
  }

  /**
   * Has so many unread bytes in the window, moving them in it if needed; false if the file ends
   * before.
   */
  boolean request(int count) throws IOException {
    return limit - position >= count || fill(count);
  }

  private boolean fill(int count) throws IOException {
    System.arraycopy(window, position, window, 0, limit - position);
    windowOffset += position;
    limit -= position;
    position = 0;
    while (limit < count) {
      int read = readMore();
      if (read < 0) {
        return false;
      }
      limit += read;
    }
    return true;
  }

  private int readMore() throws IOException {
    if (unpacked == null) {
      return readChannel(target.limit(Math.min(WINDOW, limit + READ)).position(limit));
    }
    try {
      return unpacked.read(window, limit, Math.min(READ, WINDOW - limit));
    } catch (EOFException e) {
      cutOff = true;
      return -1;
    } catch (ZipException e) {
      throw damaged("packed data is damaged after byte " + (windowOffset + limit) + " unpacked");
    }
  }

  void advance(int count) {
    position += count;
  }

  /** Passes over so many bytes; false if the file ends before. */
  boolean skip(long count) throws IOException {
    long left = count;
    while (left > available()) {
      left -= available();
      position = limit;
      if (!request(1)) {
        return false;
      }
    }
    position += (int) left;
    return true;
  }

  int int32(int at, boolean bigEndian) {
    return bigEndian ? (int) BIG.get(window, at) : (int) LITTLE.get(window, at);
  }

  int uint16(int at, boolean bigEndian) {
    int first = window[at] & 0xff;
    int second = window[at + 1] & 0xff;
    return bigEndian ? first << 8 | second : second << 8 | first;
  }

  /** To be called where a file may end: packed data may have ended too early just there. */
  void expectEnd() throws CaptureFileException {
    if (cutOff) {
      throw cutOff("cut off at byte " + offset() + " unpacked: the packed data ends early");
    }
  }

  CaptureFileException damaged(String reason) {
    return new CaptureFileException(name, offset(), false, reason);
  }

  CaptureFileException cutOff(String reason) {
    return new CaptureFileException(name, offset(), true, reason);
  }

  @Override
  public void close() throws IOException {
    if (unpacked != null) {
      unpacked.close();
    }
    channel.close();
  }
}
