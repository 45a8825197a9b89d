package io.callscope.capture.tcp;

import static io.callscope.capture.tcp.Segment.ACK;
import static io.callscope.capture.tcp.Segment.SYN;
import static io.callscope.capture.tcp.Wire.SERVER;
import static io.callscope.capture.tcp.Wire.invite;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Envelope;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Floods pass by and leave those alone that do their work. */
class StreamBoundsTest {
  private static final int STREAMS = 1_000_000;
  private static final byte[] NOTHING = {};
  private static final byte[] HALF = Wire.bytes(invite("half", "").substring(0, 120));

  private final Wire wire = new Wire(Wire.limits(5000, 4 << 20));
  private final byte[] whole = Wire.bytes(invite("whole", "v=0\r\n"));

  private void open() {
    wire.send(SYN, 0, "").send(ACK, 1, whole);
  }

  private void goOn() {
    wire.send(ACK, 1 + whole.length, whole);
  }

  @Test
  void aMillionHalfOpenConnectionsPushNoOpenStreamOut() {
    open();
    for (int i = 0; i < STREAMS; i++) {
      wire.nanos -= Wire.MILLI;
      wire.send(100_000 + i, SERVER, SYN, i, 0, NOTHING, 0);
      assertThat(wire.streams.size()).isLessThanOrEqualTo(5000);
    }
    goOn();
    assertThat(wire.messages).hasSize(2);
    assertThat(wire.count("tcp_streams")).isEqualTo(STREAMS + 1);
    assertThat(wire.count("tcp_stream_evicted")).isEqualTo(STREAMS - 5000 + 1);
    wire.end();
    assertThat(wire.count("tcp_closed")).isEqualTo(STREAMS + 1);
  }

  @Test
  void aMillionMessagesThatNeverEndAreHeldWithinBounds() {
    long most = 0;
    for (int i = 0; i < STREAMS; i++) {
      wire.nanos -= Wire.MILLI;
      wire.send(100_000 + i, SERVER, ACK, i, 0, HALF, 0);
      most = Math.max(most, wire.memory.held());
    }
    assertThat(most).isBetween(4L << 19, (4L << 20) + 5000);
    assertThat(wire.count("tcp_lost_messages")).isPositive();
    wire.end();
    assertThat(wire.count("tcp_lost_messages")).isEqualTo(STREAMS);
  }

  /** A reader with a mistake, which it makes when memory is short. */
  private record Clinging(StreamReader reader) implements StreamReader {
    @Override
    public void read(Envelope envelope, byte[] bytes, int from, int end)
        throws InterruptedException {
      reader.read(envelope, bytes, from, end);
    }

    @Override
    public void gap(Envelope envelope, long missing) throws InterruptedException {
      reader.gap(envelope, missing);
    }

    @Override
    public void close(Envelope envelope) throws InterruptedException {
      reader.close(envelope);
    }

    @Override
    public void giveUp(Envelope envelope) throws InterruptedException {
      reader.giveUp(envelope);
      throw new IllegalStateException("a mistake of ours, made by the test");
    }

    @Override
    public boolean isHolding() {
      return reader.isHolding();
    }

    @Override
    public boolean isIgnoring() {
      return reader.isIgnoring();
    }
  }

  @Test
  void aMistakeWhileMemoryIsShortCostsItsStreamAlone() {
    Wire odd =
        new Wire(Wire.limits(5000, 64 << 10), usual -> peer -> new Clinging(usual.reader(peer)));
    for (int i = 0; i < 1000; i++) {
      odd.send(100_000 + i, SERVER, ACK, i, 0, HALF, 0);
    }
    odd.send(SYN, 0, "").send(ACK, 1, whole);
    odd.end();
    assertThat(odd.messages).hasSize(1);
    assertThat(odd.count("tcp_failures")).isPositive();
  }

  /** A message, then something that goes on and on, then another message. */
  private void endless(String start, long bytes) {
    String good = new String(whole, ISO_8859_1);
    wire.send(SYN, 0, "").send(ACK, 1, good + start);
    byte[] more = new byte[32_768];
    Arrays.fill(more, (byte) 'x');
    long most = 0;
    long at = (long) good.length() + start.length();
    for (long sent = 0; sent < bytes; sent += more.length) {
      wire.nanos -= Wire.MILLI;
      wire.send(ACK, (int) (1 + at), more);
      at += more.length;
      most = Math.max(most, wire.memory.held());
    }
    assertThat(most).isLessThan(100_000);
    wire.send(ACK, (int) (1 + at), Wire.bytes("\r\n\r\n" + good));
    assertThat(wire.messages).startsWith(good).endsWith(good);
    wire.end();
    assertThat(wire.count("tcp_total_rcvd")).isEqualTo(at + 4 + whole.length);
  }

  @Test
  void aMessageThatAnnouncesAGigabyteIsAnErrorAndTheNextIsFound() {
    String start = invite("huge", "").replace("Content-Length: 0", "Content-Length: " + (1 << 30));
    endless(start, 1 << 30);
    assertThat(wire.messages).hasSize(2);
    assertThat(wire.errors).singleElement().asString().startsWith("12 ");
  }

  @Test
  void theLargestBodyThatMayBeIsCutAndTheNextIsFound() {
    String start = invite("huge", "").replace("Content-Length: 0", "Content-Length: " + (1 << 24));
    endless(start, 1 << 24);
    assertThat(wire.messages).hasSize(3);
    assertThat(wire.count("tcp_cut_bodies")).isEqualTo(1);
  }

  @Test
  void headersOfAGigabyteAreGivenUpAndTheNextIsFound() {
    endless("INVITE sip:b@c SIP/2.0\r\nX: ", 1 << 30);
    assertThat(wire.messages).hasSize(2);
    assertThat(wire.count("huge_packets")).isEqualTo(1);
  }

  @Test
  void aGigabyteThatIsNoSipIsPassedOverAndTheNextIsFound() {
    endless("no sense\r\n", 1 << 30);
    assertThat(wire.count("tcp_skipped_bytes")).isGreaterThan(1 << 30);
  }

  @Test
  void segmentsThatNeverBecomeNextAreHeldWithinBounds() {
    byte[] payload = new byte[1400];
    long most = 0;
    for (int i = 0; i < 100_000; i++) {
      wire.nanos -= Wire.MILLI;
      int client = 100_000 + i % 1000;
      if (i < 1000) {
        wire.send(client, SERVER, SYN, 0, 0, NOTHING, 0);
      }
      wire.send(client, SERVER, ACK, 1000 + (i / 1000) * 3000, 0, payload, 0);
      most = Math.max(most, wire.memory.held());
    }
    assertThat(most).isLessThan((4L << 20) + 5000);
    assertThat(wire.count("tcp_mem_reliefs")).isPositive();
    wire.end();
  }
}
