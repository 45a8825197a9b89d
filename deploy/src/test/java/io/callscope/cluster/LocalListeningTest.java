package io.callscope.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.ProcessName;
import io.callscope.bus.WireFormat;
import io.callscope.config.Role;
import io.callscope.launcher.Program;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is published to all is heard by local listeners of its own process too. Programs follow
 * their own counters and sources that way: in a large cluster those of all would be too many for
 * each.
 */
@Timeout(120)
class LocalListeningTest {
  private static final String ADDRESS = "test.news";
  private static final long PATIENCE_SECONDS = 30;

  private static ClusterNode node(String name, int port, int other) {
    MemberFacts self =
        new MemberFacts(
            new ProcessName(name),
            Set.of(Role.TRACKER),
            "test",
            WireFormat.VERSION,
            2,
            1,
            false,
            0);
    return new ClusterNode(
        new ClusterConfig(
            "listening-" + ProcessHandle.current().pid(),
            self,
            "127.0.0.1",
            false,
            port,
            0,
            List.of("127.0.0.1:" + port, "127.0.0.1:" + other),
            TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS),
            null));
  }

  @Test
  void isHeardWhoeverElseListens() throws Exception {
    int port = Program.freePort();
    int other = Program.freePort();
    ClusterNode first = node("first", port, other);
    ClusterNode second = node("second", other, port);
    BlockingQueue<String> here = new LinkedBlockingQueue<>();
    BlockingQueue<String> everywhere = new LinkedBlockingQueue<>();
    Vertx own = first.join(new VertxOptions());
    Vertx others = second.join(new VertxOptions());
    try {
      own.eventBus().<String>localConsumer(ADDRESS, m -> here.add(m.body())).completion().await();
      own.eventBus().publish(ADDRESS, "nobody listens to all");
      assertThat(here.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("nobody listens to all");

      others
          .eventBus()
          .<String>consumer(ADDRESS, m -> everywhere.add(m.body()))
          .completion()
          .await();
      String heard = null;
      while (heard == null) { // the news of a listener takes a moment
        own.eventBus().publish(ADDRESS, "one listens to all");
        assertThat(here.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("one listens to all");
        heard = everywhere.poll(100, TimeUnit.MILLISECONDS);
      }
      assertThat(heard).isEqualTo("one listens to all");
    } finally {
      own.close().await();
      first.leave();
      others.close().await();
      second.leave();
    }
  }
}
