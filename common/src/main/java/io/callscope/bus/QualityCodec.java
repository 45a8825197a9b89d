package io.callscope.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;

/** A report of media quality as the bytes of a {@link RecordKind#QUALITY} record. */
public final class QualityCodec {
  private QualityCodec() {}

  public static byte[] bytes(CallQuality quality) {
    return QualityJson.of(quality).toBuffer().getBytes();
  }

  /** The report of bytes that {@link #bytes} made. */
  public static CallQuality read(byte[] bytes, int from, int to) {
    return QualityJson.read(new JsonObject(Buffer.buffer(Arrays.copyOfRange(bytes, from, to))));
  }
}
