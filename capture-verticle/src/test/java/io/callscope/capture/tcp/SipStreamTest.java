package io.callscope.capture.tcp;

import static io.callscope.capture.tcp.Segment.ACK;
import static io.callscope.capture.tcp.Segment.FIN;
import static io.callscope.capture.tcp.Segment.SYN;
import static io.callscope.capture.tcp.Wire.headers;
import static io.callscope.capture.tcp.Wire.invite;
import static io.callscope.capture.tcp.Wire.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipStreamTest {
  private static final String A = invite("a", "v=0\r\n");
  private static final String B = ok("b");
  private static final String WITHOUT_LENGTH =
      "BYE sip:a@b SIP/2.0\r\n" + headers("n", "BYE") + "\r\n";

  /** What a stream gives that comes in pieces of so many bytes at most, 0 for random ones. */
  private static Wire stream(String text, int most, SplittableRandom random, TcpOptions options) {
    Wire wire = new Wire(options).send(SYN, 0, "");
    byte[] bytes = Wire.bytes(text);
    int at = 0;
    while (at < bytes.length) {
      int size = most > 0 ? most : 1 + random.nextInt(random.nextInt(20) == 0 ? 3000 : 200);
      byte[] piece = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size));
      wire.send(ACK, 1 + at, piece);
      at += piece.length;
    }
    return wire.send(FIN | ACK, 1 + at, "").end();
  }

  private static Wire stream(String text) {
    return stream(text, 60_000, null, TcpOptions.DEFAULTS);
  }

  @Test
  void a11AMessageWithoutLengthIsOneErrorAndTheNextIsFound() {
    Wire wire = stream(A + WITHOUT_LENGTH + B);
    assertThat(wire.messages).containsExactly(A, B);
    assertThat(wire.errors).containsExactly("14 " + WITHOUT_LENGTH);
    assertThat(wire.count("tcp_resyncs")).isEqualTo(1);
  }

  @Test
  void a13HeadersThatFitNoBufferAreGivenUp() {
    String huge = "INVITE sip:b@c SIP/2.0\r\nX: " + "x".repeat(17_000) + "\r\n\r\n";
    Wire wire = stream(huge + B, 1448, null, TcpOptions.DEFAULTS);
    assertThat(wire.count("huge_packets")).isEqualTo(1);
    assertThat(wire.messages).containsExactly(B);
    assertThat(wire.errors).isEmpty();
  }

  @Test
  void aBodyLargerThanTheBufferIsCutAndTheNextMessageFound() {
    String large = invite("large", "y".repeat(100_000));
    Wire wire = stream(large + B, 1448, null, TcpOptions.DEFAULTS);
    assertThat(wire.messages).containsExactly(large.substring(0, 16_384), B);
    assertThat(wire.count("tcp_cut_bodies")).isEqualTo(1);
    assertThat(wire.count("tcp_cut_bytes")).isEqualTo(large.length() - 16_384);
  }

  @Test
  void aMessageCutByTheEndOfItsStreamIsGivenIfItsHeadersAreThere() {
    String message = invite("x", "z".repeat(50));
    Wire wire = stream(message.substring(0, message.length() - 20));
    assertThat(wire.messages).containsExactly(message.substring(0, message.length() - 20));
    Wire headers = stream(message.substring(0, 100));
    assertThat(headers.messages).isEmpty();
    assertThat(headers.count("tcp_lost_messages")).isEqualTo(1);
  }

  @Test
  void oneEventForEachLoss() {
    String junk = "junk without sense\r\n";
    Wire wire = stream(A + junk + "FOO bar SIP/2.0\r\nno header\r\n\r\n" + junk + B + junk + B);
    assertThat(wire.messages).containsExactly(A, B, B);
    assertThat(wire.errors).hasSize(2).allMatch(error -> error.startsWith("6 "));
    assertThat(wire.count("tcp_false_starts")).isEqualTo(1);
  }

  @Test
  void aStartLineWithinABodyIsNotOneOfTheStream() {
    String notify = invite("n", "SIP/2.0 100 Trying\r\n");
    assertThat(stream(notify + B).messages).containsExactly(notify, B);
  }

  @Test
  void aStartLineWithinABodyOfWhichTheHeadersAreLostMisleadsNobody() {
    Wire wire = new Wire();
    wire.send(ACK, 77, "Content-Length: 20\r\n\r\nSIP/2.0 100 Trying\r\n" + A + B).end();
    assertThat(wire.messages).containsExactly(A, B);
    assertThat(wire.errors).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0016\u0003\u0001\u0002\u0000\u0001",
        "\u0017\u0003\u0003",
        "\u0014\u0003\u0004"
      })
  void tlsIsCountedAndLeftAlone(String start) {
    Wire wire = stream(start + "x".repeat(3000) + "\r\n" + B, 500, null, TcpOptions.DEFAULTS);
    assertThat(wire.count("tls")).isEqualTo(1);
    assertThat(wire.count("tcp_ign")).isEqualTo(7);
    assertThat(wire.count("tcp_stream_ign")).isEqualTo(1);
    assertThat(wire.messages).isEmpty();
    assertThat(wire.errors).isEmpty();
  }

  /** The first byte alone does not tell. */
  @ParameterizedTest
  @ValueSource(strings = {"\u0016 x\r\n", "\u0017\u0003x\r\n", "\u0014\r\n"})
  void whatOnlyBeginsLikeTlsIsReadHoweverItIsCut(String start) {
    for (int size : new int[] {1, 2, 3, 5000}) {
      Wire wire = stream(start + A + B, size, null, TcpOptions.DEFAULTS);
      assertThat(wire.messages).as("in pieces of %d", size).containsExactly(A, B);
      assertThat(wire.errors).hasSize(1);
      assertThat(wire.count("tls")).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET / HTTP/1.1, 1, 0",
    "POST /a?b=c%20d HTTP/1.0, 1, 0",
    "OPTIONS * HTTP/1.1, 1, 0",
    "HTTP/1.1 200 OK, 1, 0",
    "HTTPS/2 200 OK, 0, 1",
    "GET / RTSP/1.0, 0, 1",
  })
  void httpIsCountedAndLeftAloneHoweverItIsCut(String line, int http, int errors) {
    String text = line + "\r\nHost: x\r\n\r\n" + "body ".repeat(200);
    for (int size : new int[] {1, 2, 5, 100, 5000}) {
      Wire wire = stream(text, size, null, TcpOptions.DEFAULTS);
      assertThat(wire.count("tcp_http")).as("in pieces of %d", size).isEqualTo(http);
      assertThat(wire.errors).hasSize(errors);
      assertThat(wire.count("tcp_http_ws")).isZero();
    }
  }

  @Test
  void sipThatBeginsLikeHttpIsRead() {
    String options = A.replace("INVITE", "OPTIONS");
    for (int size : new int[] {1, 3, 4000}) {
      assertThat(stream(options + B, size, null, TcpOptions.DEFAULTS).messages)
          .containsExactly(options, B);
    }
  }

  @Test
  void whoAsksForAWebSocketIsCounted() {
    Wire wire = stream("GET /sip HTTP/1.1\r\nHost: x\r\nUPGRADE: WebSocket\r\n\r\n");
    assertThat(wire.count("tcp_http_ws")).isEqualTo(1);
  }

  @Test
  void ofHttpNothingCanBeMissing() {
    Wire wire = new Wire();
    wire.send(Segment.SYN, 0, "");
    byte[] head = Wire.bytes("HTTP/1.1 200 OK\r\n\r\n");
    wire.send(Wire.CLIENT, Wire.SERVER, ACK, 1, 0, head, 3000);
    wire.send(ACK, 1 + head.length + 3000 + 500, "behind a hole").end();
    assertThat(wire.count("tcp_missed_bytes")).isZero();
    assertThat(wire.count("tcp_miss")).isZero();
    assertThat(wire.count("tcp_http")).isEqualTo(1);
  }

  @Test
  void whatStreamsAreThatAreNoSipIsCounted() {
    Wire other = stream("\u0001\u0002\u0003 something else\r\n".repeat(3));
    assertThat(other.count("tcp_not_sip")).isEqualTo(1);
    assertThat(other.errors).hasSize(1);
  }

  @Test
  void aStreamThatNeverIsSipIsGivenUp() {
    Wire wire =
        stream(("0123456789".repeat(100) + "\r\n").repeat(1200), 60_000, null, TcpOptions.DEFAULTS);
    assertThat(wire.count("tcp_skipped_bytes")).isBetween(1L << 20, (1L << 20) + 60_000);
    assertThat(wire.count("tcp_ign_bytes") + wire.count("tcp_foreign_bytes")).isPositive();
  }

  private static String traffic(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      switch (random.nextInt(9)) {
        case 0 -> text.append("\r\n\r\n");
        case 1 -> text.append(WITHOUT_LENGTH);
        case 2 -> text.append("garbage of a line\r\nand another INVITE sip:x SIP/2.0x\r\n");
        case 3 -> text.append(invite("l" + i, "b".repeat(random.nextInt(900))));
        case 4 -> text.append("INVITE sip:b@c SIP/2.0\r\nX: ").append("h".repeat(900));
        case 5 -> text.append(invite("s" + i, "SIP/2.0 200 OK\r\n\r\n"));
        default -> text.append(random.nextBoolean() ? A : B);
      }
    }
    return text.toString();
  }

  @Test
  void anySplitGivesTheSame() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 150; round++) {
      String text = traffic(random);
      TcpOptions options = round % 2 == 0 ? TcpOptions.DEFAULTS : Wire.buffers(64, 700);
      Wire whole = stream(text, 60_000, null, options);
      for (int most : new int[] {1, 7, 100, 0, 0}) {
        Wire cut = stream(text, most, random, options);
        assertThat(cut.messages)
            .as("round %d, pieces of %d", round, most)
            .isEqualTo(whole.messages);
        assertThat(cut.errors).as("round %d, pieces of %d", round, most).isEqualTo(whole.errors);
        for (String counter :
            List.of("tcp_sip_bytes", "tcp_skipped_bytes", "tcp_lost_bytes", "tcp_resyncs")) {
          assertThat(cut.count(counter)).as(counter).isEqualTo(whole.count(counter));
        }
      }
    }
  }

  private record Piece(int from, int to) {}

  @Test
  void anyOrderAndRepetitionGivesTheSame() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 200; round++) {
      String text = traffic(random);
      List<String> expected = stream(text).messages;
      int start = random.nextInt();
      List<Piece> pieces = new ArrayList<>();
      for (int at = 0; at < text.length(); ) {
        int to = Math.min(text.length(), at + 1 + random.nextInt(400));
        pieces.add(new Piece(Math.max(0, at - random.nextInt(30)), to));
        if (random.nextInt(4) == 0) {
          pieces.add(pieces.get(random.nextInt(pieces.size())));
        }
        at = to;
      }
      for (int i = 0; i + 8 < pieces.size(); i++) { // within a window
        int other = i + random.nextInt(8);
        Piece swapped = pieces.get(i);
        pieces.set(i, pieces.get(other));
        pieces.set(other, swapped);
      }
      Wire wire = new Wire().send(SYN, start - 1, "");
      for (Piece piece : pieces) {
        wire.nanos -= Wire.MILLI - 1000;
        wire.send(ACK, start + piece.from, text.substring(piece.from, piece.to));
      }
      wire.end();
      assertThat(wire.messages).as("round %d", round).isEqualTo(expected);
      assertThat(wire.count("tcp_miss")).isZero();
    }
  }

  @Test
  void noSegmentsBreakItAndAllAreAccountedFor() {
    SplittableRandom random = new SplittableRandom(6);
    byte[] text = Wire.bytes(traffic(random) + traffic(random));
    Wire wire = new Wire(Wire.limits(40, 100_000));
    for (int i = 0; i < 60_000; i++) {
      int from = random.nextInt(text.length);
      byte[] payload =
          java.util.Arrays.copyOfRange(
              text, from, Math.min(text.length, from + random.nextInt(2000)));
      for (int change = random.nextInt(3); change > 0 && payload.length > 0; change--) {
        payload[random.nextInt(payload.length)] = (byte) random.nextInt();
      }
      int sequence =
          random.nextInt(20) == 0 ? random.nextInt() : 0x7fff_f000 + random.nextInt(20_000);
      int flags = random.nextInt(3) == 0 ? random.nextInt(256) : ACK;
      int missing = random.nextInt(10) == 0 ? random.nextInt(70_000) : 0;
      int client = 40_000 + random.nextInt(30);
      boolean back = random.nextBoolean();
      wire.send(
          back ? Wire.SERVER : client,
          back ? client : Wire.SERVER,
          flags,
          sequence,
          0x7fff_f000 + random.nextInt(20_000),
          payload,
          missing);
      if (i % 1000 == 0) {
        wire.assertAccounts();
        assertThat(wire.memory.held()).isLessThan(100_000 + 3000);
      }
    }
    wire.tick(10 * Wire.SECOND).end();
    assertThat(wire.count("tcp_failures")).isZero();
    assertThat(wire.count("tcp_mem_reliefs")).isPositive();
    assertThat(wire.count("tcp_stream_evicted")).isPositive();
  }
}
