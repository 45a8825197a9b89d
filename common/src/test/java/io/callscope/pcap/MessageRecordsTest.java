package io.callscope.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Envelope;
import io.callscope.net.IpAddress;
import io.callscope.net.Transport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRecordsTest {
  private static final long TIME = 1_708_009_089_250_000_000L;
  private static final byte[] NONE = {};

  /** A whole file of one OPTIONS over UDP, as it must be byte for byte. */
  private static final String WORKED_EXAMPLE =
      """
      d4c3b2a1020004000000000000000000
      00000100010000008126ce6590d00300
      da000000da000000020501040c0b0205
      01040c0a0800450000cc000000001011
      bdddc6336407c000020913c413d800b8
      38ab4f5054494f4e53207369703a7840
      3139322e302e322e39205349502f322e
      300d0a5669613a205349502f322e302f
      554450203139382e35312e3130302e37
      3b6272616e63683d7a39684734624b64
      0d0a46726f6d3a203c7369703a614068
      3e3b7461673d310d0a546f3a203c7369
      703a7840683e0d0a43616c6c2d49443a
      20616263642f313233340d0a43536571
      3a2031204f5054494f4e530d0a436f6e
      74656e742d4c656e6774683a20300d0a
      0d0a
      """;

  private final GrowingBytes bytes = new GrowingBytes(64);
  private final TcpFlows flows = new TcpFlows();

  private static Envelope envelope(
      Transport transport, String from, int port, String to, int other) {
    Envelope envelope = new Envelope();
    envelope.transport = transport;
    envelope.captureNanos = TIME;
    envelope.sourceHigh = IpAddress.high(IpAddress.parse(from));
    envelope.sourceLow = IpAddress.low(IpAddress.parse(from));
    envelope.destinationHigh = IpAddress.high(IpAddress.parse(to));
    envelope.destinationLow = IpAddress.low(IpAddress.parse(to));
    envelope.sourcePort = port;
    envelope.destinationPort = other;
    return envelope;
  }

  private void header(CaptureFormat format) {
    bytes.reserve(format.fileHeaderBytes());
    bytes.use(format.putFileHeader(bytes.array(), 0));
    assertThat(bytes.used()).isEqualTo(format.fileHeaderBytes());
  }

  @SuppressWarnings("ArrayRecordComponent") // a holder, never compared
  private record Seen(long nanos, byte[] frame, int original) {
    int uint16(int at) {
      return (frame[at] & 0xff) << 8 | (frame[at + 1] & 0xff);
    }

    int int32(int at) {
      return uint16(at) << 16 | uint16(at + 2);
    }
  }

  private List<Seen> read() throws IOException {
    byte[] file = Arrays.copyOf(bytes.array(), bytes.used());
    List<Seen> packets = new ArrayList<>();
    var channel = Channels.newChannel(new ByteArrayInputStream(file));
    try (PacketReader reader = PacketReader.open("test", channel)) {
      while (reader.next()) {
        assertThat(reader.linkType()).isEqualTo(LinkType.ETHERNET);
        int from = reader.offset();
        byte[] frame = Arrays.copyOfRange(reader.buffer(), from, from + reader.capturedLength());
        packets.add(new Seen(reader.captureNanos(), frame, reader.originalLength()));
      }
    }
    return packets;
  }

  /** The sum that a receiver takes: right if all its bits are set (RFC 1071). */
  private static int checksum(byte[] bytes, int from, int to, long sum) {
    long total = sum;
    for (int i = from; i < to; i++) {
      total += (i - from) % 2 == 0 ? (bytes[i] & 0xff) << 8 : bytes[i] & 0xff;
    }
    while (total >> 16 != 0) {
      total = (total & 0xffff) + (total >> 16);
    }
    return (int) total;
  }

  private static void assertChecksums(Seen packet) {
    boolean ipv4 = packet.uint16(12) == 0x0800;
    int addresses = ipv4 ? 26 : 22;
    int ports = ipv4 ? 34 : 54;
    int protocol = packet.frame[ipv4 ? 23 : 20];
    int length = packet.frame.length - ports;
    if (ipv4) {
      assertThat(checksum(packet.frame, 14, 34, 0)).isEqualTo(0xffff);
      assertThat(packet.uint16(16)).isEqualTo(packet.frame.length - 14);
    } else {
      assertThat(packet.uint16(18)).isEqualTo(length);
    }
    int pseudo = checksum(packet.frame, addresses, ports, protocol + length);
    assertThat(checksum(packet.frame, ports, packet.frame.length, pseudo)).isEqualTo(0xffff);
  }

  @Test
  void workedExampleIsTheSameByteForByte() {
    byte[] expected = HexFormat.of().parseHex(WORKED_EXAMPLE.replaceAll("\\s", ""));
    byte[] message = Arrays.copyOfRange(expected, 0x52, expected.length);
    Envelope envelope = envelope(Transport.UDP, "198.51.100.7", 5060, "192.0.2.9", 5080);
    header(CaptureFormat.PCAP_MICROS);
    MessageRecords records = new MessageRecords(CaptureFormat.PCAP_MICROS);
    records.add(bytes, envelope, message, 0, message.length, flows, NONE);
    assertThat(Arrays.copyOf(bytes.array(), bytes.used())).isEqualTo(expected);
    records.add(bytes, envelope, message, 0, message.length, flows, NONE);
    assertThat(bytes.used()).isEqualTo(492);
  }

  @ParameterizedTest
  @EnumSource(CaptureFormat.class)
  void readerFindsWhatWasWritten(CaptureFormat format) throws IOException {
    Random random = new Random(7);
    header(format);
    MessageRecords records = new MessageRecords(format);
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      byte[] payload = new byte[random.nextInt(i < 190 ? 300 : 60_000)];
      random.nextBytes(payload);
      payloads.add(payload);
      boolean six = random.nextBoolean();
      Envelope envelope =
          envelope(
              Transport.UDP, six ? "2001:db8::7" : "192.0.2.7", 5060, six ? "::1" : "10.0.0.1", 1);
      envelope.captureNanos = TIME + i * 1_001L;
      byte[] comment = "caf\u00e9 ".repeat(random.nextInt(300)).getBytes(StandardCharsets.UTF_8);
      assertThat(records.add(bytes, envelope, payload, 0, payload.length, flows, comment))
          .isEqualTo(1);
    }
    List<Seen> packets = read();
    assertThat(packets).hasSize(200);
    for (int i = 0; i < 200; i++) {
      Seen packet = packets.get(i);
      int headers = packet.uint16(12) == 0x0800 ? 42 : 62;
      assertThat(Arrays.copyOfRange(packet.frame, headers, packet.frame.length))
          .isEqualTo(payloads.get(i));
      long nanos = TIME + i * 1_001L;
      assertThat(packet.nanos)
          .isEqualTo(format == CaptureFormat.PCAP_MICROS ? nanos / 1000 * 1000 : nanos);
      assertChecksums(packet);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.7 10.0.0.1", "2001:db8::7 2001:db8::8"})
  void streamBeginsWithItsHandshakeAndGoesOnByItsSequenceNumbers(String addresses)
      throws IOException {
    String a = addresses.split(" ", 2)[0];
    String b = addresses.split(" ", 2)[1];
    header(CaptureFormat.PCAP_NANOS);
    MessageRecords records = new MessageRecords(CaptureFormat.PCAP_NANOS);
    Envelope there = envelope(Transport.TCP, a, 40123, b, 5060);
    Envelope back = envelope(Transport.TCP, b, 5060, a, 40123);
    assertThat(records.add(bytes, there, new byte[100], 0, 100, flows, NONE)).isEqualTo(4);
    assertThat(records.add(bytes, back, new byte[31], 0, 31, flows, NONE)).isEqualTo(1);
    assertThat(records.add(bytes, there, new byte[5], 0, 5, flows, NONE)).isEqualTo(1);
    Envelope other = envelope(Transport.WS, a, 40124, b, 5060);
    assertThat(records.add(bytes, other, new byte[5], 0, 5, flows, NONE)).isEqualTo(4);
    List<Seen> packets = read();
    int tcp = a.contains(":") ? 54 : 34;
    int first = packets.get(0).int32(tcp + 4);
    assertThat(packets.subList(0, 6).stream().map(p -> p.frame[tcp + 13] & 0xff))
        .containsExactly(0x02, 0x12, 0x10, 0x18, 0x18, 0x18);
    assertThat(packets.subList(0, 6).stream().map(p -> p.int32(tcp + 4) - first))
        .containsExactly(0, 0, 1, 1, 1, 101);
    assertThat(packets.subList(1, 6).stream().map(p -> p.int32(tcp + 8) - first))
        .containsExactly(1, 1, 1, 101, 32);
    assertThat(packets.get(1).uint16(tcp)).isEqualTo(5060);
    packets.forEach(MessageRecordsTest::assertChecksums);
  }

  @Test
  void messageThatFillsMoreThanASegmentIsShared() throws IOException {
    byte[] payload = new byte[65_535];
    new Random(1).nextBytes(payload);
    header(CaptureFormat.PCAP_MICROS);
    Envelope envelope = envelope(Transport.TCP, "192.0.2.7", 1, "10.0.0.1", 2);
    new MessageRecords(CaptureFormat.PCAP_MICROS)
        .add(bytes, envelope, payload, 0, payload.length, flows, NONE);
    List<Seen> packets = read();
    assertThat(packets).hasSize(5).allMatch(packet -> packet.original == packet.frame.length);
    assertThat(packets.get(3).frame.length).isEqualTo(CaptureFormat.SNAP_LENGTH);
    assertThat(packets.get(3).frame.length - 54 + packets.get(4).frame.length - 54)
        .isEqualTo(65_535);
    packets.forEach(MessageRecordsTest::assertChecksums);
  }

  @Test
  void datagramThatFitsNoFrameIsCutAndSaysSo() throws IOException {
    byte[] payload = new byte[65_535];
    header(CaptureFormat.PCAP_MICROS);
    Envelope envelope = envelope(Transport.UDP, "192.0.2.7", 1, "10.0.0.1", 2);
    new MessageRecords(CaptureFormat.PCAP_MICROS)
        .add(bytes, envelope, payload, 0, payload.length, flows, NONE);
    Seen packet = read().get(0);
    assertThat(packet.frame.length).isEqualTo(CaptureFormat.SNAP_LENGTH);
    assertThat(packet.original).isEqualTo(42 + 65_535);
    assertThat(packet.uint16(16)).as("length of the IP packet").isEqualTo(65_535);
    assertThat(packet.uint16(38)).as("length of the datagram").isEqualTo(65_515);
  }

  @Test
  void endsOfDifferentFamiliesMakeNoPacket() {
    assertThat(MessageRecords.canWrite(envelope(Transport.UDP, "192.0.2.7", 1, "::1", 2)))
        .isFalse();
    assertThat(MessageRecords.canWrite(envelope(Transport.UDP, "::1", 1, "::1", 1))).isTrue();
  }

  /** At the same time, and yet at another number. */
  @Test
  void connectionThatBeginsAnewIsNoRepetitionOfTheFirst() throws IOException {
    header(CaptureFormat.PCAP_MICROS);
    MessageRecords records = new MessageRecords(CaptureFormat.PCAP_MICROS);
    Envelope envelope = envelope(Transport.TCP, "192.0.2.7", 40123, "10.0.0.1", 5060);
    for (int i = 0; i < 3; i++) {
      records.add(bytes, envelope, new byte[5], 0, 5, new TcpFlows(), NONE);
    }
    List<Seen> packets = read();
    assertThat(List.of(0, 4, 8).stream().map(i -> packets.get(i).int32(38)))
        .doesNotHaveDuplicates();
  }

  @Test
  void forgottenConnectionsBeginAnew() {
    MessageRecords records = new MessageRecords(CaptureFormat.PCAP_MICROS);
    for (int port = 1; port <= 1000; port++) {
      Envelope envelope = envelope(Transport.TCP, "192.0.2.7", port, "10.0.0.1", 5060);
      assertThat(records.add(bytes, envelope, new byte[5], 0, 5, flows, NONE)).isEqualTo(4);
      assertThat(records.add(bytes, envelope, new byte[5], 0, 5, flows, NONE)).isEqualTo(1);
    }
    assertThat(flows.size()).isLessThanOrEqualTo(256);
  }
}
