package io.callscope.launcher;

import io.callscope.cluster.ClusterException;
import io.callscope.cluster.ClusterNode;
import io.callscope.config.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;

/** Processes joined by Hazelcast. */
final class ClusteredNetwork implements Network {
  /** The state of its partitions is handed over, of millions of calls. */
  private static final long STOP_MILLIS = 40_000;

  private final Settings settings;
  private final ClusterNode node;

  ClusteredNetwork(Settings settings, ClusterNode node) {
    this.settings = settings;
    this.node = node;
  }

  @Override
  public Vertx open(VertxOptions options) throws StartException, InterruptedException {
    List<String> problems = ClusteredCheck.problems(settings);
    if (!problems.isEmpty()) {
      throw new StartException("cannot join the cluster: " + String.join("; ", problems));
    }
    try {
      return node.join(options);
    } catch (ClusterException e) {
      throw new StartException("cannot join the cluster: " + e.getMessage(), e);
    }
  }

  @Override
  public long stopMillis() {
    return STOP_MILLIS;
  }

  @Override
  public void close() {
    node.leave();
  }
}
