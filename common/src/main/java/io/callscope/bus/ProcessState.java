package io.callscope.bus;

import io.vertx.core.Vertx;

/**
 * How far the life of this process is, for who answers those that start and stop it. Any thread.
 */
public enum ProcessState {
  STARTING,
  READY,
  STOPPING;

  private static final String MAP = "callscope.process";
  private static final String KEY = "state";

  /** What {@link #of} says from now on. */
  public void enter(Vertx vertx) {
    vertx.sharedData().<String, String>getLocalMap(MAP).put(KEY, name());
  }

  /** The state that was entered last; ready where nobody has entered any. */
  public static ProcessState of(Vertx vertx) {
    String name = vertx.sharedData().<String, String>getLocalMap(MAP).get(KEY);
    return name == null ? READY : valueOf(name);
  }
}
