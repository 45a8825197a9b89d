package io.callscope.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallPartsTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "'', 0.0.0.0, none",
        "127.0.0.1, 127.0.0.1, none",
        "127.0.0.1:4740, 127.0.0.1, 4740",
        "::1, 0:0:0:0:0:0:0:1, none",
        "[::1], 0:0:0:0:0:0:0:1, none",
        "[::1]:4740, 0:0:0:0:0:0:0:1, 4740",
        "localhost, 127.0.0.1, none",
      })
  void whereToListenIsAnAddressOrAName(String option, String host, String port)
      throws UnknownHostException {
    ListenAddress address = ListenAddress.parse(option);
    assertThat(address.resolve()).isEqualTo(host);
    assertThat(address.droppedPort()).isEqualTo(port);
  }

  private static boolean isNew(LegPairs pairs, String a, String b) {
    byte[] first = a.getBytes(StandardCharsets.US_ASCII);
    byte[] second = b.getBytes(StandardCharsets.US_ASCII);
    return pairs.isNew(first, 0, first.length, second, 0, second.length);
  }

  @Test
  void aPairOfLegsIsToldOnceWhicheverLegTellsIt() {
    LegPairs pairs = new LegPairs();
    assertThat(isNew(pairs, "a@x", "b@y")).isTrue();
    assertThat(isNew(pairs, "a@x", "b@y")).isFalse();
    assertThat(isNew(pairs, "b@y", "a@x")).isFalse();
    assertThat(isNew(pairs, "a@x", "c@z")).isTrue();
    assertThat(isNew(pairs, "a@x", "a@x")).as("one call").isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "5, 6, 1, -1",
    "5, 5, 1, -1",
    "5, 8, 3, -1",
    "5, 8, 1, 2",
    "5, 4, 1, 0",
    "4294967295, 0, 1, -1",
    "4294967295, 2, 1, 2",
  })
  void sequenceNumbersCountMessagesOrRecordsOrNothing(
      long last, long next, int records, long jump) {
    SequenceCheck check = new SequenceCheck();
    assertThat(check.jump(last, records)).isEqualTo(-1);
    assertThat(check.jump(next, 1)).isEqualTo(jump);
  }

  @Test
  void aFullHandoverAsksToPauseAndLaterToGoOn() throws InterruptedException {
    Handover handover = new Handover(4000);
    Handover.Received item = new Handover.Received(null, new byte[1000]);
    for (int i = 0; i < 3; i++) {
      assertThat(handover.put(item)).isFalse();
    }
    assertThat(handover.put(item)).isTrue();
    assertThat(handover.paused()).as("too early to go on").isFalse();
    assertThat(handover.mayGoOn()).isFalse();
    for (int i = 0; i < 4; i++) {
      assertThat(handover.mayGoOn()).isFalse();
      assertThat(handover.poll(0)).isSameAs(item);
    }
    assertThat(handover.mayGoOn()).isTrue();
    assertThat(handover.mayGoOn()).as("once a pause").isFalse();
    assertThat(handover.bytes()).isZero();
    assertThat(handover.poll(0)).isNull();
    assertThat(handover.paused()).as("emptied meanwhile").isTrue();
  }
}
