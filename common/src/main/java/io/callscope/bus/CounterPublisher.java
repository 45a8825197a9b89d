package io.callscope.bus;

import io.callscope.counters.CounterGroup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.function.Supplier;

/**
 * Publishes the counters of one service instance on {@link Addresses#COUNTERS}: each second, at
 * once when somebody asks on {@link Addresses#COUNTERS_NOW}, and a last time when it stops. A
 * verticle starts and stops it on its own context. Where an instance of the same name was there
 * before in this process, its counters go on from what that one had counted.
 */
public final class CounterPublisher {
  private static final long PERIOD_MILLIS = 1000;

  private final Vertx vertx;
  private final String service;
  private final String instance;
  private final Supplier<List<CounterGroup>> groups;
  private final boolean goesOn;
  private CountsOfStarts starts = new CountsOfStarts();
  private MessageConsumer<Object> asked;
  private long timer;

  /**
   * @param instance unique among all processes
   * @param groups asked at each turn, so that groups may come and go
   */
  public CounterPublisher(
      Vertx vertx, String service, String instance, Supplier<List<CounterGroup>> groups) {
    this(vertx, service, instance, groups, true);
  }

  private CounterPublisher(
      Vertx vertx,
      String service,
      String instance,
      Supplier<List<CounterGroup>> groups,
      boolean goesOn) {
    this.vertx = vertx;
    this.service = service;
    this.instance = instance;
    this.groups = groups;
    this.goesOn = goesOn;
  }

  /** For counters that know of what was before when their service is started anew. */
  public static CounterPublisher startingAnew(
      Vertx vertx, String service, String instance, Supplier<List<CounterGroup>> groups) {
    return new CounterPublisher(vertx, service, instance, groups, false);
  }

  /** Starts publishing; done when questions are heard. */
  public Future<Void> start() {
    if (goesOn) {
      starts = CountsOfStarts.of(vertx).computeIfAbsent(instance, first -> new CountsOfStarts());
      starts.begin();
    }
    timer = vertx.setPeriodic(PERIOD_MILLIS, id -> publish());
    asked = vertx.eventBus().consumer(Addresses.COUNTERS_NOW, question -> publish());
    return asked.completion();
  }

  /** Publishes the last figures and stops. */
  public Future<Void> stop() {
    publish();
    if (starts.isEmpty()) {
      CountsOfStarts.of(vertx).remove(instance);
    }
    vertx.cancelTimer(timer);
    return asked.unregister();
  }

  private void publish() {
    vertx
        .eventBus()
        .publish(
            Addresses.COUNTERS,
            CounterJson.of(
                service, instance, System.currentTimeMillis(), starts.with(groups.get())));
  }
}
