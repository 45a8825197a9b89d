package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Completable;
import io.vertx.core.eventbus.impl.clustered.NodeSelector;
import io.vertx.core.spi.cluster.ClusteredNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the event bus is told, which throws at a process whose connection has just broken. */
final class SeparateDeliveryTest {
  private final List<String> delivered = new ArrayList<>();
  private Iterable<String> listeners = List.of("edge", "gone", "web");
  private Throwable failure;

  private final SeparateDelivery delivery =
      new SeparateDelivery(
          new NodeSelector() {
            @Override
            public void init(ClusteredNode node) {
              // asks nobody
            }

            @Override
            public void eventBusStarted() {
              // nor then
            }

            @Override
            public void selectForSend(String address, Completable<String> promise) {
              promise.complete(address, failure);
            }

            @Override
            public void selectForPublish(String address, Completable<Iterable<String>> promise) {
              promise.complete(failure == null ? listeners : null, failure);
            }
          });

  private void deliver(Iterable<String> processes, Throwable cause) {
    if (cause != null || processes == null || !processes.iterator().hasNext()) {
      delivered.add(cause == null ? "here" : cause.getMessage());
      return;
    }
    processes.forEach(
        process -> {
          if (process.equals("gone")) {
            throw new IllegalStateException("Result is already complete");
          }
          delivered.add(process);
        });
  }

  @Test
  void whoListensBehindOneThatIsGoneIsToldToo() {
    delivery.selectForPublish("news", this::deliver);
    assertThat(delivered).containsExactly("edge", "web");
  }

  @Test
  void whereNobodyListensElsewhereItStaysHere() {
    listeners = List.of();
    delivery.selectForPublish("news", this::deliver);
    listeners = null;
    delivery.selectForPublish("news", this::deliver);
    assertThat(delivered).containsExactly("here", "here");
  }

  @Test
  void aFailureIsTheBussOwn() {
    failure = new IllegalArgumentException("nobody knows");
    delivery.selectForPublish("news", this::deliver);
    delivery.selectForSend(
        "edge", (process, cause) -> delivered.add(process + " " + cause.getMessage()));
    assertThat(delivered).containsExactly("nobody knows", "edge nobody knows");
  }

  @Test
  void aRequestToOneThatIsGoneDoesNotThrow() {
    delivery.selectForSend("edge", (process, cause) -> delivered.add(process));
    delivery.selectForSend(
        "gone",
        (process, cause) -> {
          throw new IllegalStateException("Result is already complete");
        });
    assertThat(delivered).containsExactly("edge");
  }
}
