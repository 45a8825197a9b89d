package io.callscope.web.live;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventJson;
import io.callscope.web.events.EventRing;
import io.callscope.web.events.EventView;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * Events as frames of a stream, each made once however many clients it goes to. One thread.
 *
 * <pre>
 * id: 42
 * data: {"type":"call-start",…}
 *
 * </pre>
 */
final class EventFrames {
  private static final int KEPT = 4096;

  private final EventRing ring;
  private final boolean rows;
  private final CallEvent[] events = new CallEvent[KEPT];
  private final Buffer[] frames = new Buffer[KEPT];

  /**
   * @param rows what a row of the page shows, in place of the whole event
   */
  EventFrames(EventRing ring, boolean rows) {
    this.ring = ring;
    this.rows = rows;
  }

  @SuppressWarnings("ReferenceEquality") // numbers may begin anew: the very event is meant
  Buffer of(CallEvent event) {
    int slot = (int) (event.number() % KEPT);
    if (events[slot] != event) {
      JsonObject json = rows ? row(EventView.of(event, ring)) : EventJson.of(event);
      frames[slot] = Buffer.buffer("id: " + event.number() + "\ndata: " + json.encode() + "\n\n");
      events[slot] = event;
    }
    return frames[slot];
  }

  private static JsonObject row(EventView view) {
    return new JsonObject()
        .put("number", view.number())
        .put("type", view.type().text())
        .put("style", view.type().style())
        .put("loss", view.loss())
        .put("time", view.time())
        .put("method", view.method())
        .put("status", view.status())
        .put("reason", view.reason())
        .put("from", view.from())
        .put("to", view.to())
        .put("callId", view.callId())
        .put("href", view.href())
        .put("transport", view.transport())
        .put("source", view.source())
        .put("destination", view.destination());
  }

  /** What tells of events that were left out. */
  static String skipped(Tail.Batch batch) {
    JsonObject json =
        new JsonObject()
            .put("count", batch.skipped())
            .put("overwritten", batch.overwritten())
            .put("passed", batch.passed());
    return "event: skipped\ndata: " + json.encode() + "\n\n";
  }

  static final String RESTARTED =
      "event: restarted\ndata: {\"reason\":\"event numbers began anew\"}\n\n";

  static Buffer refused(String why) {
    return Buffer.buffer(
        "event: refused\ndata: " + new JsonObject().put("error", why).encode() + "\n\n");
  }
}
