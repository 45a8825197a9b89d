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
  private static final String END = "endByNanos";

  /** What {@link #of} says from now on. */
  public void enter(Vertx vertx) {
    vertx.sharedData().<String, String>getLocalMap(MAP).put(KEY, name());
  }

  /** The state that was entered last; ready where nobody has entered any. */
  public static ProcessState of(Vertx vertx) {
    String name = vertx.sharedData().<String, String>getLocalMap(MAP).get(KEY);
    return name == null ? READY : valueOf(name);
  }

  /**
   * The process stops: what its services still do is to be over by then.
   *
   * @param nanos on the clock of {@link System#nanoTime}
   */
  public static void endBy(Vertx vertx, long nanos) {
    vertx.sharedData().<String, Long>getLocalMap(MAP).put(END, nanos);
  }

  /**
   * By when a service that is stopped now is to be done.
   *
   * @param limitNanos its own limit, from now on
   * @return on the clock of {@link System#nanoTime}
   */
  public static long end(Vertx vertx, long limitNanos) {
    long own = System.nanoTime() + limitNanos;
    Long process = vertx.sharedData().<String, Long>getLocalMap(MAP).get(END);
    return process == null || own - process < 0 ? own : process;
  }
}
