package io.callscope.bus;

import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The codecs of all payloads of {@link Addresses}. Every process registers them once, before its
 * first message.
 */
public final class BusCodecs {
  private BusCodecs() {}

  public static void register(EventBus bus) {
    bus.registerDefaultCodec(SipBatch.class, new SipBatchCodec());
    bus.registerDefaultCodec(
        EventBatch.class,
        new JsonCodec<>("callscope.event-batch", BusCodecs::write, BusCodecs::read));
    bus.registerDefaultCodec(
        CallEvent.class, new JsonCodec<>("callscope.event", EventJson::of, EventJson::read));
  }

  private static JsonObject write(EventBatch batch) {
    JsonArray events = new JsonArray();
    batch.events().forEach(event -> events.add(EventJson.of(event)));
    return new JsonObject()
        .put("producer", batch.producer())
        .put("term", batch.term())
        .put("sequence", batch.sequence())
        .put("markNanos", batch.markNanos())
        .put("publishedNanos", batch.publishedNanos())
        .put("isCopy", batch.isCopy())
        .put("events", events);
  }

  private static EventBatch read(JsonObject json) {
    return new EventBatch(
        json.getInteger("producer"),
        json.getLong("term"),
        json.getLong("sequence"),
        json.getLong("markNanos"),
        json.getLong("publishedNanos"),
        json.getBoolean("isCopy"),
        json.getJsonArray("events").stream()
            .map(event -> EventJson.read((JsonObject) event))
            .toList());
  }
}
