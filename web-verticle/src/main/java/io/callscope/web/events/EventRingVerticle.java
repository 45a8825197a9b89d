package io.callscope.web.events;

import io.callscope.bus.Addresses;
import io.callscope.bus.CallEvent;
import io.callscope.bus.EventType;
import io.callscope.counters.CounterTable;
import io.callscope.web.counters.CounterTables;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Fills the event ring, on a context of its own so that no page ever delays it. */
public final class EventRingVerticle extends VerticleBase {
  private final EventRing ring;
  private final RingCounters counters;

  public EventRingVerticle(EventRing ring, RingCounters counters) {
    this.ring = ring;
    this.counters = counters;
  }

  @Override
  public Future<?> start() {
    List<Future<Void>> ready = new ArrayList<>();
    for (EventType type : EventType.values()) {
      ready.add(
          vertx.eventBus().<Object>consumer(Addresses.event(type), this::onEvent).completion());
    }
    vertx.setPeriodic(1000, id -> publishCounters());
    ready.add(
        vertx
            .eventBus()
            .<Object>consumer(Addresses.COUNTERS + ".now", question -> publishCounters())
            .completion());
    return Future.all(ready);
  }

  private void onEvent(Message<Object> message) {
    if (message.body() instanceof CallEvent event) {
      long expected = ring.range().next();
      counters.count(event, ring.put(event), event.number() - expected);
    } else {
      counters.foreign();
    }
  }

  private void publishCounters() {
    CounterTable table = new CounterTable();
    counters.groups().forEach(table::add);
    vertx
        .eventBus()
        .publish(
            Addresses.COUNTERS,
            new JsonObject()
                .put("service", "web")
                .put("instance", "web." + deploymentID())
                .put("timeMillis", System.currentTimeMillis())
                .put("groups", CounterTables.json(table)));
  }
}
