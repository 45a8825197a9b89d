package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WaitingRequestsTest {
  private static final long LONG_MILLIS = 50_000;

  private final CountDownLatch hangs = new CountDownLatch(1);
  private final AtomicInteger made = new AtomicInteger();

  private Integer hang() throws InterruptedException {
    hangs.await();
    return made.incrementAndGet();
  }

  @AfterEach
  void goOn() {
    hangs.countDown();
  }

  @Test
  void answersAndFailuresComeBack() {
    WaitingRequests requests = new WaitingRequests(1, LONG_MILLIS);
    assertThat(requests.ask(() -> "answer")).succeedsWithin(20, TimeUnit.SECONDS);
    assertThat(
            requests.ask(
                () -> {
                  throw new IllegalStateException("no member");
                }))
        .failsWithin(20, TimeUnit.SECONDS)
        .withThrowableOfType(Exception.class)
        .withMessageContaining("no member");
  }

  @Test
  void whatIsTooMuchIsRefusedAtOnceAndTheRestIsMade() {
    WaitingRequests requests = new WaitingRequests(1, LONG_MILLIS);
    List<CompletionStage<Integer>> asked = new ArrayList<>();
    int room = WaitingRequests.THREADS + WaitingRequests.MOST_QUEUED;
    for (int i = 0; i < room; i++) {
      asked.add(requests.ask(this::hang));
    }
    assertThat(requests.ask(this::hang))
        .failsWithin(0, TimeUnit.SECONDS)
        .withThrowableOfType(Exception.class)
        .withCauseInstanceOf(RejectedExecutionException.class);
    hangs.countDown();
    for (CompletionStage<Integer> one : asked) {
      assertThat(one).succeedsWithin(20, TimeUnit.SECONDS);
    }
    assertThat(made).hasValue(room);
  }

  @Test
  void whatWasGivenUpBeforeItsTurnIsNotMade() {
    WaitingRequests requests = new WaitingRequests(1, 10);
    for (int i = 0; i < WaitingRequests.THREADS + 5; i++) {
      assertThat(requests.ask(this::hang))
          .failsWithin(20, TimeUnit.SECONDS)
          .withThrowableOfType(Exception.class)
          .withCauseInstanceOf(TimeoutException.class);
    }
    hangs.countDown();
    WaitingRequestsTest.await(requests);
    assertThat(made.get()).isLessThanOrEqualTo(WaitingRequests.THREADS);
  }

  /** Those before it have had their turn when it has its own. */
  private static void await(WaitingRequests requests) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    boolean answered = false;
    while (!answered && System.nanoTime() - deadline < 0) {
      CompletionStage<String> last = requests.ask(() -> "done");
      answered = last.handle((answer, late) -> answer != null).toCompletableFuture().join();
    }
    assertThat(answered).isTrue();
  }
}
