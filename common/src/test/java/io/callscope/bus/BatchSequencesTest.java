package io.callscope.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.BatchSequences.Turn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSequencesTest {
  private final BatchSequences sequences = new BatchSequences();
  private final List<SipBatch> batches = batches("pcap@edge1-abcdef", 8);

  private static List<SipBatch> batches(String source, int count) {
    SipBatchBuilder builder = new SipBatchBuilder(source);
    List<SipBatch> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batches.add(builder.build(i, i == count - 1));
    }
    return batches;
  }

  private Turn turn(int batch, boolean isFirst) {
    return sequences.turn(batches.get(batch), isFirst);
  }

  @Test
  void eachBatchIsFollowedOnceThoughItComesAgain() {
    assertThat(turn(0, true)).isEqualTo(Turn.NEXT);
    assertThat(turn(1, false)).isEqualTo(Turn.NEXT);
    assertThat(turn(0, true)).isEqualTo(Turn.REPEATED);
    assertThat(turn(1, true)).isEqualTo(Turn.REPEATED);
    assertThat(turn(2, true)).isEqualTo(Turn.NEXT);
    assertThat(sequences.missing()).isZero();
  }

  @Test
  void oneThatOvertakesAnotherMustComeAgain() {
    assertThat(turn(0, true)).isEqualTo(Turn.NEXT);
    assertThat(turn(2, false)).isEqualTo(Turn.EARLY);
    assertThat(turn(1, true)).isEqualTo(Turn.NEXT);
    assertThat(turn(2, false)).isEqualTo(Turn.NEXT);
  }

  @Test
  void whoDoesNotKnowASourceBeginsWithTheFirstThatIsOpen() {
    assertThat(turn(5, false)).as("4 may be on its way").isEqualTo(Turn.EARLY);
    assertThat(turn(4, true)).isEqualTo(Turn.NEXT);
    assertThat(turn(5, false)).isEqualTo(Turn.NEXT);
    assertThat(sequences.missing()).as("nobody knows what was before").isZero();
  }

  @Test
  void whatAnotherAcknowledgedAndIsNotKnownHereIsCounted() {
    turn(0, true);
    assertThat(turn(3, true)).isEqualTo(Turn.NEXT);
    assertThat(sequences.missing()).isEqualTo(2);
  }

  @Test
  void theLastMayComeAgainAndASourceOfThatNameMayBeginAnew() {
    turn(0, true);
    assertThat(turn(7, true)).isEqualTo(Turn.NEXT);
    assertThat(turn(7, true)).isEqualTo(Turn.REPEATED);
    assertThat(turn(0, true)).isEqualTo(Turn.NEXT);
  }

  @Test
  void aForgottenSourceIsNotKnown() {
    turn(3, true);
    sequences.forget("pcap@edge1-abcdef");
    assertThat(turn(2, true)).isEqualTo(Turn.NEXT);
  }

  @Test
  void aSourceThatStartsAnewBeforeItsLastWasTakenLosesNothing() {
    SipBatchBuilder old = starts();
    for (int i = 0; i < 5; i++) {
      assertThat(sequences.turn(old.build(i, false), true)).isEqualTo(Turn.NEXT);
    }
    SipBatchBuilder anew = starts();
    SipBatch first = anew.build(6, false);
    SipBatch second = anew.build(7, false);
    assertThat(sequences.turn(second, false)).as("overtakes the first").isEqualTo(Turn.EARLY);
    assertThat(sequences.turn(first, true)).isEqualTo(Turn.NEXT);
    assertThat(sequences.turn(first, true)).isEqualTo(Turn.REPEATED);
    assertThat(sequences.turn(second, false)).isEqualTo(Turn.NEXT);
    assertThat(sequences.missing()).as("nothing lies between two starts").isZero();
    anew.build(8, false);
    anew.build(9, false);
    assertThat(sequences.turn(anew.build(10, true), true)).isEqualTo(Turn.NEXT);
    assertThat(sequences.missing()).isEqualTo(2);
  }

  private static SipBatchBuilder starts() {
    return new SipBatchBuilder(
        "ipfix:edge1-abcdef", new BatchPool(), SipBatchBuilder.MAX_RECORDS, BatchSequences.first());
  }
}
