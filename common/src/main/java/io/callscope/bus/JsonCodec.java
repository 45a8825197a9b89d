package io.callscope.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/**
 * By reference inside a JVM, as JSON between JVMs, so that a process without our classes can read
 * it.
 */
record JsonCodec<T>(String name, Function<T, JsonObject> writer, Function<JsonObject, T> reader)
    implements MessageCodec<T, T> {

  @Override
  public void encodeToWire(Buffer buffer, T value) {
    Buffer json = writer.apply(value).toBuffer();
    buffer.appendInt(json.length()).appendBuffer(json);
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    int length = buffer.getInt(position);
    return reader.apply(new JsonObject(buffer.getBuffer(position + 4, position + 4 + length)));
  }

  @Override
  public T transform(T value) {
    return value;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
