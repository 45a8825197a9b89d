package io.callscope.tracker.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventDebug;
import io.callscope.bus.EventEnds;
import io.callscope.bus.EventOutcome;
import io.callscope.bus.EventText;
import io.callscope.bus.EventTexts;
import io.callscope.bus.EventType;
import io.callscope.net.Transport;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SentEventsTest {
  private final AtomicInteger forgotten = new AtomicInteger();
  private final SentEvents sent = new SentEvents(forgotten::incrementAndGet);

  private static CallEvent event(long nanos) {
    return CallEvent.raised(
        EventType.CALL_END,
        nanos,
        EventEnds.of(Transport.UDP, "192.0.2.1", 5060, "192.0.2.2", 5061),
        new EventTexts.Builder().add(EventText.CALL_ID, "c@x").build(),
        EventOutcome.NONE,
        EventDebug.none(nanos));
  }

  @Test
  void whatIsTooMuchIsForgottenFromTheFirstOnAndTold() {
    for (int i = 0; i < SentEvents.MAX_EVENTS + 3; i++) {
      sent.add(event(i));
    }
    assertThat(forgotten).hasValue(3);
    assertThat(sent.all()).hasSize(SentEvents.MAX_EVENTS);
    assertThat(sent.all().get(0).timeNanos()).isEqualTo(3);
    sent.published(100);
    assertThat(forgotten).as("published ones are not missed").hasValue(3);
  }
}
