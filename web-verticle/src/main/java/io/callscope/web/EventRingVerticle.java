package io.callscope.web;

import io.callscope.bus.Addresses;
import io.callscope.bus.CallEvent;
import io.callscope.bus.EventType;
import io.callscope.counters.CounterGroup;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;

/** Fills the event ring, on a context of its own so that no page ever delays it. */
final class EventRingVerticle extends VerticleBase {
  private final EventRing ring;
  private final RingCounters counters;

  EventRingVerticle(EventRing ring, RingCounters counters) {
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

  /** The groups of its counters, for whoever publishes them. */
  List<CounterGroup> counterGroups() {
    return counters.groups();
  }
}
