package io.callscope.tracker.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventDebug;
import io.callscope.bus.EventEnds;
import io.callscope.bus.EventOutcome;
import io.callscope.bus.EventTexts;
import io.callscope.bus.EventType;
import io.callscope.net.Transport;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventDelaysTest {
  private static final long NOW = 1_700_000_000_000_000_000L;
  private static final EventDebug.Side SIDE = new EventDebug.Side(0, 0, 0, 0, 0, 0, 0, 0);

  private final EventDelays delays = new EventDelays();

  private void publish(String trigger, long delayMillis) {
    EventDebug debug = new EventDebug("", EventType.EMPTY, 0, trigger, 0, 0, 0, SIDE, SIDE);
    delays.published(
        CallEvent.raised(
            EventType.CALL_START,
            NOW - delayMillis * 1_000_000,
            EventEnds.of(Transport.UDP, "192.0.2.1", 1, "192.0.2.2", 2),
            new EventTexts.Builder().build(),
            EventOutcome.NONE,
            debug),
        NOW);
  }

  private Map<String, Long> counted() {
    Map<String, Long> counted = new TreeMap<>();
    for (int i = 0; i < delays.group().definitions().size(); i++) {
      String name = delays.group().definitions().get(i).name();
      if (delays.group().value(i) != 0 && !name.equals("last_ms")) {
        counted.put(name, delays.group().value(i));
      }
    }
    return counted;
  }

  @Test
  void eachEventOfAMessageIsInOneClass() {
    for (long delay : new long[] {-5, 0, 1, 2, 3, 5, 20, 21, 9999, 10_001, 59_999}) {
      publish(delay % 2 == 0 ? "request" : "reply", delay);
    }
    assertThat(counted())
        .isEqualTo(
            Map.of(
                "ms_1",
                3L,
                "ms_2",
                1L,
                "ms_5",
                2L,
                "ms_20",
                1L,
                "ms_50",
                1L,
                "ms_10000",
                1L,
                "longer",
                2L));
  }

  @Test
  void timersAndOldCapturesAreNotCounted() {
    publish("timeout", 3);
    publish("reply", 60_000);
    publish("reply", 86_400_000);
    assertThat(counted()).isEmpty();
  }
}
