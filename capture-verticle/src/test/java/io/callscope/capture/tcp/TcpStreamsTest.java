package io.callscope.capture.tcp;

import static io.callscope.capture.tcp.Segment.ACK;
import static io.callscope.capture.tcp.Segment.FIN;
import static io.callscope.capture.tcp.Segment.RST;
import static io.callscope.capture.tcp.Segment.SYN;
import static io.callscope.capture.tcp.Wire.CLIENT;
import static io.callscope.capture.tcp.Wire.MILLI;
import static io.callscope.capture.tcp.Wire.SECOND;
import static io.callscope.capture.tcp.Wire.SERVER;
import static io.callscope.capture.tcp.Wire.invite;
import static io.callscope.capture.tcp.Wire.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TcpStreamsTest {
  private static final String A = invite("a", "v=0\r\n");
  private static final String B = ok("b");

  private final Wire wire = new Wire();

  private static String part(String text, int from, int to) {
    return text.substring(from, to);
  }

  @Test
  void a8SwappedSegmentsOfAWholeConnection() {
    wire.send(SYN, 99, "")
        .send(ACK, 100, part(A, 0, 50))
        .send(ACK, 200, A.substring(100))
        .send(ACK, 150, part(A, 50, 100))
        .send(FIN | ACK, 100 + A.length(), "")
        .end();
    assertThat(wire.messages).containsExactly(A);
    assertThat(wire.counts())
        .isEqualTo(
            Map.of(
                "tcp_syn", 1L,
                "tcp_fin", 1L,
                "tcp_streams", 1L,
                "tcp_closed", 1L,
                "tcp_segs", 5L,
                "tcp_payloads", 5L,
                "tcp_payload_bytes", (long) A.length(),
                "tcp_total_rcvd", (long) A.length(),
                "tcp_out_of_order", 1L,
                "tcp_sip_bytes", (long) A.length()));
  }

  @Test
  void a9AMessageOfAStreamJoinedInTheMiddleComesAtOnce() {
    wire.send(ACK, 5000, A);
    assertThat(wire.messages).containsExactly(A);
    wire.end();
    assertThat(wire.count("tcp_miss")).isEqualTo(1);
    assertThat(wire.count("tcp_missed_bytes")).isZero();
    assertThat(wire.count("tcp_recovered")).isEqualTo(1);
    assertThat(wire.errors).isEmpty();
  }

  @Test
  void aStreamJoinedWithinAMessageGoesOnAtTheNext() {
    wire.send(ACK, 5000, part(A, 20, A.length()) + B + A).end();
    assertThat(wire.messages).containsExactly(B, A);
    assertThat(wire.count("tcp_skipped_bytes")).isEqualTo(A.length() - 20);
    assertThat(wire.errors).isEmpty();
  }

  @Test
  void theTailOfAMethodIsNoMethod() {
    wire.send(ACK, 5000, A.substring(3) + B).end();
    assertThat(wire.messages).containsExactly(B);
  }

  @Test
  void a10KeepAlivesBetweenMessages() {
    wire.send(SYN, 0, "").send(ACK, 1, A + "\r\n\r\n" + B).end();
    assertThat(wire.messages).containsExactly(A, B);
    assertThat(wire.count("tcp_keepalive_bytes")).isEqualTo(4);
  }

  @Test
  void a12AHoleInABodyCostsABodyAndNothingElse() {
    String body = "x".repeat(300);
    String message = invite("big", body);
    int cut = message.length() - 200;
    wire.send(SYN, 0, "")
        .send(ACK, 1, part(message, 0, cut))
        .send(ACK, 1 + cut + 150, message.substring(cut + 150) + B);
    assertThat(wire.messages).isEmpty();
    wire.tick(SECOND);
    assertThat(wire.messages).containsExactly(part(message, 0, cut), B);
    wire.end();
    assertThat(wire.count("tcp_miss")).isEqualTo(1);
    assertThat(wire.count("tcp_missed_bytes")).isEqualTo(150);
    assertThat(wire.count("tcp_recovered")).isEqualTo(1);
    assertThat(wire.count("tcp_reorder_timeouts")).isEqualTo(1);
    assertThat(wire.count("tcp_cut_bodies")).isEqualTo(1);
    assertThat(wire.count("tcp_cut_bytes")).isEqualTo(50);
    assertThat(wire.errors).isEmpty();
  }

  @Test
  void aHoleInHeadersCostsThatMessage() {
    wire.send(SYN, 0, "").send(ACK, 1, part(A, 0, 60)).send(ACK, 101, A.substring(100) + B + A);
    wire.tick(SECOND).end();
    assertThat(wire.messages).containsExactly(B, A);
    assertThat(wire.count("tcp_lost_messages")).isEqualTo(1);
    assertThat(wire.count("tcp_recovered")).isEqualTo(1);
    assertThat(wire.errors).isEmpty();
  }

  @Test
  void aHoleLongerThanTheBodyIsFollowedBySearch() {
    String message = invite("x", "y".repeat(30));
    wire.send(SYN, 0, "")
        .send(ACK, 1, part(message, 0, message.length() - 10))
        .send(ACK, 1 + message.length() + 40, A.substring(40) + B)
        .tick(SECOND)
        .end();
    assertThat(wire.messages).containsExactly(part(message, 0, message.length() - 10), B);
  }

  @Test
  void holesAreWaitedForAsLongAsTheOptionSaysOnceTheStartIsOver() {
    wire.tick(0).tick(61 * SECOND); // the first minute is over
    wire.send(SYN, 0, "").send(ACK, 2, B);
    wire.tick(59 * SECOND);
    assertThat(wire.messages).isEmpty();
    wire.tick(31 * SECOND);
    assertThat(wire.messages).containsExactly(B);
  }

  @Test
  void whatTheReceiverHasIsNotWaitedFor() {
    wire.tick(0).tick(61 * SECOND);
    wire.send(SYN, 0, "").send(ACK, 1, part(A, 0, 60)).send(ACK, 101, A.substring(100) + B);
    int acknowledged = 1 + A.length() + B.length();
    wire.send(SERVER, CLIENT, ACK, 900, acknowledged, new byte[0], 0);
    assertThat(wire.messages).as("another path may be slower").isEmpty();
    wire.nanos += 200 * MILLI;
    wire.send(SERVER, CLIENT, ACK, 900, acknowledged, new byte[0], 0);
    assertThat(wire.messages).containsExactly(B);
    assertThat(wire.count("tcp_acked_holes")).isEqualTo(1);
    wire.end();
  }

  @Test
  void whatTheReceiverHasIsGivenUpAlsoWhenItFallsSilent() {
    wire.tick(0).tick(61 * SECOND);
    wire.send(SYN, 0, "").send(ACK, 101, B);
    wire.send(SERVER, CLIENT, ACK, 900, 101 + B.length(), new byte[0], 0);
    wire.tick(2 * SECOND);
    assertThat(wire.messages).containsExactly(B);
  }

  @Test
  void aFalseAcknowledgementFarAwayChangesNothing() {
    wire.send(SYN, 0, "").send(ACK, 2, B);
    wire.nanos += 300 * MILLI;
    wire.send(SERVER, CLIENT, ACK, 900, 1 << 30, new byte[0], 0);
    assertThat(wire.messages).isEmpty();
  }

  @Test
  void retransmissionsAndOverlapsBringEachByteOnce() {
    wire.send(SYN, 0, "")
        .send(SYN, 0, "")
        .send(ACK, 1, part(A, 0, 70))
        .send(ACK, 1, part(A, 0, 70))
        .send(ACK, 31, part(A, 30, 90))
        .send(ACK, 121, part(A, 120, A.length()))
        .send(ACK, 141, part(A, 140, A.length()))
        .send(ACK, 81, part(A, 80, 150))
        .end();
    assertThat(wire.messages).containsExactly(A);
    assertThat(wire.count("tcp_dups")).as("SYN, first, queued").isEqualTo(3);
    assertThat(wire.count("tcp_miss")).isZero();
  }

  @Test
  void ofBytesThatContradictThoseDeliveredFirstCount() {
    wire.send(SYN, 0, "")
        .send(ACK, 1, part(A, 0, 70))
        .send(ACK, 41, "#".repeat(30) + A.substring(70))
        .end();
    assertThat(wire.messages).containsExactly(A);
  }

  @Test
  void sequenceNumbersWrap() {
    int start = -40;
    wire.send(SYN, start - 1, "")
        .send(ACK, start + 100, A.substring(100))
        .send(ACK, start, part(A, 0, 100))
        .send(ACK, start + A.length(), B)
        .end();
    assertThat(wire.messages).containsExactly(A, B);
  }

  @Test
  void aNewStartOnTheSamePortsEndsTheOldStream() {
    wire.send(SYN, 0, "").send(ACK, 1, part(A, 0, 50)).send(SYN, 7000, "").send(ACK, 7001, B).end();
    assertThat(wire.messages).containsExactly(B);
    assertThat(wire.count("tcp_reused")).isEqualTo(1);
    assertThat(wire.count("tcp_streams")).isEqualTo(2);
    assertThat(wire.count("tcp_closed")).isEqualTo(2);
    assertThat(wire.count("tcp_lost_messages")).isEqualTo(1);
    assertThat(wire.errors).isEmpty();
  }

  @Test
  void aNewConnectionWhoseStartWasMissedIsTakenUp() {
    int far = 1 << 30;
    wire.send(SYN, 0, "").send(ACK, 1, A).send(ACK, far, A).send(ACK, far + A.length(), B).end();
    assertThat(wire.messages).as("one stray segment proves nothing").containsExactly(A, B);
    assertThat(wire.count("tcp_stray")).isEqualTo(1);
  }

  @Test
  void anInjectedSegmentFarAwayHarmsNobody() {
    wire.send(SYN, 0, "")
        .send(ACK, 1, part(A, 0, 50))
        .send(RST, 1 << 30, "")
        .send(ACK, 1 << 29, B)
        .send(ACK, 51, A.substring(50))
        .end();
    assertThat(wire.messages).containsExactly(A);
  }

  @Test
  void aResetEndsTheStreamAndWhatItSaysIsNoData() {
    wire.send(SYN, 0, "").send(ACK, 1, A).send(RST, 1 + A.length(), "go away").end();
    assertThat(wire.messages).containsExactly(A);
    assertThat(wire.count("tcp_fin")).isEqualTo(1);
    assertThat(wire.count("tcp_closed")).isEqualTo(1);
  }

  @Test
  void theEndWaitsForWhatIsBeforeIt() {
    wire.send(SYN, 0, "")
        .send(ACK, 1, part(A, 0, 50))
        .send(FIN | ACK, 101, A.substring(100))
        .send(ACK, 51, part(A, 50, 100));
    assertThat(wire.messages).containsExactly(A);
    assertThat(wire.count("tcp_closed")).isEqualTo(1);
    wire.end();
  }

  @Test
  void lateRepetitionsOfAClosedStreamAreNoNewStream() {
    wire.send(SYN, 0, "").send(FIN | ACK, 1, A).send(FIN | ACK, 1, A).send(ACK, 1, A);
    assertThat(wire.messages).containsExactly(A);
    assertThat(wire.count("tcp_streams")).isEqualTo(1);
    wire.tick(61 * SECOND).tick(SECOND);
    assertThat(wire.streams.size()).isZero();
    wire.end();
  }

  @Test
  void dataBehindTheEndIsANewConnection() {
    wire.send(SYN, 0, "").send(FIN | ACK, 1, A).send(ACK, 90_000, B).end();
    assertThat(wire.messages).containsExactly(A, B);
    assertThat(wire.count("tcp_streams")).isEqualTo(2);
  }

  @Test
  void acknowledgementsAreCountedAndLeftAlone() {
    wire.send(ACK, 77, "").send(FIN | ACK, 77, "").send(RST, 77, "").end();
    assertThat(wire.counts()).isEqualTo(Map.of("tcp_empty", 3L));
  }

  @Test
  void bytesThatWereNotCapturedAreAHole() {
    byte[] head = Wire.bytes(part(A, 0, 40));
    wire.send(SYN, 0, "").send(CLIENT, SERVER, ACK, 1, 0, head, A.length() - 40);
    wire.send(ACK, 1 + A.length(), B).end();
    assertThat(wire.messages).containsExactly(B);
    assertThat(wire.count("tcp_missed_bytes")).isEqualTo(A.length() - 40);
    assertThat(wire.count("tcp_recovered")).isEqualTo(1);
  }

  @Test
  void silentStreamsAreClosedAndOthersStay() {
    wire.send(SYN, 0, "").send(ACK, 1, part(A, 0, 50));
    for (int i = 0; i < 70; i++) {
      wire.tick(60 * SECOND - MILLI).send(SERVER, CLIENT, ACK, 500 + i, 0, Wire.bytes("\n"), 0);
    }
    assertThat(wire.count("tcp_stream_timeouts")).isEqualTo(1);
    assertThat(wire.count("tcp_closed")).isEqualTo(1);
    assertThat(wire.streams.size()).isEqualTo(1);
    wire.end();
  }

  @Test
  void otherTimeoutsHoldFromTheNextLookOn() {
    wire.tick(0).tick(61 * SECOND); // the first minute is over
    wire.send(SYN, 0, "").send(ACK, 2, B);
    wire.streams.timeouts(new TcpTimeouts(5 * SECOND, 3 * SECOND, 20 * SECOND));
    wire.tick(4 * SECOND);
    assertThat(wire.messages).as("not looked at yet").isEmpty();
    wire.tick(SECOND);
    assertThat(wire.messages).containsExactly(B);
    wire.tick(14 * SECOND);
    assertThat(wire.streams.size()).isEqualTo(1);
    wire.tick(5 * SECOND);
    assertThat(wire.count("tcp_stream_timeouts")).isEqualTo(1);
    assertThat(wire.streams.size()).isZero();
    wire.end();
  }

  @Test
  void withoutHousekeepingNothingIsGivenUpByTime() {
    TcpOptions usual = TcpOptions.DEFAULTS;
    TcpOptions never =
        new TcpOptions(
            0, usual.reorderNanos(), usual.connectionNanos(), 0, 0, 10, 1 << 20, List.of());
    Wire quiet = new Wire(never);
    quiet.send(SYN, 0, "").send(ACK, 2, B).tick(86_400 * SECOND);
    assertThat(quiet.messages).isEmpty();
    quiet.end();
    assertThat(quiet.messages).containsExactly(B);
  }

  @Test
  void theEndOfInputDeliversWhatIsQueued() {
    wire.send(SYN, 0, "").send(ACK, 1 + 50, B).send(ACK, 500, A).end();
    assertThat(wire.messages).containsExactly(B, A);
    assertThat(wire.times).containsExactly(wire.nanos, wire.nanos);
  }

  @Test
  void aFullQueueGivesTheOldestHoleUp() {
    wire.send(SYN, 0, "");
    int at = 2;
    for (int i = 0; i < 255; i++, at += B.length()) {
      wire.send(ACK, at, B);
    }
    assertThat(wire.messages).isEmpty();
    wire.send(ACK, at, B);
    assertThat(wire.messages).hasSize(256);
    assertThat(wire.count("tcp_missed_bytes")).isEqualTo(1);
    wire.end();
  }

  @Test
  void aLongSegmentTakesAsMuchOfTheQueueAsSeveral() {
    wire.send(SYN, 0, "");
    byte[] large = new byte[60_000];
    for (int i = 0; i < 8; i++) {
      wire.send(ACK, 2 + i * large.length, large); // 32 blocks each
      assertThat(wire.count("tcp_miss")).isEqualTo(i < 7 ? 0 : 1);
    }
    wire.end();
  }
}
