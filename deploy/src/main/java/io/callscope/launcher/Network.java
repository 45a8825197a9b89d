package io.callscope.launcher;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** What services meet on. The main thread calls it. */
interface Network {
  /**
   * Makes the event bus; may take a while.
   *
   * @throws StartException with a line for people
   */
  Vertx open(VertxOptions options) throws StartException, InterruptedException;

  /** What an orderly stop may take in all. */
  long stopMillis();

  /** After the event bus is closed. */
  void close();
}
