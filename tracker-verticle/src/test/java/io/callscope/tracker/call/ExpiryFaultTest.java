package io.callscope.tracker.call;

import static io.callscope.tracker.Traffic.EPOCH;
import static io.callscope.tracker.Traffic.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventText;
import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Feed;
import io.callscope.tracker.Traffic.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An entry that cannot expire is dropped, once, and keeps no other from it. */
class ExpiryFaultTest {
  private static final String CONTACT = "Contact: <sip:c@192.0.2.9>;expires=60";

  private final List<CallEvent> events = new ArrayList<>();
  private final List<RuntimeException> faults = new ArrayList<>();
  private final CallTracker tracker =
      new CallTracker(
          new CallSettings(), new CallCounters(), new RegCounters(), this::take, faults::add);
  private final Feed feed = new Feed("pcap");
  private String poisoned = "";

  private void take(CallEvent event) {
    if (event.text(EventText.CALL_ID).equals(poisoned)) {
      throw new IllegalStateException("poisoned");
    }
    events.add(event);
  }

  private void follow(Message message, double seconds) {
    tracker.advance(nanos(seconds));
    tracker.accept(feed.add(message, nanos(seconds)).build(0), 0);
  }

  @Test
  void theOthersExpireAndTheFaultDoesNotComeAgain() {
    for (int i = 0; i < 3; i++) {
      follow(Dialog.call(i).request("OPTIONS", "", 1), 0);
    }
    poisoned = Dialog.call(1).callId();

    tracker.advance(EPOCH + 60_000_000_000L);
    tracker.advance(EPOCH + 120_000_000_000L);

    assertThat(faults).hasSize(1);
    assertThat(events).hasSize(2);
    assertThat(tracker.store.table.size()).isZero();
    assertThat(tracker.store.wheel.size()).isZero();
  }

  @Test
  void aMessageOfTheSameCallBeginsAnew() {
    Dialog call = Dialog.call(1);
    follow(call.request("OPTIONS", "", 1), 0);
    poisoned = call.callId();

    follow(call.request("OPTIONS", "", 2), 30);
    follow(call.request("OPTIONS", "", 3), 31);

    assertThat(faults).hasSize(1);
    assertThat(tracker.store.table.size()).isEqualTo(1);
    assertThat(tracker.store.wheel.size()).isEqualTo(1);
  }

  @Test
  void itsBindingsGoWithIt() {
    Dialog client = Dialog.registration(1, 1);
    follow(client.request("REGISTER", "", 1, CONTACT), 0);
    follow(client.reply(200, "REGISTER", "y", 1, CONTACT), 0);
    poisoned = client.callId();

    tracker.advance(EPOCH + 1_000_000_000_000L);
    tracker.advance(EPOCH + 2_000_000_000_000L);

    assertThat(faults).hasSize(1);
    assertThat(tracker.query().bindingTable()).containsEntry("entries", 0);
    assertThat(tracker.store.table.size()).isZero();
    assertThat(tracker.store.wheel.size()).isZero();
  }
}
