package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.ProcessName;
import io.callscope.bus.WireFormat;
import io.callscope.config.Role;
import io.callscope.launcher.Program;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An item that is of no use any more is ended, released and taken anew, alone. */
@Tag("failover")
@Timeout(120)
class RenewalTest {
  private static final long PATIENCE_SECONDS = 30;
  private static final long WAIT_MILLIS = 700;

  private final BlockingQueue<String> life = new LinkedBlockingQueue<>();
  private final List<LongConsumer> renewals = Collections.synchronizedList(new ArrayList<>());
  private ClusterNode node;
  private Vertx vertx;

  private final class Item extends VerticleBase {
    private final String name;

    Item(int number, long term) {
      name = number + "/" + term;
    }

    @Override
    public Future<?> start() {
      life.add(name + " begins");
      return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
      life.add(name + " ends");
      return Future.succeededFuture();
    }
  }

  private ClusterVerticle join() throws Exception {
    int port = Program.freePort();
    MemberFacts self =
        new MemberFacts(
            new ProcessName("renewal"),
            Set.of(Role.TRACKER),
            "test",
            WireFormat.VERSION,
            2,
            1,
            false,
            0);
    node =
        new ClusterNode(
            new ClusterConfig(
                "renewal-" + ProcessHandle.current().pid(),
                self,
                "127.0.0.1",
                false,
                port,
                0,
                List.of("127.0.0.1:" + port),
                TimeUnit.SECONDS.toMillis(30),
                null));
    vertx = node.join(new VertxOptions());
    ClusterVerticle cluster =
        new ClusterVerticle(
            node,
            List.of(
                new OwnedGroup(
                    "tracker",
                    Role.TRACKER,
                    2,
                    number -> "test." + number,
                    (number, term, renew) -> {
                      renewals.add(renew);
                      return new Item(number, term);
                    },
                    new DeploymentOptions())));
    vertx.deployVerticle(cluster).await();
    return cluster;
  }

  @AfterEach
  void leave() {
    vertx.close().await();
    node.leave();
  }

  private List<String> next(int count) throws InterruptedException {
    List<String> next = new ArrayList<>();
    while (next.size() < count) {
      next.add(life.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
    return next;
  }

  @Test
  void theItemComesBackWithANewTermAfterAWhile() throws Exception {
    ClusterVerticle cluster = join();
    assertThat(next(2)).containsExactlyInAnyOrder("0/1 begins", "1/1 begins");
    long startNanos = System.nanoTime();
    renewals.get(1).accept(WAIT_MILLIS);
    assertThat(next(2)).containsExactly("1/1 ends", "1/2 begins");
    assertThat(System.nanoTime() - startNanos)
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS));

    cluster.renew("tracker");
    assertThat(next(4))
        .containsExactlyInAnyOrder("0/1 ends", "0/2 begins", "1/2 ends", "1/3 begins");
  }
}
