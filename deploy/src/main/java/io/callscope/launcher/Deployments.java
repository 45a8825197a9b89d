package io.callscope.launcher;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services that were started and are not stopped yet. One that does not stop keeps no other
 * from it. The main thread's.
 */
final class Deployments {
  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);

  private final Faults faults;

  /** The last one first. */
  private final Deque<Deployment> deployed = new ArrayDeque<>();

  private boolean leftBehind;

  Deployments(Faults faults) {
    this.faults = faults;
  }

  /**
   * Starts one, and waits for that.
   *
   * @param stop when done, it is waited for no longer
   * @throws ExecutionException with what it failed with
   */
  void start(Vertx vertx, Service service, CompletableFuture<Void> stop)
      throws ExecutionException, InterruptedException {
    Deployment deployment = new Deployment(vertx, service, faults);
    deployed.push(deployment);
    CompletableFuture.anyOf(deployment.start().toCompletionStage().toCompletableFuture(), stop)
        .get();
  }

  /** How many instances run. */
  int instances() {
    return deployed.stream()
        .filter(Deployment::isRunning)
        .mapToInt(one -> one.service().instances())
        .sum();
  }

  /** Undeploying services that read input drains them: all at once, they send to others alone. */
  void stopInput(long timeoutMillis) {
    stop(deployed.stream().filter(one -> one.service().readsInput()).toList(), timeoutMillis);
  }

  /**
   * Senders before those they send to, so that nothing is sent to nobody.
   *
   * @param limit what is left for one, given what is left of the time for all
   */
  void stopAll(long timeoutMillis, LongUnaryOperator limit) {
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    for (Deployment one : List.copyOf(deployed)) {
      long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
      stop(List.of(one), limit.applyAsLong(Math.max(0, leftMillis)));
    }
  }

  private void stop(List<Deployment> together, long timeoutMillis) {
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    deployed.removeAll(together);
    List<Future<Void>> stops = together.stream().map(Deployment::stop).toList();
    for (int i = 0; i < stops.size(); i++) {
      try {
        long leftNanos = Math.max(1, deadlineNanos - System.nanoTime());
        stops.get(i).await(leftNanos, TimeUnit.NANOSECONDS);
      } catch (Exception e) { // one that does not end must not keep the others from ending
        Deployment one = together.get(i);
        LOG.warn("{} did not stop in good order: {}", one.service().name(), e.toString());
        leftBehind |= e instanceof TimeoutException && one.hasStarted();
      }
    }
  }

  /** One that had started did not stop in time. */
  boolean leftBehind() {
    return leftBehind;
  }
}
