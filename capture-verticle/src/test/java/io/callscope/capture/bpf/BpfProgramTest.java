package io.callscope.capture.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs are run here as libpcap runs them. */
class BpfProgramTest {
  private static final int[] LINK_TYPES = {1, 12, 0, 113, 276};
  private static final int PACKETS = 4000;
  private static BpfCompiler compiler;
  private static Libpcap libpcap;

  private final Random random = new Random(7);

  @BeforeAll
  static void load() {
    try {
      compiler = new BpfCompiler();
      libpcap = Native.load("pcap", Libpcap.class);
    } catch (LinkageError e) {
      assumeTrue(false, "no libpcap here");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "udp port 5060",
        "port 5060 or port 5061",
        "portrange 5000-5100 and not tcp",
        "host 192.0.2.1",
        "net 192.0.2.0/24 and udp",
        "ip6 and udp",
        "ip6 host 2001:db8::1",
        "udp[8:4] = 0x494e5649",
        "ip[6:2] & 0x1fff != 0",
        "greater 100 and less 400",
        "len > 60 and len % 3 = 1",
        "(ip[2:2] - ((ip[0] & 0xf) << 2)) > 40 and ip[8] / ip[9] > 2",
        "ip[0] * 3 < ip[1] or ip[4] | ip[5] = 0xff or ip[4] ^ ip[5] = 3",
        "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
        "icmp or icmp6 or sctp",
        "-ip[3] < 10 and ip[0] >> ip[1] = 0 and ip[0] << ip[1] != 0",
        "vlan",
        "vlan 7 and udp port 5060",
        "vlan and vlan and udp port 5060",
        "ether host 02:00:00:00:00:01 and ip",
        "ether broadcast or multicast",
        "mpls and ip",
        "arp",
        "not ip",
      })
  void runAsLibpcapRunsThem(String expression) throws BpfException {
    int matches = 0;
    int programs = 0;
    for (int linkType : LINK_TYPES) {
      BpfProgram program;
      try {
        program = compiler.compile(expression, linkType);
      } catch (BpfException e) {
        continue; // this expression is not for that link type
      }
      programs++;
      Pointer handle = libpcap.pcap_open_dead(linkType, 1 << 18);
      Memory compiled = new Memory(2L * Native.POINTER_SIZE);
      assertThat(libpcap.pcap_compile(handle, compiled, expression, 1, -1)).isZero();
      for (int i = 0; i < PACKETS; i++) {
        byte[] packet = packet(linkType);
        int original = packet.length + (random.nextInt(4) == 0 ? random.nextInt(1000) : 0);
        boolean expected = passes(compiled, packet, original);
        byte[] shifted = new byte[packet.length + 9];
        random.nextBytes(shifted);
        System.arraycopy(packet, 0, shifted, 5, packet.length);
        assertThat(program.matches(shifted, 5, packet.length, original)).isEqualTo(expected);
        matches += expected ? 1 : 0;
      }
      libpcap.pcap_freecode(compiled);
      libpcap.pcap_close(handle);
    }
    assertThat(programs).isPositive();
    assertThat(matches).as("packets that pass").isPositive();
  }

  private static boolean passes(Pointer program, byte[] packet, int original) {
    Memory header = new Memory(24); // seconds, fractions, captured, original length
    header.clear();
    header.setInt(16, packet.length);
    header.setInt(20, original);
    return libpcap.pcap_offline_filter(program, header, packet) != 0;
  }

  private int pick(int... values) {
    return values[random.nextInt(values.length)];
  }

  /** Random, but for what filters look at, and cut anywhere. */
  private byte[] packet(int linkType) {
    byte[] bytes = new byte[120 + random.nextInt(400)];
    random.nextBytes(bytes);
    int at = 0;
    int type = pick(0x0800, 0x0800, 0x86dd, 0x0806, 0x8847);
    switch (linkType) {
      case 1 -> {
        put(bytes, 0, pick(0x0200, 0xffff), 0, pick(1, 2), 0x0200, 0, pick(1, 2));
        at = 12;
        for (int tags = pick(0, 0, 1, 2); tags > 0; tags--) {
          put(bytes, at, pick(0x8100, 0x88a8, 0x9100), pick(7, 8));
          at += 4;
        }
        put(bytes, at, type);
        at += 2;
      }
      case 0 -> {
        bytes[0] = (byte) (type == 0x86dd ? 10 : 2);
        put(bytes, 1, 0);
        bytes[3] = 0;
        at = 4;
      }
      case 113 -> {
        put(bytes, 14, type);
        at = 16;
      }
      case 276 -> {
        put(bytes, 0, type);
        at = 20;
      }
      default -> {}
    }
    ip(bytes, at, type == 0x86dd);
    int length = random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length;
    return Arrays.copyOf(bytes, length);
  }

