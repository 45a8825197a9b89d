package io.callscope.capture.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PipeTrafficTest {
  private static final long SECOND = 1_000_000_000;
  private static final long WALL = 1_700_000_000 * SECOND;

  private final PipeTraffic traffic = new PipeTraffic(WALL);

  /** Seconds ago, of packets that are read now. */
  private boolean waitsAfter(long wallNanos, double... agesSeconds) {
    traffic.read(wallNanos);
    for (double age : agesSeconds) {
      traffic.packet(wallNanos - (long) (age * SECOND));
    }
    return traffic.waits(7);
  }

  @Test
  void nothingIsLiveBeforeItsFirstPacket() {
    assertThat(traffic.waits(7)).isFalse();
    assertThat(waitsAfter(WALL)).isFalse();
  }

  @Test
  void timeIsAsFarBehindAsTheSlowestPacketAndASecond() {
    assertThat(waitsAfter(WALL, 0.1, 0.5, 0)).isTrue();
    assertThat(traffic.timeNanos(7)).isEqualTo(WALL - SECOND - SECOND / 2);
    assertThat(traffic.timeNanos(7 + 60 * SECOND)).isEqualTo(WALL + 58 * SECOND + SECOND / 2);
    assertThat(waitsAfter(WALL, 0.25)).isTrue();
    assertThat(traffic.timeNanos(7))
        .as("one came later before")
        .isEqualTo(WALL - SECOND - SECOND / 2);
    assertThat(waitsAfter(WALL)).as("what is read is no whole packet").isTrue();
  }

  @Test
  void theClockOfThePacketsCounts() {
    assertThat(waitsAfter(WALL, -5, -4)).isTrue();
    assertThat(traffic.timeNanos(7)).isEqualTo(WALL + 3 * SECOND);
    assertThat(waitsAfter(WALL, -11)).as("too far ahead").isFalse();
  }

  @Test
  void oldCapturesAndWhatIsWrittenInLargePiecesAreNotLive() {
    assertThat(waitsAfter(WALL, 11)).isFalse();
    assertThat(waitsAfter(WALL, 30, 20, 1, 0)).isFalse();
    assertThat(waitsAfter(WALL, 10)).isTrue();
  }

  @Test
  void whatWasSlowBeforeItWasLiveDoesNotCount() {
    assertThat(waitsAfter(WALL, 3600)).isFalse();
    assertThat(waitsAfter(WALL, 0)).isTrue();
    assertThat(traffic.timeNanos(7)).isEqualTo(WALL - SECOND);
  }
}
