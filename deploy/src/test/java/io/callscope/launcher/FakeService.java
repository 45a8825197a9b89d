package io.callscope.launcher;

import io.callscope.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/** Counts what it is told and does the rest by a script. */
final class FakeService extends VerticleBase {
  private final String instance;
  private final String counter;
  private final Function<FakeService, Future<?>> start;
  private final Function<FakeService, Future<?>> stop;
  private long value;

  FakeService(
      String instance,
      String counter,
      Function<FakeService, Future<?>> start,
      Function<FakeService, Future<?>> stop) {
    this.instance = instance;
    this.counter = counter;
    this.start = start;
    this.stop = stop;
  }

  @Override
  public Future<?> start() {
    vertx.eventBus().consumer(Addresses.COUNTERS_NOW, question -> publish());
    return start.apply(this);
  }

  @Override
  public Future<?> stop() {
    return stop.apply(this).onComplete(done -> publish());
  }

  Vertx vertx() {
    return vertx;
  }

  void count(long by) {
    value += by;
  }

  void source(String name, String state, String error, long packets) {
    vertx
        .eventBus()
        .publish(
            Addresses.SOURCES,
            new JsonObject()
                .put("source", name)
                .put("state", state)
                .put("error", error)
                .put("packets", packets)
                .put("bytes", packets * 100)
                .put("captureMillis", 1000)
                .put("runMillis", 500));
  }

  private void publish() {
    int dot = counter.lastIndexOf('.');
    vertx
        .eventBus()
        .publish(
            Addresses.COUNTERS,
            new JsonObject()
                .put("service", instance)
                .put("instance", instance)
                .put("timeMillis", System.currentTimeMillis())
                .put(
                    "groups",
                    new JsonArray()
                        .add(
                            new JsonObject()
                                .put("name", counter.substring(0, dot))
                                .put(
                                    "counters",
                                    new JsonArray()
                                        .add(
                                            new JsonObject()
                                                .put("name", counter.substring(dot + 1))
                                                .put("kind", "COUNTER")
                                                .put("value", value))))));
  }
}
