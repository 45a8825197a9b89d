package io.callscope.web.events;

import io.callscope.bus.Addresses;
import io.callscope.bus.CallEvent;
import io.callscope.bus.CounterPublisher;
import io.callscope.bus.EventType;
import io.callscope.bus.ProcessName;
import io.callscope.counters.CounterGroup;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Fills the event ring, on a context of its own so that no page ever delays it. */
public final class EventRingVerticle extends VerticleBase {
  private final ProcessName process;
  private final EventRing ring;
  private final EventRingCounters counters;
  private final Listener listener;
  private final List<CounterGroup> more;
  private CounterPublisher publisher;

  /** Hears of each event as it is stored, and of each second. Called on this verticle's context. */
  public interface Listener {
    void onEvent(CallEvent event);

    void onSecond();
  }

  /**
   * @param more counters of the web service that are published with those of the ring
   */
  public EventRingVerticle(
      ProcessName process,
      EventRing ring,
      EventRingCounters counters,
      Listener listener,
      List<CounterGroup> more) {
    this.process = process;
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
          ring.onSecond(this::stored);
          listener.onSecond();
        });
    publisher =
        CounterPublisher.startingAnew( // what was before is counted as such
            vertx,
            "web",
            process.unique("web"),
            () -> Stream.concat(counters.groups().stream(), more.stream()).toList());
    ready.add(publisher.start());
    return Future.all(ready);
  }

  private void onEvent(Message<Object> message) {
    if (message.body() instanceof CallEvent event) {
      long expected = ring.range().next();
      EventRing.Put put = ring.put(event);
      if (put == EventRing.Put.STRAY) {
        counters.stray();
      } else {
        counters.count(event, put, event.number() - expected);
        listener.onEvent(event);
      }
    } else {
      counters.foreign();
    }
  }

  /** One that was taken for a stray, and was the first of what began anew. */
  private void stored(CallEvent event, EventRing.Put put) {
    counters.count(event, put, 0);
    listener.onEvent(event);
  }

  @Override
  public Future<?> stop() {
    return publisher.stop();
  }
}
