package io.callscope.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Clocks of the machine that are set, both ways. */
class SetBackTest {
  private static final long WALL = 1_700_000_000_000_000_000L;
  private static final long SECOND = 1_000_000_000L;

  private final SetBack setBack = new SetBack();
  private long wall = WALL;
  private long monotonic = -17 * SECOND;

  private long pass(double seconds, double set) {
    monotonic += (long) (seconds * SECOND);
    wall += (long) ((seconds + set) * SECOND);
    return setBack.look(wall, monotonic);
  }

  private double ahead() {
    return (double) (setBack.goingOn(wall) - wall) / SECOND;
  }

  @Test
  void aClockThatRunsIsLeftAlone() {
    for (int i = 0; i < 100; i++) {
      assertThat(pass(1, i % 2 == 0 ? 0.1 : -0.1)).isZero();
      assertThat(ahead()).isZero();
    }
  }

  @Test
  void timeGoesOnWhereItWasAndCatchesUp() {
    pass(1, 0);
    assertThat(pass(1, -100)).isEqualTo(100 * SECOND);
    assertThat(ahead()).isEqualTo(100);
    pass(500, 0);
    assertThat(ahead()).isEqualTo(50);
    pass(600, 0);
    assertThat(ahead()).isZero();
  }

  @Test
  void oneStepAfterAnotherAddsUpAndOneForwardTakesAway() {
    pass(1, 0);
    pass(0, -10);
    pass(0, -5);
    assertThat(ahead()).isEqualTo(15);
    pass(0, 12);
    assertThat(ahead()).isEqualTo(3);
    pass(0, 60);
    assertThat(ahead()).isZero();
  }

  @Test
  void aTimeFromBeforeTheStepIsNotMoved() {
    pass(1, 0);
    long before = wall;
    pass(0.1, -100);
    assertThat(setBack.goingOn(before)).isEqualTo(before);
  }

  @Test
  void aSourceThatLooksNeverStandsStill() {
    SourceTime time = new SourceTime();
    time.look(WALL, 0);
    assertThat(time.advance(WALL)).isEqualTo(WALL);
    time.look(WALL - 60 * SECOND, 0);
    assertThat(time.advance(WALL - 60 * SECOND + 5)).isEqualTo(WALL + 5);
    assertThat(time.wentBack()).isFalse();
  }
}
