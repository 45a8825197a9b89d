package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Completable;
import io.vertx.core.eventbus.impl.clustered.NodeSelector;
import io.vertx.core.spi.cluster.ClusteredNode;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the event bus is told, which throws at a process whose connection has just broken. */
final class SeparateDeliveryTest {
  private final List<String> delivered = new ArrayList<>();
  private Iterable<String> listeners = List.of("edge", "gone", "web");
  private Throwable failure;
  private String place = "";
  private final ClusteredNode node =
      (ClusteredNode)
          Proxy.newProxyInstance(
              ClusteredNode.class.getClassLoader(),
              new Class<?>[] {ClusteredNode.class},
              (proxy, method, arguments) -> null);

  private int choosers;
  private final SeparateDelivery delivery = new SeparateDelivery(this::chooser);

  /**
   * Knows where somebody listens as it is when it is asked for the first time, and then for good.
   */
  private NodeSelector chooser() {
    choosers++;
    return new NodeSelector() {
      private ClusteredNode own;
      private String known;

      @Override
      public void init(ClusteredNode node) {
        own = node;
      }

      @Override
      public void eventBusStarted() {
        // nor then
      }

      @Override
      public void selectForSend(String address, Completable<String> promise) {
        assertThat(own).isSameAs(node);
        known = known == null ? place + address : known;
        promise.complete(known, failure);
      }

      @Override
      public void selectForPublish(String address, Completable<Iterable<String>> promise) {
        promise.complete(failure == null ? listeners : null, failure);
      }
    };
  }

  @BeforeEach
  void begin() {
    delivery.init(node);
  }

  @Test
  void whoListensWhereIsAskedAnewWhenMembersHaveGone() {
    place = "old ";
    delivery.selectForSend("edge", (process, cause) -> delivered.add(process));
    place = "new ";
    delivery.selectForSend("edge", (process, cause) -> delivered.add(process));
    delivery.registrationsLost();
    delivery.selectForSend("edge", (process, cause) -> delivered.add(process));
    assertThat(delivered).containsExactly("old edge", "old edge", "new edge");
    assertThat(choosers).isEqualTo(2);
  }

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
