package io.callscope.cluster;

import io.callscope.bus.ProcessName;
import io.callscope.bus.Replies;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether the event bus reaches other processes: members may see each other while the bus
 * between them refuses, as with a certificate of another authority. For the main thread.
 */
final class Greetings {
  private static final Logger LOG = LoggerFactory.getLogger(Greetings.class);
  private static final String PREFIX = "callscope.hello.";
  private static final long ANSWER_MILLIS = 3000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long PAUSE_MILLIS = 200;

  private final Vertx vertx;
  private final ProcessName self;

  private enum Answer {
    HEARD,

    /** It does not listen yet, or no more. */
    ABSENT,
    SILENT
  }

  Greetings(Vertx vertx, ProcessName self) {
    this.vertx = vertx;
    this.self = self;
  }

  /**
   * Greets all others until one of them answers; answers theirs from now on.
   *
   * @throws ClusterException if some are there and none answers
   */
  void exchange(Supplier<List<MemberFacts>> others) throws ClusterException, InterruptedException {
    vertx
        .eventBus()
        .consumer(PREFIX + self.text(), message -> Replies.give(message, self.text()))
        .completion()
        .await();
    long startNanos = System.nanoTime();
    List<String> silent = new ArrayList<>();
    while (System.nanoTime() - startNanos < PATIENCE_NANOS) {
      List<MemberFacts> now = others.get();
      List<Future<Answer>> answers = now.stream().map(this::greet).toList();
      silent.clear();
      boolean heard = answers.isEmpty();
      for (int i = 0; i < answers.size(); i++) {
        Answer answer = answers.get(i).await();
        heard |= answer == Answer.HEARD;
        if (answer == Answer.SILENT) {
          silent.add(now.get(i).process().text());
        }
      }
      if (heard) {
        silent.forEach(who -> LOG.warn("{} does not answer on the event bus", who));
        return;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    if (!silent.isEmpty()) {
      throw new ClusterException(
          String.join(", ", silent)
              + " is there, but does not answer on the event bus: are the certificates of both from"
              + " -cluster_tls_ca, and does a firewall let -cluster_bus_port pass?");
    }
  }

  private Future<Answer> greet(MemberFacts other) {
    return vertx
        .eventBus()
        .request(
            PREFIX + other.process().text(),
            self.text(),
            new DeliveryOptions().setSendTimeout(ANSWER_MILLIS))
        .map(Answer.HEARD)
        .otherwise(
            cause ->
                cause instanceof ReplyException reply
                        && reply.failureType() == ReplyFailure.NO_HANDLERS
                    ? Answer.ABSENT
                    : Answer.SILENT);
  }
}
