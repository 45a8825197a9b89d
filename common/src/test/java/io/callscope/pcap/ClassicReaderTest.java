package io.callscope.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassicReaderTest {
  private static final long MICROS = 0xa1b2c3d4L;

  @ParameterizedTest
  @CsvSource({
    "BIG_ENDIAN,    a1b2c3d4, 1700000001000002000",
    "LITTLE_ENDIAN, a1b2c3d4, 1700000001000002000",
    "BIG_ENDIAN,    a1b23c4d, 1700000001000000002",
    "LITTLE_ENDIAN, a1b23c4d, 1700000001000000002"
  })
  void readsBothByteOrdersAndBothFractions(String order, String magic, long nanos)
      throws IOException {
    byte[] file =
        order(order)
            .classicHeader(Long.parseLong(magic, 16), 113)
            .record(1_700_000_001L, 2, (byte) 7, (byte) 8)
            .record(1_700_000_002L, 0)
            .done();
    try (PacketReader reader = CaptureBytes.reader(file)) {
      assertThat(reader.next()).isTrue();
      assertThat(packet(reader)).containsExactly(7, 8);
      assertThat(reader.captureNanos()).isEqualTo(nanos);
      assertThat(reader.linkType()).isEqualTo(LinkType.LINUX_SLL);
      assertThat(reader.originalLength()).isEqualTo(2);
      assertThat(reader.next()).isTrue();
      assertThat(reader.capturedLength()).isZero();
      assertThat(reader.next()).isFalse();
      assertThat(reader.readBytes()).isEqualTo(file.length);
    }
  }

  private static CaptureBytes order(String order) {
    return new CaptureBytes(
        order.startsWith("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] packet(PacketReader reader) {
    return Arrays.copyOfRange(
        reader.buffer(), reader.offset(), reader.offset() + reader.capturedLength());
  }

  @Test
  void readsRecordsOfThePatchedFormat() throws IOException {
    byte[] file =
        new CaptureBytes(ByteOrder.LITTLE_ENDIAN)
            .classicHeader(0xa1b2cd34L, 1)
            .u32(1_700_000_000L) // 24 seconds
            .u32(5) // 28 microseconds
            .u32(1) // 32 captured
            .u32(60) // 36 original
            .u32(2) // 40 interface
            .u32(0) // 44 protocol, packet type
            .u8(9)
            .done();
    try (PacketReader reader = CaptureBytes.reader(file)) {
      assertThat(reader.next()).isTrue();
      assertThat(packet(reader)).containsExactly(9);
      assertThat(reader.originalLength()).isEqualTo(60);
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void takesTheLinkTypeWithoutTheLengthOfTheFrameCheck() throws IOException {
    byte[] file =
        new CaptureBytes(ByteOrder.LITTLE_ENDIAN).classicHeader(MICROS, 0x2400_0001).done();
    try (PacketReader reader = CaptureBytes.reader(file)) {
      assertThat(reader.linkType()).isEqualTo(LinkType.ETHERNET);
    }
  }

  @Test
  void readsPacketsAcrossTheWindow() throws IOException {
    CaptureBytes bytes = new CaptureBytes(ByteOrder.LITTLE_ENDIAN).classicHeader(MICROS, 1);
    int count = 40;
    for (int i = 0; i < count; i++) {
      byte[] packet = new byte[60_000 + i];
      Arrays.fill(packet, (byte) i);
      bytes.record(1_700_000_000L + i, 0, packet);
    }
    byte[] file = bytes.done();
    assertThat(file.length).isGreaterThan(2 * CaptureInput.WINDOW);
    try (PacketReader reader = CaptureBytes.reader(file)) {
      for (int i = 0; i < count; i++) {
        assertThat(reader.next()).isTrue();
        assertThat(reader.capturedLength()).isEqualTo(60_000 + i);
        assertThat(reader.buffer()[reader.offset()]).isEqualTo((byte) i);
        assertThat(reader.buffer()[reader.offset() + reader.capturedLength() - 1])
            .isEqualTo((byte) i);
      }
      assertThat(reader.next()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0xffff_ffffL, 262_145})
  void aRecordLongerThanAnyPacketIsDamage(long claimed) throws IOException {
    byte[] file =
        new CaptureBytes(ByteOrder.LITTLE_ENDIAN)
            .classicHeader(MICROS, 1)
            .record(1_700_000_000L, 0, (byte) 1)
            .u32(0)
            .u32(0)
            .u32(claimed)
            .u32(claimed)
            .done();
    try (PacketReader reader = CaptureBytes.reader(file)) {
      assertThat(reader.next()).isTrue();
      assertThatThrownBy(reader::next)
          .isInstanceOfSatisfying(
              CaptureFileException.class,
              e -> {
                assertThat(e.isCutOff()).isFalse();
                assertThat(e.offset()).isEqualTo(41);
                assertThat(e.file()).isEqualTo("demo.pcap");
              })
          .hasMessage(
              "demo.pcap: record at byte 41 claims " + claimed + " bytes, cut off or damaged");
    }
  }

  @Test
  void anOriginalLengthBelowTheCapturedIsNotBelieved() throws IOException {
    byte[] file =
        new CaptureBytes(ByteOrder.BIG_ENDIAN)
            .classicHeader(MICROS, 1)
            .u32(0)
            .u32(0)
            .u32(2)
            .u32(0xffff_ffffL)
            .u8(1, 2)
            .done();
    try (PacketReader reader = CaptureBytes.reader(file)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.originalLength()).isEqualTo(2);
    }
  }

  @Test
  void refusesAnUnknownVersion() {
    byte[] file = new CaptureBytes(ByteOrder.LITTLE_ENDIAN).classicHeader(MICROS, 1).done();
    file[4] = 3;
    assertThatThrownBy(() -> CaptureBytes.reader(file))
        .hasMessage("demo.pcap: is of pcap version 3, which is unknown");
  }
}
