package io.callscope.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for both formats, and for files as files. */
class PacketReaderTest {
  private static final byte[] CLASSIC =
      new CaptureBytes(ByteOrder.LITTLE_ENDIAN)
          .classicHeader(0xa1b2c3d4L, 1)
          .record(1_700_000_000L, 1, (byte) 1, (byte) 2, (byte) 3)
          .record(1_700_000_000L, 2)
          .record(1_700_000_000L, 3, new byte[70])
          .done();
  private static final byte[] NG =
      new CaptureBytes(ByteOrder.BIG_ENDIAN)
          .section()
          .describe(1, 0, (byte) 0, (byte) 9, (byte) 0, (byte) 1, (byte) 9)
          .enhanced(0, 1, (byte) 1, (byte) 2, (byte) 3)
          .block(4, new byte[9])
          .enhanced(0, 2)
          .enhanced(0, 3, new byte[70])
          .done();

  @TempDir Path folder;

  private static byte[] file(String format) {
    return (format.equals("pcap") ? CLASSIC : NG).clone();
  }

  /** Reads all packets; each must lie in the buffer. */
  private static int count(byte[] file) throws IOException {
    try (PacketReader reader = CaptureBytes.reader(file)) {
      return count(reader);
    }
  }

  private static int count(PacketReader reader) throws IOException {
    int count = 0;
    while (reader.next()) {
      count++;
      assertThat(reader.capturedLength()).isBetween(0, PacketReader.MAX_PACKET);
      assertThat(reader.originalLength()).isGreaterThanOrEqualTo(reader.capturedLength());
      assertThat(reader.offset() + reader.capturedLength())
          .isBetween(reader.offset(), reader.buffer().length);
    }
    return count;
  }

