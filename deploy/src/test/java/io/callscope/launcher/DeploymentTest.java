package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callscope.bus.ServiceFailedException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a service that throws: isolated, counted, and started anew if it goes on so. */
class DeploymentTest {
  private static final String ADDRESS = "test.work";
  private static final long PATIENCE_SECONDS = 30;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger exitCode = new AtomicInteger(-1);
  private final Faults faults = new Faults(exitCode::set);
  private final AtomicInteger starts = new AtomicInteger();
  private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

  /** Starts that fail, counted from the second on. */
  private volatile int badStarts;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  /** Does what it is told, and throws at "throw". */
  private final class Worker extends VerticleBase {
    private final int number = starts.incrementAndGet();

    @Override
    public Future<?> start() {
      if (number > 1 && number <= 1 + badStarts) {
        throw new IllegalStateException("bad start " + number);
      }
      return vertx
          .eventBus()
          .<String>consumer(
              ADDRESS,
              message -> {
                switch (message.body()) {
                  case "throw" -> throw new IllegalStateException("asked to");
                  case "fail" -> throw new ServiceFailedException("asked to", null);
                  case "memory" -> throw new OutOfMemoryError("direct");
                  default -> {}
                }
                done.add(message.body() + " by " + number);
              })
          .completion();
    }
  }

  private Deployment started(boolean restarts) throws Exception {
    Deployment deployment =
        new Deployment(vertx, new Service("worker", Worker::new, 1, false, restarts), faults);
    deployment.start().await();
    return deployment;
  }

  private void send(String work, int times) {
    for (int i = 0; i < times; i++) {
      vertx.eventBus().send(ADDRESS, work);
    }
  }

  /** Sends until an instance of that number has done it. */
  private void awaitDoneBy(int number) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    String answer = "";
    while (!answer.equals("x by " + number)) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      send("x", 1);
      String next = done.poll(50, TimeUnit.MILLISECONDS);
      answer = next == null ? "" : next;
    }
  }

  private long count(String counter) {
    return FaultCounts.of(faults, counter);
  }

  @Test
  void oneFaultCostsWhatItWasAboutAndNoMore() throws Exception {
    started(true);
    send("throw", 3);
    awaitDoneBy(1);
    assertThat(count("worker")).isEqualTo(3);
    assertThat(count("restarts")).isZero();
  }

  @Test
  void aServiceThatFailsAgainAndAgainIsStartedAnew() throws Exception {
    started(true);
    send("throw", 10);
    awaitDoneBy(2);
    assertThat(count("worker")).isEqualTo(10);
    assertThat(count("restarts")).isEqualTo(1);
    assertThat(count("failed_restarts")).isZero();
  }

  @Test
  void oneThatSaysItCannotGoOnIsStartedAnewAtOnce() throws Exception {
    started(true);
    send("fail", 1);
    awaitDoneBy(2);
    assertThat(count("restarts")).isEqualTo(1);
  }

  @Test
  void withoutMemoryTheProgramEndsWithACodeOfItsOwn() throws Exception {
    started(true);
    send("memory", 1);
    awaitDoneBy(1);
    assertThat(exitCode).hasValue(3);
  }

  @Test
  void aStartThatFailsIsTriedAgain() throws Exception {
    badStarts = 2;
    started(true);
    send("throw", 10);
    awaitDoneBy(4);
    assertThat(count("failed_restarts")).isEqualTo(2);
  }

  @Test
  void whatWouldBeReadTwiceIsOnlyCounted() throws Exception {
    started(false);
    send("throw", 30);
    awaitDoneBy(1);
    assertThat(count("worker")).isEqualTo(30);
    assertThat(starts).hasValue(1);
  }

  @Test
  void aStoppedServiceStaysStopped() throws Exception {
    Deployment deployment = started(true);
    send("throw", 10);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (count("restarts") == 0 && System.nanoTime() < deadline) {
      done.poll(5, TimeUnit.MILLISECONDS);
    }
    deployment.stop().await(10, TimeUnit.SECONDS);
    // Longer than the first wait before a start.
    assertThat(done.poll(1200, TimeUnit.MILLISECONDS)).isNull();
    assertThat(starts).hasValue(1);
    assertThat(count("restarts")).isEqualTo(1);
  }

  @Test
  void theFirstStartFailsWithItsReason() {
    Service broken =
        new Service(
            "broken",
            () ->
                new VerticleBase() {
                  @Override
                  public Future<?> start() {
                    return Future.failedFuture("no such port");
                  }
                },
            1,
            false);
    assertThatThrownBy(() -> new Deployment(vertx, broken, faults).start().await())
        .hasMessage("no such port");
  }
}
