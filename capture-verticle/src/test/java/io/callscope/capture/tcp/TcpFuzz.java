package io.callscope.capture.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.fuzz.FuzzInput;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Segments, acknowledgements and time in any order: every segment and byte is accounted for, memory
 * stays within its bound, and nothing comes out that nobody sent.
 */
public final class TcpFuzz {
  private static final byte[] TEXT =
      Wire.bytes(
          Wire.invite("a", "v=0\r\n".repeat(9))
              + Wire.ok("b")
              + "\r\n\r\n"
              + Wire.invite("c", "")
              + Wire.ok("d"));
  private static final List<String> SENT =
      List.of(
          Wire.invite("a", "v=0\r\n".repeat(9)), Wire.ok("b"), Wire.invite("c", ""), Wire.ok("d"));
  private static final int MAX_MEMORY = 16_384;

  /** What one segment may take before what is held is looked at. */
  private static final int SLACK = 9000;

  private static final int FIRST = 1000;
  private static final int TICK = 0x80;
  private static final int CUT = 0x40;
  private static final int REVERSE = 0x20;

  private TcpFuzz() {}

  /**
   * Operations of five bytes: flags of TCP and ours, client, sequence number (2) and length; a
   * payload is what the text holds there.
   */
  public static void fuzzerTestOneInput(byte[] bytes) {
    Wire wire = new Wire(Wire.limits(8, MAX_MEMORY));
    FuzzInput input = new FuzzInput(bytes);
    while (input.hasMore()) {
      int flags = input.uint8();
      int client = input.uint8();
      int at = input.uint16();
      int length = input.uint8();
      if ((flags & TICK) != 0) {
        wire.tick(at * Wire.SECOND / 16);
      } else {
        segment(wire, flags, Wire.CLIENT + client % 12, at, length);
      }
      assertThat(wire.memory.held()).isBetween(0L, (long) MAX_MEMORY + SLACK);
      assertThat(wire.streams.size()).isLessThanOrEqualTo(8);
    }
    wire.end();
    assertThat(wire.count("tcp_failures")).isZero();
    for (String message : wire.messages) {
      assertThat(SENT).as(message).anyMatch(sent -> sent.startsWith(message));
    }
  }

  private static void segment(Wire wire, int flags, int client, int at, int length) {
    int tcp = flags & (Segment.SYN | Segment.FIN | Segment.RST | Segment.ACK);
    if ((flags & REVERSE) != 0) {
      wire.send(Wire.SERVER, client, tcp, 77, FIRST + 1 + at, new byte[0], 0);
      return;
    }
    boolean syn = (flags & Segment.SYN) != 0;
    int from = syn ? 0 : Math.min(at, TEXT.length);
    int end = Math.min(TEXT.length, from + length);
    int kept = (flags & CUT) == 0 ? end : from + (end - from) / 2;
    int sequence = FIRST + (syn ? 0 : 1 + at);
    byte[] payload = Arrays.copyOfRange(TEXT, from, kept);
    wire.send(client, Wire.SERVER, tcp, sequence, 0, payload, end - kept);
  }

  public static List<byte[]> seeds() {
    return Stream.of(
            new int[] {2, 16, 16, 16, 17}, // a whole connection
            new int[] {16, 16, 16, 128, 16, 4}, // joined in the middle, reset
            new int[] {2, 80, 16, 48, 128, 16}) // cut payloads, acknowledged
        .map(TcpFuzz::connection)
        .toList();
  }

  private static byte[] connection(int[] flags) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    for (int each : flags) {
      out.writeBytes(new byte[] {(byte) each, 0, (byte) (at >>> 8), (byte) at, (byte) 200});
      at += (each & Segment.SYN) != 0 ? 0 : 200;
    }
    return out.toByteArray();
  }
}
