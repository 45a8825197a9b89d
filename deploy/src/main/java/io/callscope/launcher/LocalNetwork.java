package io.callscope.launcher;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** One JVM: nothing leaves it, and no part of a cluster is loaded. */
final class LocalNetwork implements Network {
  /** Within ten seconds the process is gone: some of them belong to the JVM. */
  private static final long STOP_MILLIS = 9500;

  @Override
  public Vertx open(VertxOptions options) {
    return Vertx.vertx(options);
  }

  @Override
  public long stopMillis() {
    return STOP_MILLIS;
  }

  @Override
  public void close() {
    // nothing is there beside the event bus
  }
}
