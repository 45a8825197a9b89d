package example;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.json.JsonObject;

/** Events cross the bus by a codec of this name: their length in four bytes, then their JSON. */
final class EventCodec implements MessageCodec<JsonObject, JsonObject> {
  @Override
  public String name() {
    return "callscope.event";
  }

  @Override
  public JsonObject decodeFromWire(int position, Buffer buffer) {
    int start = position + Integer.BYTES;
    return new JsonObject(buffer.getBuffer(start, start + buffer.getInt(position)));
  }

  @Override
  public void encodeToWire(Buffer buffer, JsonObject event) {
    Buffer json = event.toBuffer();
    buffer.appendInt(json.length()).appendBuffer(json);
  }

  @Override
  public JsonObject transform(JsonObject event) {
    return event;
  }

  @Override
  public byte systemCodecID() {
    return -1; // a codec of one's own
  }
}
