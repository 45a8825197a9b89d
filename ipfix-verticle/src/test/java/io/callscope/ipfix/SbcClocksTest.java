package io.callscope.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.ipfix.Fixture.Seen;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clocks of SBCs that are wrong or set, and what becomes of the time of their records. */
class SbcClocksTest {
  private static final long SECOND = 1_000_000_000L;

  private final Fixture fixture = new Fixture();
  private final Connection connection = fixture.open();
  private int seconds;

  /** A record of an SBC whose clock is off by so much, a second after the one before. */
  private void record(Connection from, int offSeconds) {
    fixture.pass(1);
    seconds++;
    byte[] message = Examples.of("12.4");
    long now = Fixture.NOW / SECOND + seconds + offSeconds;
    Octets.put16(message, 0x14, (int) (now >>> 16));
    Octets.put16(message, 0x16, (int) (now & 0xffff));
    Octets.put16(message, 0x18, 0);
    Octets.put16(message, 0x1a, 0);
    fixture.read(from, message);
  }

  /** Times of all records, in whole seconds after the start. */
  private List<Long> times() {
    return fixture.records().stream()
        .map(Seen::captureNanos)
        .map(nanos -> (nanos - Fixture.NOW / SECOND * SECOND) / SECOND)
        .toList();
  }

  @Test
  void aClockThatIsSetBackHoldsNobodysTime() {
    record(connection, 0);
    record(connection, -3600);
    record(connection, -3600);
    record(connection, -3600);
    assertThat(times()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(fixture.stat("back_times")).isEqualTo(3);
    assertThat(fixture.count("clock_off")).isZero();
  }

  @Test
  void onceItIsSetRightItIsBelievedAgain() {
    record(connection, 0);
    record(connection, -3600);
    record(connection, -1);
    record(connection, 0);
    assertThat(times()).containsExactly(1L, 2L, 2L, 4L);
    assertThat(fixture.stat("back_times")).isEqualTo(1);
  }

  @Test
  void anSbcThatConnectsAgainWithItsClockSetBackHoldsNobodysTimeEither() {
    record(connection, 0);
    fixture.collector.closed(connection, null);
    Connection again = fixture.open();
    fixture.pass(10);
    seconds += 10;
    record(again, -86_400);
    record(again, -86_400);
    assertThat(times()).containsExactly(1L, 12L, 13L);
  }

  @Test
  void besideOthersItsRecordsHaveTheirTime() {
    Connection good = fixture.open();
    record(good, 0);
    record(connection, -3600);
    record(good, 0);
    record(connection, -3600);
    assertThat(times()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(fixture.stat("back_times")).isEqualTo(2);
  }

  /** As where a capture of last year is fed: its own time is all there is. */
  @Test
  void aFeedFromThePastKeepsItsTime() {
    record(connection, -1000);
    record(connection, -900);
    record(connection, -899);
    assertThat(times()).containsExactly(-999L, -898L, -896L);
    assertThat(fixture.stat("back_times")).isZero();
  }

  @Test
  void aRecordThatWasOnItsWayForASecondKeepsItsPlace() {
    record(connection, 0);
    record(connection, -2);
    record(connection, 0);
    assertThat(times()).containsExactly(1L, 1L, 3L);
    assertThat(fixture.stat("back_times")).isEqualTo(1);
  }
}
