package io.callscope.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Capture files of both formats: packets lie in the buffer, and come alike however it is read. */
public final class CaptureFileFuzz {
  /** Packed bytes may become a thousand times as many; it must end all the same. */
  private static final int MAX_PACKETS = 100_000;

  private CaptureFileFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    List<String> atOnce = read(new Dribble(input, input.length + 1));
    List<String> inPieces = read(new Dribble(input, 1 + input.length % 7));
    assertThat(inPieces).isEqualTo(atOnce);
  }

  /** The packets, and how it ended. */
  private static List<String> read(ReadableByteChannel channel) throws IOException {
    List<String> lines = new ArrayList<>();
    try (PacketReader reader = PacketReader.open("x", channel)) {
      while (lines.size() < MAX_PACKETS && reader.next()) {
        int length = reader.capturedLength();
        assertThat(length).isBetween(0, PacketReader.MAX_PACKET);
        assertThat(reader.originalLength()).isGreaterThanOrEqualTo(length);
        assertThat(reader.offset()).isBetween(0, reader.buffer().length - length);
        int sum =
            Arrays.hashCode(
                Arrays.copyOfRange(reader.buffer(), reader.offset(), reader.offset() + length));
        lines.add(reader.linkType() + " " + reader.captureNanos() + " " + length + " " + sum);
      }
    } catch (CaptureFileException e) {
      assertThat(e.getMessage()).startsWith("x").doesNotContain("\n");
      lines.add(e.getMessage());
    }
    return lines;
  }

  /** A file of which so many bytes can be read at a time. */
  private static final class Dribble implements ReadableByteChannel {
    private final byte[] file;
    private final int most;
    private int at;

    Dribble(byte[] file, int most) {
      this.file = file;
      this.most = most;
    }

    @Override
    public int read(ByteBuffer to) {
      if (at == file.length) {
        return -1;
      }
      int count = Math.min(Math.min(most, to.remaining()), file.length - at);
      to.put(file, at, count);
      at += count;
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      // nothing is held
    }
  }

  public static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      for (long magic : new long[] {0xa1b2c3d4L, 0xa1b23c4dL}) {
        seeds.add(
            new CaptureBytes(order)
                .classicHeader(magic, 1)
                .record(1_700_000_000L, 1, (byte) 1, (byte) 2)
                .record(1_700_000_000L, 2, new byte[20])
                .done());
      }
      byte[] resolution = {0, 9, 0, 1, 9, 0, 0, 0, 0, 14, 0, 8, 0, 0, 0, 0, 0, 0, 0, 1};
      seeds.add(
          new CaptureBytes(order)
              .section()
              .describe(1, 0, resolution)
              .describe(101, 64)
              .enhanced(0, 1, (byte) 1, (byte) 2, (byte) 3)
              .block(4, new byte[9])
              .block(3, new byte[] {0, 0, 0, 5, 1, 2, 3, 4, 5})
              .enhanced(1, 2)
              .section()
              .describe(113, 0)
              .enhanced(0, 3, new byte[30])
              .done());
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(seeds.get(0));
    }
    seeds.add(packed.toByteArray());
    return seeds;
  }
}
