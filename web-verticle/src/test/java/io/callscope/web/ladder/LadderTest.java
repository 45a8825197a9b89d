package io.callscope.web.ladder;

import static io.callscope.web.ladder.Script.ALICE;
import static io.callscope.web.ladder.Script.BOB;
import static io.callscope.web.ladder.Script.PROXY;
import static io.callscope.web.ladder.Script.SDP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LadderTest {
  private static Script call() {
    return new Script()
        .add(0, ALICE, PROXY, "INVITE", "1 INVITE", SDP)
        .add(2, PROXY, BOB, "INVITE", "1 INVITE", SDP)
        .toTag("t")
        .add(100, BOB, PROXY, "180 Ringing", "1 INVITE")
        .add(101, PROXY, ALICE, "180 Ringing", "1 INVITE")
        .add(2000, BOB, PROXY, "200 OK", "1 INVITE", SDP)
        .add(2001, PROXY, ALICE, "200 OK", "1 INVITE", SDP)
        .add(2050, ALICE, BOB, "ACK", "1 ACK")
        .add(9000, BOB, ALICE, "BYE", "7 BYE")
        .add(9010, ALICE, BOB, "200 OK", "7 BYE");
  }

  @Test
  void columnsStandInOrderOfFirstAppearance() {
    Ladder ladder = call().draw();
    assertThat(ladder.participants())
        .containsExactly(
            new Ladder.Participant("192.0.2.1", List.of(5060)),
            new Ladder.Participant("192.0.2.2", List.of(5060)),
            new Ladder.Participant("2001:db8::3", List.of(5080)));
    assertThat(ladder.arrows())
        .extracting(Arrow::from, Arrow::to)
        .startsWith(pair(0, 1), pair(1, 2), pair(2, 1), pair(1, 0))
        .endsWith(pair(0, 2), pair(2, 0), pair(0, 2));
  }

  private static org.assertj.core.groups.Tuple pair(int from, int to) {
    return org.assertj.core.groups.Tuple.tuple(from, to);
  }

  @Test
  void messagesAreInOrderOfTimeWhateverTheirOrderBefore() {
    List<LadderMessage> messages = call().messages();
    Collections.reverse(messages);
    List<Arrow> arrows = Ladder.of(messages, false).arrows();
    assertThat(arrows.get(0).label()).isEqualTo("INVITE");
    assertThat(arrows).extracting(Arrow::number).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(arrows.get(2).sinceStartNanos()).isEqualTo(100_000_000);
    assertThat(arrows.get(2).gapNanos()).isEqualTo(98_000_000);
  }

  /** Who answers with a new tag each time must not keep those who look at the call waiting. */
  @Test
  @Timeout(20)
  void aCallWithAnyNumberOfCalleesIsDrawn() {
    Script script = new Script().add(0, ALICE, PROXY, "INVITE", "1 INVITE");
    int callees = 60_000;
    for (int i = 0; i < callees; i++) {
      script.toTag("t" + i).add(1, PROXY, ALICE, "200 OK", "1 INVITE");
    }
    List<Arrow> arrows = script.draw().arrows();
    assertThat(arrows.get(callees).fork()).isEqualTo(callees);
  }

  @Test
  void labelsSayWhatEachMessageIs() {
    Ladder ladder =
        call()
            .add(9100, ALICE, BOB, "INVITE", "8 INVITE")
            .add(9200, BOB, ALICE, "486 Busy", "8 INVITE")
            .draw();
    assertThat(ladder.arrows())
        .extracting(Arrow::label)
        .contains("INVITE", "180 Ringing", "200 OK", "ACK", "BYE", "200 OK (BYE)", "re-INVITE");
    assertThat(ladder.arrows())
        .extracting(Arrow::kind)
        .contains(Arrow.Kind.REQUEST, Arrow.Kind.PROVISIONAL, Arrow.Kind.SUCCESS)
        .endsWith(Arrow.Kind.FAILURE);
  }

  @Test
  void portsOfAnAddressShareAColumnUnlessItTalksToItself() {
    LadderMessage.End ephemeral = new LadderMessage.End("192.0.2.1", 40123);
    Script script =
        new Script()
            .add(0, ephemeral, PROXY, "INVITE", "1 INVITE")
            .add(1, PROXY, ALICE, "BYE", "2 BYE");
    assertThat(script.draw().participants())
        .containsExactly(
            new Ladder.Participant("192.0.2.1", List.of(5060, 40123)),
            new Ladder.Participant("192.0.2.2", List.of(5060)));
    assertThat(Ladder.of(script.messages(), true).participants()).hasSize(3);
    script.add(2, ephemeral, ALICE, "OPTIONS", "3 OPTIONS");
    assertThat(script.draw().participants()).hasSize(3);
  }

  @Test
  void theSameMessageOnTheSameWayIsARepetition() {
    List<Arrow> arrows =
        new Script()
            .add(0, ALICE, PROXY, "INVITE", "1 INVITE", SDP)
            .add(1, ALICE, PROXY, "INVITE", "1 INVITE", SDP)
            .add(501, ALICE, PROXY, "INVITE", "1 INVITE", SDP)
            .add(1501, ALICE, PROXY, "INVITE", "1 INVITE", SDP)
            .add(1502, PROXY, BOB, "INVITE", "1 INVITE", SDP)
            .branch("z9hG4bK2")
            .add(1600, ALICE, PROXY, "INVITE", "2 INVITE", SDP)
            .draw()
            .arrows();
    assertThat(arrows).extracting(Arrow::repetition).containsExactly(0, 1, 2, 3, 0, 0);
    assertThat(arrows)
        .as("sent again too soon for any timer: captured twice")
        .extracting(Arrow::twin)
        .containsExactly(false, true, false, false, false, false);
  }

  @Test
  void aProvisionalReplyWithAnotherBodyIsNoRepetition() {
    List<Arrow> arrows =
        new Script()
            .add(0, PROXY, ALICE, "183 Session Progress", "1 INVITE")
            .add(600, PROXY, ALICE, "183 Session Progress", "1 INVITE", SDP)
            .draw()
            .arrows();
    assertThat(arrows).extracting(Arrow::repetition).containsExactly(0, 0);
  }

  @Test
  void calleesOfAForkedInviteAreNumbered() {
    List<Arrow> arrows =
        new Script()
            .add(0, ALICE, PROXY, "INVITE", "1 INVITE")
            .toTag("t1")
            .add(10, PROXY, ALICE, "180 Ringing", "1 INVITE")
            .toTag("t2")
            .add(20, PROXY, ALICE, "180 Ringing", "1 INVITE")
            .add(30, PROXY, ALICE, "200 OK", "1 INVITE")
            .add(40, ALICE, PROXY, "ACK", "1 ACK")
            .fromTag("t2")
            .toTag("f")
            .add(50, PROXY, ALICE, "BYE", "1 BYE")
            .draw()
            .arrows();
    assertThat(arrows).extracting(Arrow::fork).containsExactly(0, 1, 2, 2, 2, 2);
    assertThat(call().draw().arrows()).extracting(Arrow::fork).containsOnly(0);
  }

  @Test
  void bothSidesOfABorderControllerAreTold() {
    Ladder ladder =
        new Script()
            .callId("inside")
            .add(0, ALICE, PROXY, "INVITE", "1 INVITE")
            .callId("outside")
            .add(1, PROXY, BOB, "INVITE", "1 INVITE")
            .add(2, BOB, PROXY, "100 Trying", "1 INVITE")
            .draw();
    assertThat(ladder.callIds()).containsExactly("inside", "outside");
    assertThat(ladder.arrows()).extracting(Arrow::callId).containsExactly(0, 1, 1);
  }

  @Test
  void whatCannotBeParsedIsThereAllTheSame() {
    Ladder ladder =
        call()
            .raw(9500, ALICE, PROXY, "INVITE sip:bob SIP/2.0\r\nCall-ID: a@x\r\nCSeq: what\r\n\r\n")
            .draw();
    Arrow last = ladder.arrows().get(9);
    assertThat(last.kind()).isEqualTo(Arrow.Kind.UNREADABLE);
    assertThat(last.label()).isEqualTo("INVITE sip:bob SIP/2.0");
    assertThat(new Script().raw(0, ALICE, PROXY, "").draw().arrows()).hasSize(1);
  }

  @Test
  void offersAndAnswersAreToldApart() {
    assertThat(call().draw().arrows())
        .extracting(arrow -> arrow.sdp().replaceAll(":.*", ""))
        .containsExactly("offer", "offer", "", "", "answer", "answer", "", "", "");
    List<Arrow> late =
        new Script()
            .add(0, ALICE, BOB, "INVITE", "1 INVITE")
            .toTag("t")
            .add(1, BOB, ALICE, "200 OK", "1 INVITE", SDP)
            .add(2, ALICE, BOB, "ACK", "1 ACK", SDP)
            .add(3, BOB, ALICE, "200 OK", "1 INVITE", SDP)
            .add(4, ALICE, BOB, "ACK", "1 ACK", SDP)
            .add(5, ALICE, BOB, "UPDATE", "2 UPDATE", SDP)
            .add(6, BOB, ALICE, "200 OK", "2 UPDATE", SDP)
            .draw()
            .arrows();
    assertThat(late)
        .extracting(arrow -> arrow.sdp().replaceAll(":.*", ""))
        .containsExactly("", "offer", "answer", "offer", "answer", "offer", "answer");
  }

  @Test
  void nothingIsDrawnOfNothing() {
    Ladder ladder = Ladder.of(List.of(), false);
    assertThat(ladder.participants()).isEmpty();
    assertThat(ladder.arrows()).isEmpty();
  }
}