  private void ip(byte[] bytes, int at, boolean ipv6) {
    int payload;
    if (ipv6) {
      bytes[at] = 0x60;
      put(bytes, at + 6, pick(17, 6, 44, 0, 60, 132, 58) << 8 | 64);
      put(bytes, at + 8, 0x2001, 0x0db8, 0, 0, 0, 0, 0, pick(1, 2));
      payload = at + 40;
      if (bytes[at + 6] == 0 || bytes[at + 6] == 60) {
        put(bytes, payload, 17 << 8);
        payload += 8;
      }
    } else {
      bytes[at] = (byte) pick(0x45, 0x45, 0x46);
      put(bytes, at + 6, pick(0, 0, 0x4000, 0x2000, 20));
      bytes[at + 9] = (byte) pick(17, 17, 6, 1, 132, 47);
      put(bytes, at + 12, 0xc000, pick(0x0201, 0x0301), 0xc000, pick(0x0201, 0x0301));
      payload = at + (bytes[at] & 0xf) * 4;
    }
    if (bytes.length >= payload + 14) {
      put(bytes, payload, pick(5060, 5060, 5061, 99, 6000), pick(5060, 99));
      put(bytes, payload + 8, pick(0x494e, 0x4142), 0x5649);
    }
  }

  private static void put(byte[] bytes, int at, int... values) {
    for (int i = 0; i < values.length; i++) {
      bytes[at + 2 * i] = (byte) (values[i] >>> 8);
      bytes[at + 2 * i + 1] = (byte) values[i];
    }
  }

  @ParameterizedTest
  @CsvSource({
    "udp prt 5060, syntax error",
    "host, syntax error",
    "port 99999, illegal port",
    "ip proto 300 and, syntax error",
    "ip6 protochain 17, protochain is not supported: it searches in a loop",
    "protochain 6, protochain is not supported: it searches in a loop",
  })
  void whatLibpcapDoesNotTakeIsSaid(String expression, String reason) {
    assertThatThrownBy(() -> compiler.compile(expression, 1))
        .isInstanceOf(BpfException.class)
        .hasMessageContaining(reason);
  }

  private static BpfProgram program(int... fields) {
    int length = fields.length / 4;
    int[][] columns = new int[4][length];
    for (int i = 0; i < fields.length; i++) {
      columns[i % 4][i / 4] = fields[i];
    }
    return new BpfProgram(columns[0], columns[1], columns[2], columns[3]);
  }

  @ParameterizedTest
  @CsvSource({
    "no end,             0x00, 0, 0, 1",
    "memory beyond,      0x60, 0, 0, 16",
    "store beyond,       0x02, 0, 0, -1",
    "a negative offset,  0x20, 0, 0, -4096",
    "division by zero,   0x34, 0, 0, 0",
    "modulo by zero,     0x94, 0, 0, 0",
    "jump over the end,  0x15, 0, 1, 0",
    "jump far away,      0x05, 0, 0, -1",
    "unknown operation,  0xb4, 0, 0, 1",
    "unknown load,       0xe0, 0, 0, 1",
  })
  void whatMightLeaveItsBoundsIsRefused(String what, String code, int jt, int jf, int k) {
    int[] last = what.equals("no end") ? new int[] {0, 0, 0, 0} : new int[] {0x06, 0, 0, 1};
    assertThatThrownBy(
            () -> program(Integer.decode(code), jt, jf, k, last[0], last[1], last[2], last[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNotThereDoesNotPass() {
    byte[] bytes = {1, 2, 3, 4, 5};
    BpfProgram word = program(0x20, 0, 0, 1, 0x06, 0, 0, 1);
    assertThat(word.matches(bytes, 0, 5, 5)).isTrue();
    assertThat(word.matches(bytes, 0, 4, 5)).isFalse();
    BpfProgram far = program(0x01, 0, 0, -1, 0x50, 0, 0, 0x7fff_ffff, 0x06, 0, 0, 1);
    assertThat(far.matches(bytes, 0, 5, 5)).as("an offset that overflows").isFalse();
    BpfProgram divide = program(0x01, 0, 0, 0, 0x3c, 0, 0, 0, 0x06, 0, 0, 1);
    assertThat(divide.matches(bytes, 0, 5, 5)).as("a division by X = 0").isFalse();
  }
}
