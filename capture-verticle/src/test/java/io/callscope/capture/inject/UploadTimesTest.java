package io.callscope.capture.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.capture.inject.UploadTimes.Wish;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadTimesTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final long WALL = 500_000 * HOUR;

  private static UploadTimes of(String wish, long first, long clock, String source) {
    TrackerClock trackers = new TrackerClock(clock * HOUR, Set.of(source));
    return UploadTimes.of(Wish.named(wish), first * HOUR, trackers, WALL);
  }

  @ParameterizedTest
  @CsvSource({
    // wish, first packet, clock, source; shift in hours, paced
    "auto, 100, 0, inject, 0, false",
    "auto, 200, 100, inject, 0, false",
    "auto, 100, 200, inject, 100, false",
    "auto, 100, 200, iface:eth0, 100, true",
    "auto, 300, 200, iface:eth0, -100, true",
    "auto, 100, 200, ipfix:4739.0, 100, true",
    "auto, 0, 200, iface:eth0, 0, false",
    "captured, 100, 0, inject, 0, false",
    "captured, 200, 100, inject, 0, false",
    "now, 100, 0, inject, 499900, false",
    "now, 300, 200, inject, -100, false",
    "now, 100, 200, iface:eth0, 100, true",
  })
  void aCaptureNeitherMovesTheClockOfOthersNorLosesItsTimes(
      String wish, long first, long clock, String source, long shiftHours, boolean paced) {
    assertThat(of(wish, first, clock, source)).isEqualTo(new UploadTimes(shiftHours * HOUR, paced));
  }

  @ParameterizedTest
  @CsvSource({
    "captured, 100, 200, inject, begins 4 days before the latest",
    "captured, 199, 200, iface:eth0, begins 60 minutes before it",
    "captured, 300, 200, iface:eth0, begins 4 days after it",
    "auto, 100, 200, pcap, pcap is being read",
    "auto, 300, 200, inject.capture.1.a.pcap, inject.capture.1.a.pcap is being read",
    "later, 100, 200, inject, must be auto",
  })
  void whatWouldDoHarmIsRefusedWithTheReason(
      String wish, long first, long clock, String source, String reason) {
    assertThatThrownBy(() -> of(wish, first, clock, source))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
