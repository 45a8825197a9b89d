package io.callscope.web.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.web.health.Stage.Reason;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StageWatchTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int MINUTES = 5 * 60;

  private final StageWatch watch = new StageWatch();

  private static Stage stage(long in, long handled, long lost) {
    List<Reason> losses = lost == 0 ? List.of() : List.of(new Reason("a.reason", lost));
    return new Stage("bus", in, handled, List.of(), losses, 0);
  }

  private long missing(int second, long in, long handled) {
    watch.sample(List.of(stage(in, handled, 0)), second * SECOND);
    return watch.at(second * SECOND).get("bus").missing();
  }

  @Test
  void whatStaysOpenWhileNothingMovesIsMissing() {
    for (int second = 0; second < 3; second++) {
      assertThat(missing(second, 10, 8)).isZero();
    }
    assertThat(missing(3, 10, 8)).isEqualTo(2);
    assertThat(missing(4, 10, 10)).as("it came late").isZero();
    for (int second = 5; second < 9; second++) {
      assertThat(missing(second, 10, 10)).isZero();
    }
  }

  @Test
  void whatWasHandledWithoutComingInIsSaidToo() {
    for (int second = 0; second < 3; second++) {
      missing(second, 10, 11);
    }
    assertThat(missing(3, 10, 11)).isEqualTo(-1);
  }

  /** Each service tells its figures at times of its own, up to a second old. */
  @Test
  void nothingIsMissingUnderSteadyTrafficThatIsHandled() {
    SplittableRandom random = new SplittableRandom(1);
    long rate = 10_000;
    for (int second = 0; second < MINUTES; second++) {
      long now = second * rate;
      long in = now - random.nextLong(rate);
      long handled = Math.max(0, now - random.nextLong(2 * rate));
      assertThat(missing(second, in, handled)).isZero();
    }
  }

  @Test
  void aLossIsSeenThoughTrafficNeverPauses() {
    long lost = 50_000;
    long rate = 10_000;
    long most = 0;
    for (int second = 0; second < MINUTES; second++) {
      long handled = second * rate - (second < 100 ? 0 : lost);
      long missing = missing(second, second * rate, handled);
      assertThat(missing).isBetween(0L, lost);
      most = Math.max(most, missing);
    }
    assertThat(most).as("all but what may be on its way").isEqualTo(lost - 3 * rate);
  }

  @Test
  void oneMessageThatIsMissingIsSeenWhenTrafficPauses() {
    long in = 0;
    long most = 0;
    for (int second = 0; second < MINUTES; second++) {
      in += second % 50 < 45 ? 1000 : 0;
      most = Math.max(most, missing(second, in, in - 1));
    }
    assertThat(most).isEqualTo(1);
  }

  /** A tracker that is held up for half a minute, and then does all. */
  @Test
  void whatIsHeldUpIsNotMissing() {
    for (int second = 0; second < MINUTES; second++) {
      long handled = second < 100 || second > 130 ? second : 100;
      assertThat(missing(second, second, handled)).isZero();
    }
  }

  /** Writers that are slower than what comes, for as long as it comes. */
  @Test
  void whatStandsInAQueueIsNotMissing() {
    for (int second = 0; second < MINUTES; second++) {
      long in = 100_000L + 2000L * second;
      watch.sample(
          List.of(new Stage("dump", in, in - 20_000, List.of(), List.of(), 20_000)),
          second * SECOND);
      assertThat(watch.at(second * SECOND).get("dump").missing()).isZero();
    }
  }

  @Test
  void anOldLossStaysOldWhereNobodyTellsOfItForAMoment() {
    watch.sample(List.of(stage(9, 2, 7)), 0);
    watch.sample(List.of(), 50 * SECOND);
    watch.sample(List.of(stage(9, 8, 1)), 51 * SECOND);
    watch.sample(List.of(stage(9, 2, 7)), 52 * SECOND);
    assertThat(watch.at(52 * SECOND).get("bus").quietNanos()).isEqualTo(52 * SECOND);
  }

  @Test
  void knowsSinceWhenNothingWasLost() {
    watch.sample(List.of(stage(1, 1, 0)), 0);
    watch.sample(List.of(stage(9, 2, 7)), 10 * SECOND);
    watch.sample(List.of(stage(9, 2, 7)), 30 * SECOND);
    assertThat(watch.at(30 * SECOND).get("bus").quietNanos()).isEqualTo(20 * SECOND);
    watch.sample(List.of(stage(10, 2, 8)), 31 * SECOND);
    assertThat(watch.at(31 * SECOND).get("bus").quietNanos()).isZero();
  }
}
