package io.callscope.capture.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Envelope;
import org.junit.jupiter.api.Test;

class StreamTableTest {
  private static final int STREAMS = 60_000;

  private final StreamTable table = new StreamTable();
  private final Envelope envelope = new Envelope();

  /** Source addresses whose halves were chosen to cancel each other out in a simple hash. */
  private void forged(int number) {
    envelope.sourceHigh = number * 31L;
    envelope.sourceLow = number;
    envelope.sourcePort = 5060;
    envelope.destinationHigh = 0x2001_0db8_0000_0000L;
    envelope.destinationLow = 1;
    envelope.destinationPort = 5060;
  }

  @Test
  void nobodyCanChooseStreamsThatMeetInOneChain() {
    for (int i = 0; i < STREAMS; i++) {
      forged(i);
      table.create(envelope, false);
    }
    assertThat(table.chains().longest()).isLessThan(30);
    for (int i = 0; i < STREAMS; i += 1000) {
      forged(i);
      assertThat(table.find(envelope).isOf(envelope)).isTrue();
      assertThat(table.findReverse(envelope)).isNull();
    }
  }

  @Test
  void theOppositeDirectionIsFound() {
    forged(1);
    TcpStream stream = table.create(envelope, false);
    stream.describe(envelope);
    long high = envelope.sourceHigh;
    long low = envelope.sourceLow;
    envelope.sourceHigh = envelope.destinationHigh;
    envelope.sourceLow = envelope.destinationLow;
    envelope.destinationHigh = high;
    envelope.destinationLow = low;
    assertThat(table.find(envelope)).isNull();
    assertThat(table.findReverse(envelope)).isSameAs(stream);
  }
}
