package io.callscope.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Envelope;
import io.callscope.net.IpAddress;
import io.callscope.net.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordWalkTest {
  private static final byte[] NONE = {};
  private static final int HEADERS = 42;

  private final GrowingBytes file = new GrowingBytes(1 << 20);

  /** Where records end, and the file header. */
  private final TreeSet<Integer> ends = new TreeSet<>();

  private TcpFlows flows = new TcpFlows();
  private long readBytes;

  private static Envelope envelope(Transport transport, int port) {
    Envelope envelope = new Envelope();
    envelope.transport = transport;
    envelope.captureNanos = 1_708_009_089_250_000_000L;
    envelope.sourceLow = IpAddress.lowOfIpv4(0xc633_6407);
    envelope.destinationLow = IpAddress.lowOfIpv4(0xc000_0209);
    envelope.sourcePort = port;
    envelope.destinationPort = 5060;
    return envelope;
  }

  private void begin(CaptureFormat format) {
    file.use(0);
    file.reserve(format.fileHeaderBytes());
    file.use(format.putFileHeader(file.array(), 0));
    ends.clear();
    ends.add(file.used());
    flows = new TcpFlows();
  }

  private void add(CaptureFormat format, Transport transport, int port, byte[] payload) {
    MessageRecords records = new MessageRecords(format);
    records.add(file, envelope(transport, port), payload, 0, payload.length, flows, NONE);
    ends.add(file.used());
  }

  private RecordWalk walk(CaptureFormat format, int bytes) throws IOException {
    readBytes = 0;
    FileWindow window = new FileWindow(this::read, bytes);
    RecordWalk walk = new RecordWalk(format, window);
    walk.run();
    return walk;
  }

  /** In pieces, as a disk may. */
  private int read(ByteBuffer to, long at) {
    int count = Math.min(to.remaining(), 100_000);
    to.put(file.array(), (int) at, count);
    readBytes += count;
    return count;
  }

  /** What looks like a record of so many bytes, as far as there is room for it. */
  private static void plant(CaptureFormat format, ByteBuffer body, int at, int bytes) {
    int header = format.recordHeaderBytes();
    if (at + header + HEADERS > body.capacity()) {
      return;
    }
    if (format == CaptureFormat.PCAPNG) {
      body.putInt(at, 6).putInt(at + 4, bytes).putInt(at + 20, Math.max(0, bytes - 32));
      if (at + bytes <= body.capacity() && bytes >= header + HEADERS + 4) {
        body.putInt(at + bytes - 4, bytes);
      }
    } else {
      body.putInt(at + 8, bytes - header);
    }
    ByteBuffer frame = body.slice(at + header, HEADERS).order(ByteOrder.BIG_ENDIAN);
    frame.putLong(0, MessageRecords.FRAME_START).putShort(12, (short) 0x0800);
  }

  /** A message full of such records, by a way of choosing their lengths. */
  private byte[] hostile(CaptureFormat format, Random random) {
    ByteBuffer body =
        ByteBuffer.allocate(200 + random.nextInt(50_000)).order(ByteOrder.LITTLE_ENDIAN);
    if (random.nextInt(3) == 0) {
      random.nextBytes(body.array());
    }
    int way = random.nextInt(6);
    int distance = 96 + 4 * random.nextInt(random.nextBoolean() ? 20 : 2000);
    int headers = way == 5 ? 4 * random.nextInt(4) : random.nextInt(64);
    for (int at = headers; at < body.capacity(); at += distance) {
      int left = body.capacity() - at;
      int bytes =
          switch (way) {
            case 0 -> PcapWriter.MAX_SNAP_LENGTH; // beyond the end of the file
            case 1 -> distance; // to the next of them
            case 2 -> left; // to the end of the message
            case 3 -> left + format.recordHeaderBytes() + HEADERS + random.nextInt(1000);
            case 4 -> 96 + 4 * random.nextInt(15_000);
            default -> -1; // no record at all
          };
      plant(format, body, at, bytes);
    }
    return body.array();
  }

  private void fill(CaptureFormat format, Random random, int bytes) {
    begin(format);
    while (file.used() < bytes) {
      byte[] payload =
          switch (random.nextInt(4)) {
            case 0 -> new byte[random.nextInt(2000)];
            case 1 -> {
              // A piece of a true file.
              int from = random.nextInt(file.used());
              yield Arrays.copyOfRange(
                  file.array(), from, from + Math.min(40_000, file.used() - from));
            }
            default -> hostile(format, random);
          };
      Transport transport = random.nextBoolean() ? Transport.UDP : Transport.TCP;
      add(format, transport, 1 + random.nextInt(20), payload);
    }
  }

  @ParameterizedTest
  @EnumSource(CaptureFormat.class)
  void recordsWithinMessagesMisleadNobody(CaptureFormat format) throws IOException {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      fill(format, random, 100_000 + random.nextInt(600_000));
      RecordWalk whole = walk(format, file.used());
      assertThat(whole.end()).as("seed %d", seed).isEqualTo(file.used());
      assertThat(whole.isDamaged()).isFalse();
      for (int i = 0; i < 10; i++) {
        int cut = file.used() - random.nextInt(80_000);
        RecordWalk walk = walk(format, cut);
        assertThat(walk.isDamaged()).as("seed %d cut at %d", seed, cut).isFalse();
        assertThat(walk.end()).as("seed %d cut at %d", seed, cut).isEqualTo(lastWhole(format, cut));
      }
    }
  }

  /** A handshake's records are not noted one by one, so they are looked for. */
  private int lastWhole(CaptureFormat format, int cut) {
    int end = ends.floor(cut);
    ByteBuffer bytes = ByteBuffer.wrap(file.array()).order(ByteOrder.LITTLE_ENDIAN);
    while (true) {
      int length =
          format == CaptureFormat.PCAPNG ? bytes.getInt(end + 4) : 16 + bytes.getInt(end + 8);
      if (end == file.used() || end + length > cut) {
        return end;
      }
      end += length;
    }
  }

  /** The cut is where a record within the last message claims to end. */
  @ParameterizedTest
  @EnumSource(CaptureFormat.class)
  void cutIsFoundThoughARecordWithinTheMessageEndsThere(CaptureFormat format) throws IOException {
    begin(format);
    while (file.used() < 2 * FileWindow.MAX_BYTES) {
      add(format, Transport.UDP, 5060, new byte[1000]);
    }
    int last = file.used();
    ByteBuffer body = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
    plant(format, body, 100, 600);
    add(format, Transport.UDP, 5060, body.array());
    int cut = last + format.recordHeaderBytes() + HEADERS + 100 + 600;
    RecordWalk walk = walk(format, cut);
    assertThat(walk.end()).isEqualTo(last);
    assertThat(walk.isDamaged()).isFalse();
  }

  /** The same of a record that is the first one to be found in the end of the file. */
  @ParameterizedTest
  @EnumSource(CaptureFormat.class)
  void cutIsFoundThoughALongRecordWithinAMessageEndsThere(CaptureFormat format) throws IOException {
    begin(format);
    add(format, Transport.UDP, 5060, new byte[1000]);
    int from = file.used() + format.recordHeaderBytes() + HEADERS + 1000;
    int cut = from + FileWindow.MAX_BYTES;
    int claimed = FileWindow.MAX_BYTES - 500;
    ByteBuffer body = ByteBuffer.allocate(2000).order(ByteOrder.LITTLE_ENDIAN);
    plant(format, body, 1500, claimed);
    add(format, Transport.UDP, 5060, body.array());
    while (file.used() < cut - 2000) {
      add(format, Transport.UDP, 5060, new byte[1000]);
    }
    int last = file.used();
    body = ByteBuffer.allocate(4000).order(ByteOrder.LITTLE_ENDIAN);
    body.putInt(cut - 4 - last - format.recordHeaderBytes() - HEADERS, claimed);
    add(format, Transport.UDP, 5060, body.array());
    RecordWalk walk = walk(format, cut);
    assertThat(walk.end()).isEqualTo(last);
    assertThat(walk.isDamaged()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(CaptureFormat.class)
  void endOfALargeFileInGoodOrderIsEnough(CaptureFormat format) throws IOException {
    begin(format);
    while (file.used() < 8 * FileWindow.MAX_BYTES) {
      add(format, Transport.TCP, 40_123, new byte[700]);
    }
    RecordWalk walk = walk(format, file.used());
    assertThat(walk.end()).isEqualTo(file.used());
    assertThat(readBytes).isEqualTo(FileWindow.MAX_BYTES);
    Envelope there = envelope(Transport.TCP, 40_123);
    assertThat(walk.flows().find(there).next).isEqualTo(flows.find(there).next);
  }

  /** Each byte is read once, nearly, and what is skipped is not read at all. */
  @ParameterizedTest
  @EnumSource(CaptureFormat.class)
  void walkFromTheStartReadsNothingTwice(CaptureFormat format) throws IOException {
    begin(format);
    while (file.used() < 8 * FileWindow.MAX_BYTES) {
      add(format, Transport.TCP, 40_123, new byte[700]);
    }
    walk(format, file.used() - 1);
    assertThat(readBytes).isLessThan(10 * FileWindow.MAX_BYTES);
  }

  @ParameterizedTest
  @EnumSource(CaptureFormat.class)
  void connectionsStandWhereTheFileEnds(CaptureFormat format) throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      fill(format, new Random(seed), 400_000);
      RecordWalk walk = walk(format, file.used());
      for (int port = 1; port <= 20; port++) {
        Envelope there = envelope(Transport.TCP, port);
        TcpFlows.Flow seen = walk.flows().find(there);
        if (seen != null) {
          assertThat(seen.next).as("seed %d", seed).isEqualTo(flows.find(there).next);
        }
      }
      assertThat(walk.flows().size()).isLessThanOrEqualTo(20);
    }
  }

  /**
   * A message ends in a record that tells of a connection, and the record after it is a true one.
   */
  @ParameterizedTest
  @EnumSource(CaptureFormat.class)
  void messageTellsNothingOfConnections(CaptureFormat format) throws IOException {
    begin(format);
    add(format, Transport.TCP, 40_123, new byte[700]);
    byte[] lie = Arrays.copyOfRange(file.array(), ends.first(), file.used());
    begin(format);
    byte[] body = new byte[50_000];
    System.arraycopy(lie, 0, body, body.length - lie.length, lie.length);
    add(format, Transport.UDP, 5060, body);
    int from = file.used() - lie.length - 10;
    while (file.used() < from + FileWindow.MAX_BYTES) {
      int left = from + FileWindow.MAX_BYTES - file.used();
      int overhead =
          format.recordHeaderBytes() + HEADERS + (format == CaptureFormat.PCAPNG ? 4 : 0);
      add(format, Transport.UDP, 5060, new byte[Math.min(1000, left - overhead)]);
    }
    RecordWalk walk = walk(format, file.used());
    assertThat(walk.end()).isEqualTo(file.used());
    assertThat(walk.flows().size()).isZero();
  }

  @Test
  void connectionsOfAFileAreBounded() throws IOException {
    begin(CaptureFormat.PCAP_MICROS);
    for (int port = 1; port <= 5000; port++) {
      add(CaptureFormat.PCAP_MICROS, Transport.TCP, port, new byte[300]);
    }
    RecordWalk walk = walk(CaptureFormat.PCAP_MICROS, file.used() - 1);
    assertThat(walk.flows().size()).isLessThanOrEqualTo(256);
    assertThat(walk.flows().find(envelope(Transport.TCP, 4999))).isNotNull();
  }
}
