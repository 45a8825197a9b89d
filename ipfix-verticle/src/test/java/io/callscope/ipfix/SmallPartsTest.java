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

  private static boolean isDue(LegPairs pairs, String a, String b, double seconds) {
    byte[] first = a.getBytes(StandardCharsets.US_ASCII);
    byte[] second = b.getBytes(StandardCharsets.US_ASCII);
    // A clock of the machine's own may begin below 0.
    long nanos = Long.MIN_VALUE / 2 + (long) (seconds * 1e9);
    return pairs.isDue(first, 0, first.length, second, 0, second.length, nanos);
  }

  @Test
  void aPairOfLegsIsToldOnceWhicheverLegTellsIt() {
    LegPairs pairs = new LegPairs();
    assertThat(isDue(pairs, "a@x", "b@y", 0)).isTrue();
    assertThat(isDue(pairs, "a@x", "b@y", 0)).isFalse();
    assertThat(isDue(pairs, "b@y", "a@x", 0)).isFalse();
    assertThat(isDue(pairs, "a@x", "c@z", 0)).isTrue();
    assertThat(isDue(pairs, "a@x", "a@x", 0)).as("one call").isFalse();
  }

  @Test
  void aPairOfLegsIsToldAgainBeforeWhoWasToldForgetsIt() {
    LegPairs pairs = new LegPairs();
    assertThat(isDue(pairs, "a@x", "b@y", 100)).isTrue();
    assertThat(isDue(pairs, "a@x", "b@y", 114.9)).isFalse();
    assertThat(isDue(pairs, "b@y", "a@x", 115)).isTrue();
    assertThat(isDue(pairs, "a@x", "b@y", 129.9)).as("since it was told").isFalse();
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
