package io.callscope.tracker;

import io.callscope.bus.Addresses;
import io.callscope.bus.CallEvent;
import io.callscope.bus.CounterPublisher;
import io.callscope.bus.EventBatch;
import io.callscope.tracker.rate.RateCounters;
import io.callscope.tracker.rate.RateLimiter;
import io.callscope.tracker.stage.EventStage;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The event stage on the bus: the partitions' {@link EventBatch}es in, published events out. One in
 * a JVM or cluster.
 */
public final class EventStageVerticle extends VerticleBase {
  private static final String SERVICE = "eventstage";

  private final RateCounters counters = new RateCounters();
  private final RateLimiter limiter;
  private final EventStage stage;
  private CounterPublisher publisher;

  public EventStageVerticle(EventStageConfig config) {
    limiter = new RateLimiter(config.rates(), counters);
    stage =
        new EventStage(
            config.partitions(), config.droppedTypes(), limiter, counters, this::publish);
  }

  private void publish(CallEvent event) {
    vertx.eventBus().publish(Addresses.event(event.type()), event);
  }

  @Override
  public Future<?> start() {
    publisher = new CounterPublisher(vertx, SERVICE, SERVICE, counters::groups);
    var bus = vertx.eventBus();
    var batches = bus.<EventBatch>consumer(Addresses.EVENT_STAGE, this::accept);
    var questions = bus.<JsonObject>consumer(Addresses.query(SERVICE), this::answer);
    return Future.all(List.of(batches.completion(), questions.completion(), publisher.start()));
  }

  private void accept(Message<EventBatch> message) {
    stage.accept(message.body());
    message.reply(null);
  }

  private void answer(Message<JsonObject> message) {
    if ("tables".equals(message.body().getString("query"))) {
      message.reply(new JsonObject().put("rates", new JsonObject(limiter.figures())));
    } else {
      message.fail(400, "no such query: " + message.body().getString("query"));
    }
  }

  /** Publishes what still waits. */
  @Override
  public Future<?> stop() {
    stage.drain();
    return publisher.stop();
  }
}
