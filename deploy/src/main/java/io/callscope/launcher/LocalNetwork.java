package io.callscope.launcher;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** One JVM: nothing leaves it, and no part of a cluster is loaded. */
final class LocalNetwork implements Network {
  @Override
  public Vertx open(VertxOptions options) {
    return Vertx.vertx(options);
  }

  @Override
  public void close() {
    // nothing is there beside the event bus
  }
}
