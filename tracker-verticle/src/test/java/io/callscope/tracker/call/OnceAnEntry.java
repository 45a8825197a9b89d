package io.callscope.tracker.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventJson;
import io.callscope.bus.EventText;
import io.callscope.bus.EventType;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** No entry reports a thing twice, but for its bindings, which come and go. */
final class OnceAnEntry {
  private static final Set<EventType> TYPES =
      EnumSet.complementOf(EnumSet.of(EventType.REG_NEW, EventType.REG_DEL, EventType.REG_EXPIRED));

  private OnceAnEntry() {}

  /** An entry is known by its Call-ID and tag, and when it was made and forked. */
  static void assertThatHolds(List<CallEvent> events) {
    Set<String> seen = new HashSet<>();
    for (CallEvent event : events) {
      if (TYPES.contains(event.type())) {
        String key =
            event.text(EventText.CALL_ID)
                + event.text(EventText.TO_TAG)
                + event.debug().createdNanos()
                + event.debug().forkedNanos()
                + event.type();
        assertThat(seen.add(key)).as(() -> EventJson.of(event).encodePrettily()).isTrue();
      }
    }
  }
}
