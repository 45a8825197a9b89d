package io.callscope.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapWriterTest {
  private static final long TIME = 1_705_320_000_123_456_789L; // 0x65a51e40 s
  private static final byte[] FRAME = {1, 2, 3};

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Keeps each write call apart. */
  private static final class Calls extends OutputStream {
    final List<Integer> lengths = new ArrayList<>();
    boolean closed;
    boolean fails;

    @Override
    public void write(int octet) {
      lengths.add(1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (fails) {
        throw new IOException("disk full");
      }
      lengths.add(length);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static String hex(ByteArrayOutputStream out) {
    return HexFormat.of().formatHex(out.toByteArray());
  }

  @Test
  void startsWithTheFileHeader() throws IOException {
    PcapWriter.start(out, 276, false).flush();
    assertThat(hex(out))
        .isEqualTo("d4c3b2a1" + "02000400" + "00000000" + "00000000" + "00000400" + "14010000");
  }

  @Test
  void marksNanosecondsInTheFileHeader() throws IOException {
    PcapWriter.start(out, 1, true, 65_536, 1024).flush();
    assertThat(hex(out))
        .isEqualTo("4d3cb2a1" + "02000400" + "00000000" + "00000000" + "00000100" + "01000000");
  }

  @Test
  void writesRecordsInMicroseconds() throws IOException {
    PcapWriter writer = PcapWriter.append(out, false, 1024);
    writer.write(TIME, FRAME, 1, 2);
    writer.flush();
    assertThat(hex(out)).isEqualTo("401ea565" + "40e20100" + "02000000" + "02000000" + "0203");
  }

  @Test
  void writesRecordsInNanoseconds() throws IOException {
    PcapWriter writer = PcapWriter.append(out, true, 1024);
    writer.write(TIME, FRAME, 0, 3, 60);
    writer.flush();
    assertThat(hex(out)).isEqualTo("401ea565" + "15cd5b07" + "03000000" + "3c000000" + "010203");
  }

  @Test
  void bringsTimesIntoTheRangeOfTheFormat() throws IOException {
    PcapWriter writer = PcapWriter.append(out, false, 1024);
    writer.write(-5, FRAME, 0, 0);
    writer.write(5_000_000_000_000_000_000L, FRAME, 0, 0);
    writer.flush();
    ByteBuffer records = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(records.getLong(0)).isZero();
    assertThat(records.getInt(16)).isEqualTo(-1);
  }

  @Test
  void cutsFramesToTheSnapLength() throws IOException {
    PcapWriter writer = PcapWriter.start(out, 1, false, 2, 1024);
    writer.write(TIME, FRAME, 0, 3);
    writer.flush();
    assertThat(hex(out).substring(48 + 16)).isEqualTo("02000000" + "03000000" + "0102");
  }

  @Test
  void keepsTheOrderOfFramesLargerThanTheBuffer() throws IOException {
    PcapWriter writer = PcapWriter.append(out, false, 64);
    byte[] large = new byte[500];
    large[499] = 9;
    writer.write(TIME, FRAME, 0, 3);
    writer.write(TIME, large, 0, 500);
    writer.write(TIME, FRAME, 0, 3);
    writer.flush();
    byte[] file = out.toByteArray();
    assertThat(file).hasSize(3 * 16 + 3 + 500 + 3);
    assertThat(file[19 + 16 + 499]).isEqualTo((byte) 9);
    assertThat(file[file.length - 1]).isEqualTo((byte) 3);
    assertThat(writer.bytes()).isEqualTo(file.length);
  }

  @Test
  void writesWhatIsBetweenTwoFlushesInOneCall() throws IOException {
    Calls calls = new Calls();
    PcapWriter writer = PcapWriter.start(calls, 1, false);
    writer.write(TIME, FRAME, 0, 3);
    writer.flush();
    writer.write(TIME, FRAME, 0, 3);
    writer.write(TIME, FRAME, 0, 3);
    writer.flush();
    writer.flush();
    assertThat(calls.lengths).containsExactly(24 + 19, 38);
  }

  @Test
  void neverEndsAWriteInsideARecord() throws IOException {
    Calls calls = new Calls();
    PcapWriter writer = PcapWriter.append(calls, false, 100);
    for (int i = 0; i < 50; i++) {
      writer.write(TIME, FRAME, 0, 3);
    }
    writer.close();
    assertThat(calls.lengths).allMatch(length -> length % 19 == 0);
    assertThat(calls.lengths.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50 * 19);
    assertThat(calls.closed).isTrue();
  }

  @Test
  void closesTheStreamWhenTheLastWriteFailsAndDoesNotRepeatIt() throws IOException {
    Calls calls = new Calls();
    PcapWriter writer = PcapWriter.append(calls, false, 100);
    writer.write(TIME, FRAME, 0, 3);
    calls.fails = true;
    assertThatThrownBy(writer::close).isInstanceOf(IOException.class).hasMessage("disk full");
    assertThat(calls.closed).isTrue();
    calls.fails = false;
    writer.flush();
    assertThat(calls.lengths).isEmpty();
  }

  @Test
  void writesToAChannelAtItsPosition(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[] {7});
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND);
        PcapWriter writer = PcapWriter.start(channel, PcapWriter.LINK_ETHERNET, false)) {
      writer.write(TIME, FRAME, 0, 3);
    }
    assertThat(Files.readAllBytes(file)).hasSize(1 + 24 + 19).startsWith(7, 0xd4);
  }

  @Test
  void refusesALinkTypeOrSnapLengthThatTheFormatCannotHold() {
    assertThatThrownBy(() -> PcapWriter.start(out, 65_536, false)).hasMessageContaining("65536");
    assertThatThrownBy(() -> PcapWriter.start(out, -1, false)).hasMessageContaining("-1");
    assertThatThrownBy(() -> PcapWriter.start(out, 1, false, 0, 1)).hasMessageContaining("0");
    assertThatThrownBy(() -> PcapWriter.start(out, 1, false, 262_145, 1))
        .hasMessageContaining("262145");
  }
}
