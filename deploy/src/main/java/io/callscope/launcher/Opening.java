package io.callscope.launcher;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/**
 * The wait for the network, which may take minutes where nobody is there. {@link #stop} ends it
 * from any thread, and interrupts nothing else.
 */
final class Opening {
  private boolean stopped;

  /** Who waits, else null. */
  private Thread waiting;

  synchronized void stop() {
    stopped = true;
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  /**
   * @throws InterruptedException if it is told to stop, before or meanwhile
   */
  Vertx open(Network network, VertxOptions options) throws StartException, InterruptedException {
    synchronized (this) {
      if (stopped) {
        throw new InterruptedException("told to stop before anything began");
      }
      waiting = Thread.currentThread();
    }
    try {
      return network.open(options);
    } finally {
      synchronized (this) {
        waiting = null;
        if (stopped) {
          Thread.interrupted(); // meant for the network, if it came too late for it
        }
      }
    }
  }
}
