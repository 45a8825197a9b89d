package io.callscope.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.SourceStatus.Pace;
import io.callscope.bus.SourceStatus.State;
import org.junit.jupiter.api.Test;

class SourceStatusTest {
  private static final SourceStatus STATUS =
      new SourceStatus(
          "pcap", State.FAILED, "a: is empty", 1, 2, 3, 4, 5, 6, 7, 8, new Pace("a", 9, 10));

  @Test
  void survivesItsJson() {
    assertThat(SourceStatus.of(STATUS.json())).isEqualTo(STATUS);
    assertThat(STATUS.json().encode())
        .isEqualTo(
            "{\"source\":\"pcap\",\"state\":\"failed\",\"error\":\"a: is empty\",\"packets\":1,"
                + "\"bytes\":2,\"firstNanos\":3,\"lastNanos\":4,\"captureMillis\":5,"
                + "\"runMillis\":6,\"totalBytes\":7,\"readBytes\":8,\"reading\":\"a\","
                + "\"packetsPerSecond\":9,\"leftMillis\":10}");
  }

  @Test
  void refusesAnUnknownState() {
    assertThatThrownBy(() -> SourceStatus.of(STATUS.json().put("state", "asleep")))
        .hasMessage("no state of a source: asleep");
  }
}
