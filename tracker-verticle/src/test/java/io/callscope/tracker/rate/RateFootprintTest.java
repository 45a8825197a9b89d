package io.callscope.tracker.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.EventType;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

/** The size the figures count for an entry is the one HotSpot gives it. */
class RateFootprintTest {
  @Test
  void anEntryIsTheObjectAndItsArray() {
    RateEntry entry = new RateEntry(0, EventType.CALL_START, 0, 0, 0);
    long type = GraphLayout.parseInstance(EventType.CALL_START).totalSize();
    long all = GraphLayout.parseInstance(entry).totalSize();

    assertThat(RateEntry.BYTES).isEqualTo((int) (all - type));
  }
}
