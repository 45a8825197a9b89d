package io.callscope.launcher;

import io.callscope.cluster.ClusterException;
import io.callscope.cluster.ClusterNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** Processes joined by Hazelcast. */
final class ClusteredNetwork implements Network {
  private final ClusterNode node;

  ClusteredNetwork(ClusterNode node) {
    this.node = node;
  }

  @Override
  public Vertx open(VertxOptions options) throws StartException, InterruptedException {
    try {
      return node.join(options);
    } catch (ClusterException e) {
      throw new StartException("cannot join the cluster: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    node.leave();
  }
}
