package io.callscope.web.events;

import io.callscope.bus.Addresses;
import io.callscope.bus.CallEvent;
import io.callscope.bus.EventType;
import io.callscope.counters.CounterGroup;
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
  private final Listener listener;
  private final List<CounterGroup> more;

  /** Hears of each event as it is stored, and of each second. Called on this verticle's context. */
  public interface Listener {
    void onEvent(CallEvent event);

    void onSecond();
  }

  /**
   * @param more counters of the web service that are published with those of the ring
   */
  public EventRingVerticle(
      EventRing ring, RingCounters counters, Listener listener, List<CounterGroup> more) {
    this.ring = ring;
    this.counters = counters;
    this.listener = listener;
    this.more = more;
  }

  @Override
  public Future<?> start() {
    List<Future<Void>> ready = new ArrayList<>();
    for (EventType type : EventType.values()) {
      ready.add(
          vertx.eventBus().<Object>consumer(Addresses.event(type), this::onEvent).completion());
    }
    vertx.setPeriodic(
        1000,
        id -> {
          listener.onSecond();
          publishCounters();
        });
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
      listener.onEvent(event);
    } else {
      counters.foreign();
    }
  }

  private void publishCounters() {
    CounterTable table = new CounterTable();
    counters.groups().forEach(table::add);
    more.forEach(table::add);
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
