package io.callscope.capture.tcp;

import static io.callscope.capture.tcp.Segment.ACK;
import static io.callscope.capture.tcp.Segment.SYN;
import static io.callscope.capture.tcp.Wire.SERVER;
import static io.callscope.capture.tcp.Wire.invite;
import static org.assertj.core.api.Assertions.assertThat;

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
