package io.callscope.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngReaderTest {
  private static final long MICROS = 1_700_000_000_000_001L;
  private static final long NANOS = 1_700_000_000_000_001_000L;

  private static CaptureBytes little() {
    return new CaptureBytes(ByteOrder.LITTLE_ENDIAN);
  }

  private static CaptureBytes order(boolean big) {
    return new CaptureBytes(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] packet(PacketReader reader) {
    return Arrays.copyOfRange(
        reader.buffer(), reader.offset(), reader.offset() + reader.capturedLength());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsEnhancedPacketsInBothByteOrders(boolean big) throws IOException {
    byte[] file =
        order(big)
            .section()
            .describe(1, 0)
            .enhanced(0, MICROS, (byte) 1, (byte) 2, (byte) 3)
            .done();
    try (PacketReader reader = CaptureBytes.reader(file)) {
      assertThat(reader.next()).isTrue();
      assertThat(packet(reader)).containsExactly(1, 2, 3);
      assertThat(reader.captureNanos()).isEqualTo(NANOS);
      assertThat(reader.linkType()).isEqualTo(LinkType.ETHERNET);
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void eachInterfaceHasItsLinkTypeAndItsUnit() throws IOException {
    byte[] nanoseconds =
        little()
            .u16(2)
            .u16(3)
            .u8('e', 't', 'h', 0)
            .u16(9)
            .u16(1)
            .u8(9, 0, 0, 0)
            .u16(14)
            .u16(8)
            .u64(-3600)
            .u16(0)
            .u16(0)
            .done();
    byte[] file =
        little()
            .section()
            .describe(1, 0)
            .describe(101, 0, nanoseconds)
            .enhanced(1, NANOS, (byte) 1)
            .enhanced(0, MICROS, (byte) 2)
            .done();
    try (PacketReader reader = CaptureBytes.reader(file)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.linkType()).isEqualTo(LinkType.RAW);
      assertThat(reader.captureNanos()).isEqualTo(NANOS - 3600 * 1_000_000_000L);
      assertThat(reader.next()).isTrue();
      assertThat(reader.linkType()).isEqualTo(LinkType.ETHERNET);
      assertThat(reader.captureNanos()).isEqualTo(NANOS);
    }
  }

  @Test
  void aNewSectionHasItsOwnByteOrderAndInterfaces() throws IOException {
    byte[] first = little().section().describe(1, 0).enhanced(0, MICROS, (byte) 1).done();
    byte[] second = order(true).section().describe(113, 0).enhanced(0, MICROS, (byte) 2).done();
    try (PacketReader reader = CaptureBytes.reader(little().bytes(first).bytes(second).done())) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.next()).isTrue();
      assertThat(reader.linkType()).isEqualTo(LinkType.LINUX_SLL);
      assertThat(packet(reader)).containsExactly(2);
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void interfacesOfAnEarlierSectionAreForgotten() throws IOException {
    byte[] file = little().section().describe(1, 0).section().enhanced(0, MICROS, (byte) 1).done();
    try (PacketReader reader = CaptureBytes.reader(file)) {
      assertThatThrownBy(reader::next)
          .hasMessage("demo.pcap: block at byte 76 names interface 0 of 0, damaged");
    }
  }

  @Test
  void readsOldPacketBlocks() throws IOException {
    byte[] body =
        little().u16(0).u16(7).u32(MICROS >>> 32).u32(MICROS).u32(2).u32(90).u8(5, 6).done();
    byte[] file = little().section().describe(1, 0).block(2, body).done();
    try (PacketReader reader = CaptureBytes.reader(file)) {
      assertThat(reader.next()).isTrue();
      assertThat(packet(reader)).containsExactly(5, 6);
      assertThat(reader.originalLength()).isEqualTo(90);
      assertThat(reader.captureNanos()).isEqualTo(NANOS);
    }
  }

  @Test
  void readsSimplePacketsUpToTheSnapLength() throws IOException {
    byte[] whole = little().u32(3).u8(1, 2, 3).done();
    byte[] cut = little().u32(90).u8(1, 2, 3, 4).done();
    byte[] file = little().section().describe(1, 4).block(3, whole).block(3, cut).done();
    try (PacketReader reader = CaptureBytes.reader(file)) {
      assertThat(reader.next()).isTrue();
      assertThat(packet(reader)).containsExactly(1, 2, 3);
      assertThat(reader.captureNanos()).isZero();
      assertThat(reader.next()).isTrue();
      assertThat(packet(reader)).containsExactly(1, 2, 3, 4);
      assertThat(reader.originalLength()).isEqualTo(90);
    }
  }

  @Test
  void passesOverBlocksThatBringNoPacket() throws IOException {
    byte[] file =
        little()
            .section()
            .describe(1, 0)
            .block(4, new byte[20]) // names
            .block(5, new byte[16]) // statistics
            .block(0x0bad, new byte[2_000_000]) // custom, longer than the window
            .block(0x4bad_beefL, new byte[0])
            .enhanced(0, MICROS, (byte) 1)
            .done();
    try (PacketReader reader = CaptureBytes.reader(file)) {
      assertThat(reader.next()).isTrue();
      assertThat(packet(reader)).containsExactly(1);
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void optionsThatRunOverTheirBlockEndTheOptions() throws IOException {
    byte[] options = little().u16(9).u16(400).u8(9, 0, 0, 0).done();
    byte[] file = little().section().describe(1, 0, options).enhanced(0, MICROS, (byte) 1).done();
    try (PacketReader reader = CaptureBytes.reader(file)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.captureNanos()).isEqualTo(NANOS);
    }
  }

  @Test
  void aPacketLongerThanItsBlockIsDamage() throws IOException {
    byte[] body = little().u32(0).u32(0).u32(0).u32(5).u32(5).u8(1, 2, 3, 4).done();
    byte[] file = little().section().describe(1, 0).block(6, body).done();
    try (PacketReader reader = CaptureBytes.reader(file)) {
      assertThatThrownBy(reader::next)
          .hasMessage("demo.pcap: block at byte 48 claims a packet of 5 bytes, damaged");
    }
  }

  @Test
  void lengthsOfABlockMustAgree() throws IOException {
    byte[] file = little().section().describe(1, 0).enhanced(0, MICROS, (byte) 1).done();
    file[file.length - 4] = 40;
    try (PacketReader reader = CaptureBytes.reader(file)) {
      assertThat(reader.next()).as("the packet itself is whole").isTrue();
      assertThatThrownBy(reader::next)
          .hasMessage(
              "demo.pcap: block at byte 48 starts with a length of 36 and ends with 40, damaged");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 13, 0x7fff_fffc, -4})
  void aBlockOfAnImpossibleLengthIsDamage(int length) throws IOException {
    byte[] file = little().section().u32(5).u32(length).u32(0).u32(length).done();
    try (PacketReader reader = CaptureBytes.reader(file)) {
      assertThatThrownBy(reader::next)
          .hasMessage(
              "demo.pcap: block at byte 28 claims %s bytes, cut off or damaged",
              Integer.toUnsignedString(length));
    }
  }

  @Test
  void refusesSectionsOfUnknownByteOrderOrVersion() {
    byte[] magic = little().section().done();
    magic[8] = 0;
    assertThatThrownBy(() -> CaptureBytes.reader(magic))
        .hasMessageContaining("is a section without a known byte order");
    byte[] version = little().section().done();
    version[12] = 9;
    assertThatThrownBy(() -> CaptureBytes.reader(version))
        .hasMessageContaining("is of pcapng version 9, which is unknown");
  }
}
