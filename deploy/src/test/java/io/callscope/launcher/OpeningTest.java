package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.junit.jupiter.api.Test;

class OpeningTest {
  private final Opening opening = new Opening();

  /** What is done while it is waited for; there is no bus. */
  private static Network network(Runnable meanwhile) {
    return new Network() {
      @Override
      public Vertx open(VertxOptions options) {
        meanwhile.run();
        return null;
      }

      @Override
      public long stopMillis() {
        return 1000;
      }

      @Override
      public void close() {
        // nothing is there
      }
    };
  }

  @Test
  void whatIsToldToStopBeforehandOpensNothing() {
    opening.stop();
    assertThatThrownBy(
            () ->
                opening.open(
                    network(
                        () -> {
                          throw new AssertionError("opened");
                        }),
                    new VertxOptions()))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void aStopThatComesTooLateInterruptsNothingBehindIt() throws Exception {
    boolean[] interrupted = new boolean[1];
    opening.open(
        network(
            () -> {
              opening.stop();
              interrupted[0] = Thread.currentThread().isInterrupted();
            }),
        new VertxOptions());
    assertThat(interrupted[0]).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    opening.stop();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
