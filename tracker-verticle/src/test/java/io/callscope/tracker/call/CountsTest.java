package io.callscope.tracker.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A client that repeats itself for days fills the counts of its entry, and harms nothing else. */
class CountsTest {
  private final Scenario scenario =
      new Scenario().play("0 INVITE · 1 200(B) · 2 ACK(B) · 2 <BYE(B)[100] · 2 >200/BYE[100]");
  private final CallEntry entry = scenario.tracker.store.table.oldest();

  CountsTest() {
    fill(entry.caller);
    fill(entry.sideToChange(1));
    entry.messageCount = Integer.MAX_VALUE;
    entry.stateCount = Integer.MAX_VALUE;
  }

  private static void fill(CallSide side) {
    side.requests = Integer.MAX_VALUE;
    side.replies = Integer.MAX_VALUE;
    side.requestRetransmissions = Integer.MAX_VALUE;
    side.replyRetransmissions = Integer.MAX_VALUE;
  }

  private void goOn() {
    scenario.play(
        "3 OPTIONS(B)[2] · 3 OPTIONS(B)[2] · 3 200/OPTIONS(B)[2] · 3 200/OPTIONS(B)[2]"
            + " · 4 <INFO(B)[101] · 4 <INFO(B)[101] · 4 >200/INFO[101] · 4 >200/INFO[101]");
  }

  @Test
  void theyStayAtTheirLargest() {
    goOn();
    Map<String, Object> view = scenario.tracker.query().call("call-1@192.0.2.1").get(0);
    List<Integer> most = List.of(Integer.MAX_VALUE, Integer.MAX_VALUE);

    assertThat(view)
        .containsEntry("requests", most)
        .containsEntry("replies", most)
        .containsEntry("requestRetransmissions", most)
        .containsEntry("replyRetransmissions", most);
    assertThat((String) view.get("messageTrace"))
        .startsWith("...[2147483631]")
        .endsWith(">OPTIONS{1}<200{1}<INFO{1}>200{1}");
    assertThat((String) view.get("stateTrace")).startsWith("...[2147483637]->");
  }

  @Test
  void theEntryCanBeRestored() {
    goOn();
    CallEntry restored = new SegmentOfOne().roundTrip(entry, new Interner());

    assertThat(restored.messageCount).isEqualTo(Integer.MAX_VALUE);
    assertThat(restored.stateCount).isEqualTo(Integer.MAX_VALUE);
  }
}