  @ParameterizedTest
  @CsvSource({"pcap", "pcapng"})
  void aFileCutAnywhereGivesItsWholePacketsAndSaysWhereItEnds(String format) throws IOException {
    byte[] whole = file(format);
    assertThat(count(whole)).isEqualTo(3);
    int before = 0;
    for (int length = 0; length < whole.length; length++) {
      int packets = 0;
      CaptureFileException end = null;
      try (PacketReader reader = CaptureBytes.reader(Arrays.copyOf(whole, length))) {
        while (reader.next()) {
          packets++;
        }
      } catch (CaptureFileException e) {
        end = e;
      }
      assertThat(packets).as("cut at %d", length).isGreaterThanOrEqualTo(before);
      before = packets;
      if (end != null) {
        assertThat(end.offset()).isBetween(0L, (long) length);
        assertThat(end.getMessage())
            .startsWith("demo.pcap: ")
            .containsAnyOf("cut off", "is empty", "too short");
      }
    }
    assertThat(before).isGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"pcap", "pcapng"})
  void noDamageBreaksTheReader(String format) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    int damaged = 0;
    int read = 0;
    for (int round = 0; round < 4_000; round++) {
      byte[] file = file(format);
      for (int change = random.nextInt(1, 5); change > 0; change--) {
        int at = random.nextInt(file.length);
        file[at] =
            (byte) (random.nextBoolean() ? random.nextInt() : file[at] ^ 1 << random.nextInt(8));
      }
      try {
        read += count(Arrays.copyOf(file, random.nextInt(2, file.length + 1)));
      } catch (CaptureFileException e) {
        damaged++;
      }
    }
    assertThat(damaged).isPositive();
    assertThat(read).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"pcap", "pcapng"})
  void readsPackedFilesAlsoOfSeveralMembers(String format) throws IOException {
    byte[] file = file(format);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.writeBytes(gzip(Arrays.copyOf(file, 30)));
    packed.writeBytes(gzip(Arrays.copyOfRange(file, 30, file.length)));
    try (PacketReader reader = CaptureBytes.reader(packed.toByteArray())) {
      assertThat(count(reader)).isEqualTo(3);
      assertThat(reader.readBytes()).isEqualTo(packed.size());
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"pcap", "pcapng"})
  void aPackedFileCutAnywhereEndsWithAReason(String format) throws IOException {
    byte[] packed = gzip(file(format));
    int ends = 0;
    for (int length = 2; length < packed.length; length++) {
      try {
        count(Arrays.copyOf(packed, length));
      } catch (CaptureFileException e) {
        assertThat(e)
            .hasMessageStartingWith("demo.pcap: ")
            .hasMessageMatching(".*(cut off|early).*");
        ends++;
      }
    }
    assertThat(ends).isEqualTo(packed.length - 2);
  }

  @Test
  void ofAFileThatWasPackedTwiceItIsSaidPlainly() throws IOException {
    byte[] twice = gzip(gzip(CLASSIC));
    assertThatThrownBy(() -> count(twice))
        .isInstanceOf(CaptureFileException.class)
        .hasMessageEndingWith(": is packed with gzip twice; unpack it once");
  }

  /** Wherever a bit is wrong: all that can be unpacked before it is read. */
  @Test
  void ofADamagedPackedFileAllPacketsBeforeTheDamageAreRead() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    CaptureBytes many = new CaptureBytes(ByteOrder.LITTLE_ENDIAN).classicHeader(0xa1b2c3d4L, 1);
    for (int i = 0; i < 2000; i++) {
      byte[] packet = new byte[random.nextInt(200)];
      random.nextBytes(packet);
      Arrays.fill(packet, 0, packet.length / 2, (byte) 'a');
      many.record(1_700_000_000L + i, i, packet);
    }
    byte[] packed = gzip(many.done());
    int read = 0;
    for (int round = 0; round < 40; round++) {
      byte[] damaged = packed.clone();
      damaged[random.nextInt(20, packed.length)] ^= (byte) (1 << random.nextInt(8));
      byte[] before = unpackByTheByte(damaged);
      assertThat(packets(damaged)).as("round %d", round).isEqualTo(packets(before));
      read += packets(before).size();
    }
    assertThat(read).isGreaterThan(10_000);
  }

  /** The header that {@link #gzip} writes has 10 bytes; behind it one byte after the other. */
  private static byte[] unpackByTheByte(byte[] packed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Inflater inflater = new Inflater(true);
    inflater.setInput(packed, 10, packed.length - 10);
    byte[] one = new byte[1];
    try {
      while (inflater.inflate(one) == 1) {
        out.write(one[0]);
      }
    } catch (DataFormatException e) {
      // so far, and no further
    } finally {
      inflater.end();
    }
    return out.toByteArray();
  }

  private static List<String> packets(byte[] file) throws IOException {
    List<String> packets = new ArrayList<>();
    try (PacketReader reader = CaptureBytes.reader(file)) {
      while (reader.next()) {
        int from = reader.offset();
        byte[] packet = Arrays.copyOfRange(reader.buffer(), from, from + reader.capturedLength());
        packets.add(reader.captureNanos() + " " + HexFormat.of().formatHex(packet));
      }
    } catch (CaptureFileException e) {
      // it is damaged
    }
    return packets;
  }

  @Test
  void whatIsBehindDamageIsKnownToBeUnused() throws IOException {
    byte[] packed = gzip(CLASSIC);
    packed[30] ^= 0x55;
    try (PacketReader reader = CaptureBytes.reader(packed)) {
      assertThatThrownBy(() -> count(reader)).hasMessageContaining("damaged");
      assertThat(reader.unusedBytes()).isBetween(1L, packed.length - 30L);
      assertThat(reader.readBytes()).isEqualTo(packed.length);
    }
  }

  @Test
  void damagedPackingIsTold() throws IOException {
    byte[] packed = gzip(CLASSIC);
    packed[packed.length - 6] ^= 1; // the check sum
    assertThatThrownBy(() -> count(packed))
        .isInstanceOf(CaptureFileException.class)
        .hasMessageContaining("packed data is damaged");
  }

  @ParameterizedTest
  @CsvSource({
    "7f454c4602010100, 'is neither a pcap nor a pcapng file (it starts with 7f454c46)'",
    "28b52ffd00000000, 'is packed with zstd; only gzip is read'",
    "fd377a585a000000, 'is packed with xz; only gzip is read'",
    "425a683931415926, 'is packed with bzip2; only gzip is read'",
    "04224d1860404000, 'is packed with lz4; only gzip is read'",
    "'', 'is empty'",
    "d4c3, 'is too short to be a capture file'",
    "d4c3b2a10200, 'is cut off within its file header'"
  })
  void whatIsNoCaptureIsNamedForWhatItIs(String hex, String message) {
    assertThatThrownBy(() -> CaptureBytes.reader(HexFormat.of().parseHex(hex)))
        .isInstanceOf(CaptureFileException.class)
        .hasMessage("demo.pcap: " + message);
  }

  @Test
  void whatCannotBeOpenedIsNamedForWhy() {
    String missing = folder.resolve("missing.pcap").toString();
    assertThatThrownBy(() -> PacketReader.open(missing))
        .isInstanceOf(CaptureFileException.class)
        .hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> PacketReader.open("bad\0name.pcap"))
        .isInstanceOf(CaptureFileException.class)
        .hasMessageEndingWith(": no such file");
    assertThatThrownBy(() -> PacketReader.open(folder.toString()))
        .hasMessage(folder + ": is a directory");
  }

  @Test
  void readsAFileFromDisk() throws IOException {
    Path file = Files.write(folder.resolve("a.pcap"), CLASSIC);
    try (PacketReader reader = PacketReader.open(file.toString())) {
      assertThat(count(reader)).isEqualTo(3);
    }
  }

  @Test
  void aFileThatIsCutShortWhileItIsReadEndsWithWhatIsThere() throws IOException {
    CaptureBytes bytes = new CaptureBytes(ByteOrder.LITTLE_ENDIAN).classicHeader(0xa1b2c3d4L, 1);
    for (int i = 0; i < 60; i++) {
      bytes.record(1_700_000_000L, i, new byte[50_000]);
    }
    Path file = Files.write(folder.resolve("a.pcap"), bytes.done());
    try (PacketReader reader = PacketReader.open(file.toString())) {
      assertThat(reader.next()).isTrue();
      Files.write(file, new byte[0]);
      assertThatThrownBy(() -> count(reader))
          .isInstanceOfSatisfying(
              CaptureFileException.class, e -> assertThat(e.isCutOff()).isTrue());
    }
  }

  @ParameterizedTest
  @CsvSource({"pcap, 24", "pcapng, 56"})
  void tellsWhetherTheNextPacketMustBeReadFirst(String format, int headers) throws IOException {
    byte[] file = file(format);
    try (PacketReader reader = CaptureBytes.reader(file)) {
      // The whole file is in memory after the first packet.
      assertThat(reader.next()).isTrue();
      assertThat(reader.nextNeedsRead()).isEqualTo(format.equals("pcapng")); // a block of names
      assertThat(reader.next()).isTrue();
      assertThat(reader.nextNeedsRead()).isFalse();
      assertThat(reader.next()).isTrue();
      assertThat(reader.nextNeedsRead()).isTrue();
    }
    try (PacketReader reader = CaptureBytes.reader(Arrays.copyOf(file, headers))) {
      assertThat(reader.nextNeedsRead()).isTrue();
      assertThat(reader.next()).isFalse();
    }
  }
}
