package io.callscope.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads a capture in the plainest way: all in memory, checksums checked, failures thrown. */
final class NaiveCapture {
  @SuppressWarnings("ArrayRecordComponent") // a holder, never compared
  record Packet(long nanos, String flow, int fromPort, int toPort, byte[] payload) {}

  private record Frame(long nanos, ByteBuffer bytes) {}

  final List<Packet> datagrams = new ArrayList<>();
  final List<Long> times = new ArrayList<>();
  private final Map<String, NaiveStream> streams = new TreeMap<>();
  private final Map<String, TreeMap<Integer, byte[]>> fragments = new HashMap<>();
  private final Set<String> assembled = new HashSet<>();
  private final int link;
  private final boolean checksums;

  /** Reads a generated capture. */
  NaiveCapture(byte[] pcap) {
    this(pcap, true);
  }

  /**
   * @param checksums are to be checked; on a loopback interface nobody fills them in
   */
  NaiveCapture(byte[] pcap, boolean checksums) {
    this.checksums = checksums;
    ByteBuffer file = ByteBuffer.wrap(pcap).order(ByteOrder.LITTLE_ENDIAN);
    int magic = file.getInt();
    assertThat(magic).isIn(0xa1b2c3d4, 0xa1b23c4d);
    int unit = magic == 0xa1b2c3d4 ? 1000 : 1;
    link = file.getInt(20);
    file.position(24);
    while (file.hasRemaining()) {
      long nanos = file.getInt() * 1_000_000_000L + file.getInt() * (long) unit;
      byte[] frame = new byte[file.getInt()];
      assertThat(file.getInt()).isEqualTo(frame.length);
      file.get(frame);
      times.add(nanos);
      link(new Frame(nanos, ByteBuffer.wrap(frame)));
    }
    assertThat(fragments).as("incomplete packets").isEmpty();
  }

  /** The messages of all TCP streams. */
  List<NaiveSip> streamMessages() {
    List<NaiveSip> messages = new ArrayList<>();
    streams.forEach(
        (flow, stream) -> {
          List<NaiveSip> those = NaiveSip.split(stream.bytes());
          assertThat(those).as("%s ends inside a message", flow).isNotNull();
          messages.addAll(those);
        });
    return messages;
  }

  private void link(Frame frame) {
    ByteBuffer b = frame.bytes;
    switch (link) {
      case 1 -> ethernet(frame);
      case 113 -> b.position(16);
      case 276 -> b.position(20);
      case 101 -> b.position(0);
      case 108 -> b.position(4);
      default -> throw new AssertionError("link type " + link);
    }
    network(frame);
  }

  private static void ethernet(Frame frame) {
    ByteBuffer b = frame.bytes;
    b.position(b.position() + 12);
    int type = b.getShort() & 0xffff;
    while (type == 0x8100 || type == 0x88a8) {
      b.getShort();
      type = b.getShort() & 0xffff;
    }
    assertThat(type).isEqualTo(b.get(b.position()) >> 4 == 4 ? 0x0800 : 0x86dd);
  }

  private void network(Frame frame) {
    ByteBuffer b = frame.bytes.slice();
    byte[] all = new byte[b.remaining()];
    b.duplicate().get(all);
    boolean ipv4 = all[0] >> 4 == 4;
    int header = ipv4 ? 20 : 40;
    assertThat(b.getShort(ipv4 ? 2 : 4) & 0xffff).isEqualTo(ipv4 ? all.length : all.length - 40);
    byte[] addresses = ipv4 ? Arrays.copyOfRange(all, 12, 20) : Arrays.copyOfRange(all, 8, 40);
    String flow = HexFormat.of().formatHex(addresses);
    int protocol = all[ipv4 ? 9 : 6];
    int control = ipv4 ? b.getShort(6) : 0;
    int offset = (control & 0x1fff) * 8;
    boolean more = (control & 0x2000) != 0;
    String id = flow + b.getShort(4);
    if (ipv4) {
      assertThat(sum(0, Arrays.copyOf(all, 20))).isEqualTo(0xffff);
    } else if (protocol == 44) {
      protocol = all[40];
      offset = b.getShort(42) & 0xfff8;
      more = (b.getShort(42) & 1) != 0;
      id = flow + b.getInt(44);
      header = 48;
    }
    byte[] payload = Arrays.copyOfRange(all, header, all.length);
    if (more || offset != 0) {
      payload = assemble(id, offset, more, payload);
    }
    if (payload != null) {
      transport(frame.nanos, flow, addresses, protocol, payload);
    }
  }

  /** The packet, once all of it is there; the room for it is kept under -1. */
  private byte[] assemble(String id, int offset, boolean more, byte[] part) {
    if (assembled.contains(id)) {
      return null; // a fragment that was sent twice
    }
    TreeMap<Integer, byte[]> parts = fragments.computeIfAbsent(id, key -> new TreeMap<>());
    parts.put(offset, part);
    if (!more) {
      parts.put(-1, new byte[offset + part.length]);
    }
    byte[] whole = parts.get(-1);
    if (whole == null) {
      return null;
    }
    int have = parts.tailMap(0).values().stream().mapToInt(bytes -> bytes.length).sum();
    if (have < whole.length) {
      return null;
    }
    parts.tailMap(0).forEach((at, bytes) -> System.arraycopy(bytes, 0, whole, at, bytes.length));
    fragments.remove(id);
    assembled.add(id);
    return whole;
  }

  private void transport(long nanos, String flow, byte[] addresses, int protocol, byte[] payload) {
    ByteBuffer b = ByteBuffer.wrap(payload);
    int from = b.getShort(0) & 0xffff;
    int to = b.getShort(2) & 0xffff;
    if (protocol == 17 && to == 4789) {
      assertThat(b.getInt(8)).isEqualTo(0x0800_0000);
      Frame inner = new Frame(nanos, ByteBuffer.wrap(payload, 16, payload.length - 16));
      ethernet(inner);
      network(inner);
      return;
    }
    if (protocol != 17 && protocol != 6) {
      return;
    }
    if (checksums) {
      assertThat(sum(sum(protocol + payload.length, addresses), payload)).isEqualTo(0xffff);
    }
    if (protocol == 17) {
      byte[] data = Arrays.copyOfRange(payload, 8, payload.length);
      datagrams.add(new Packet(nanos, flow, from, to, data));
    } else {
      int header = (payload[12] >> 2) & 0x3c;
      byte[] data = Arrays.copyOfRange(payload, header, payload.length);
      streams
          .computeIfAbsent(flow + ":" + from + ":" + to, key -> new NaiveStream())
          .add(b.getInt(4), payload[13], data);
    }
  }

  private static int sum(int start, byte[] bytes) {
    long sum = start;
    for (int i = 0; i < bytes.length; i++) {
      sum += (bytes[i] & 255L) << (i % 2 == 0 ? 8 : 0);
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >> 16);
    }
    return (int) sum;
  }
}
