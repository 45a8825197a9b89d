package io.callscope.capture.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A stream of SIP: whatever it holds, it gives the same however it is cut into segments. */
public final class SipStreamFuzz {
  private SipStreamFuzz() {}

  /** A byte that chooses cuts and buffers, then the stream. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(input, 1, input.length);
    TcpOptions options = (input[0] & 1) == 0 ? TcpOptions.DEFAULTS : Wire.buffers(64, 512);
    Wire whole = send(stream, stream.length, null, options);
    Wire pieces = send(stream, 0, new SplittableRandom(input[0]), options);
    assertThat(pieces.messages).isEqualTo(whole.messages);
    assertThat(pieces.errors).isEqualTo(whole.errors);
    assertThat(whole.count("tcp_failures") + pieces.count("tcp_failures")).isZero();
  }

  private static Wire send(byte[] stream, int most, SplittableRandom random, TcpOptions options) {
    Wire wire = new Wire(options).send(Segment.SYN, 0, "");
    int at = 0;
    while (at < stream.length) {
      int size = random == null ? most : 1 + random.nextInt(random.nextInt(4) == 0 ? 300 : 20);
      byte[] piece = Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size));
      wire.send(Segment.ACK, 1 + at, piece);
      at += piece.length;
    }
    return wire.send(Segment.FIN | Segment.ACK, 1 + at, "").end();
  }

  public static List<byte[]> seeds() {
    String a = Wire.invite("a", "v=0\r\n");
    String b = Wire.ok("b");
    return Stream.of(
            "0" + a + b,
            "1" + a + "\r\n\r\n" + b,
            "2junk\r\n" + a + "x" + b,
            "3" + a.replaceFirst("Content-Length.*\r\n", "") + b,
            "4" + Wire.invite("n", "SIP/2.0 100 Trying\r\n") + b,
            "5GET / HTTP/1.1\r\nHost: x\r\n\r\n" + a,
            "5GET / HTTP/1\u0001" + "x".repeat(600),
            "5GET / HTTP/1\u0001" + "x".repeat(600) + "GET / HTTP/1.1\r\n\r\n" + a,
            "7\u00166/\r\n\r\n" + a,
            "6\u0016\u0003\u0001\u0002\u0000\u0001" + a,
            "7" + Wire.invite("big", "y".repeat(600)) + b)
        .map(Wire::bytes)
        .toList();
  }
}
