package io.callscope.pcap;

import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads the packets of one capture file in order: pcap or pcapng, also packed with gzip. It stands
 * on one packet at a time, which its accessors describe until the next {@link #next}; nothing is
 * allocated per packet. For one thread. Interrupting it closes the file and ends a blocking read
 * with {@link java.nio.channels.ClosedByInterruptException}.
 */
public abstract sealed class PacketReader implements Closeable permits ClassicReader, PcapngReader {
  /** The name that means standard input. */
  public static final String STANDARD_INPUT = "-";

  /**
   * Most captured bytes of a record. No writer of network packets goes over it, so more is damage.
   */
  public static final int MAX_PACKET = 256 * 1024;

  final CaptureInput input;
  int offset;
  int capturedLength;
  int originalLength;
  long captureNanos;
  int linkType;

  PacketReader(CaptureInput input) {
    this.input = input;
  }

  /**
   * Opens a file, {@value #STANDARD_INPUT} for standard input, and reads its header.
   *
   * @throws CaptureFileException if there is no such file, or it cannot be read, or is no capture
   */
  public static PacketReader open(String file) throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      return open("standard input", new FileInputStream(FileDescriptor.in).getChannel());
    }
    return open(file, openChannel(file));
  }

  private static FileChannel openChannel(String file) throws IOException {
    try {
      Path path = Path.of(file);
      if (Files.isDirectory(path)) {
        throw unopened(file, "is a directory");
      }
      return FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException | InvalidPathException e) {
      throw unopened(file, "no such file");
    } catch (AccessDeniedException e) {
      throw unopened(file, "permission denied");
    }
  }

  private static CaptureFileException unopened(String file, String reason) {
    return new CaptureFileException(file, 0, false, reason);
  }

  /**
   * Reads from an open channel, which it closes in the end, also where this fails.
   *
   * @param name what messages call the file
   */
  public static PacketReader open(String name, ReadableByteChannel channel) throws IOException {
    try {
      CaptureInput input = new CaptureInput(name, channel);
      if (!input.request(4)) {
        input.expectEnd();
        throw input.damaged(
            input.available() == 0 ? "is empty" : "is too short to be a capture file");
      }
      return input.int32(0, true) == PcapngReader.SECTION_HEADER
          ? new PcapngReader(input)
          : new ClassicReader(input);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Moves on to the next packet.
   *
   * @return false at the end of the file
   * @throws CaptureFileException if the file is cut off or damaged here; there is no going on
   */
  public abstract boolean next() throws IOException;

  /**
   * The next packet is not wholly in memory, so that {@link #next} may block where the file is a
   * pipe.
   */
  public abstract boolean nextNeedsRead();

  /** The array the packet is in, the same for the reader's whole life. Not to be changed. */
  public final byte[] buffer() {
    return input.bytes();
  }

  /** Where the packet starts in {@link #buffer()}. */
  public final int offset() {
    return offset;
  }

  /** Bytes of the packet that were captured, 0 to {@link #MAX_PACKET}. */
  public final int capturedLength() {
    return capturedLength;
  }

  /** Bytes of the packet on the wire, at least {@link #capturedLength}. */
  public final int originalLength() {
    return originalLength;
  }

  /** When the packet was captured, ns since 1970, as it stands in the file; 0 if it does not. */
  public final long captureNanos() {
    return captureNanos;
  }

  /** The registry's number of what the packet starts with ({@link LinkType}). */
  public final int linkType() {
    return linkType;
  }

  /** Bytes read of the file so far, as they lie on the disk. */
  public final long readBytes() {
    return input.readBytes();
  }

  /** Of {@link #readBytes}, those behind the last packet, or behind damage in a packed file. */
  public final long unusedBytes() {
    return input.unusedBytes();
  }

  final void lengths(int captured, int original) {
    capturedLength = captured;
    // A length over 2 GiB is damage that does no harm: nothing but the sum of sizes uses it.
    originalLength = Math.max(captured, original);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
