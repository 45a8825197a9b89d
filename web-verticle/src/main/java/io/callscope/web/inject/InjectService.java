package io.callscope.web.inject;

import io.callscope.bus.Addresses;
import io.callscope.web.http.Upload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.json.JsonObject;

/** Hands messages and captures over to the service that feeds the trackers with them. */
final class InjectService {
  private static final int PIECE_BYTES = 256 * 1024;
  private static final DeliveryOptions OPTIONS = new DeliveryOptions().setSendTimeout(15_000);

  private final Vertx vertx;

  InjectService(Vertx vertx) {
    this.vertx = vertx;
  }

  private Future<JsonObject> ask(String address, JsonObject request) {
    return vertx.eventBus().<JsonObject>request(address, request, OPTIONS).map(m -> m.body());
  }

  /** The results of messages. */
  Future<JsonObject> messages(JsonObject request) {
    return ask(Addresses.INJECT, request.put("inject", "messages"));
  }

  /**
   * Sends a capture piece by piece.
   *
   * @param times when its packets are to happen
   * @return the name of the source that reads it, and when they happen
   */
  Future<JsonObject> capture(Upload upload, String times) {
    return ask(Addresses.INJECT, new JsonObject().put("inject", "begin").put("name", upload.name()))
        .compose(
            begun ->
                vertx
                    .fileSystem()
                    .open(upload.file(), new OpenOptions().setRead(true))
                    .compose(file -> pieces(file, begun, 0).eventually(() -> file.close()))
                    .compose(
                        sent ->
                            ask(
                                begun.getString("address"),
                                new JsonObject()
                                    .put("inject", "end")
                                    .put("times", times)
                                    .put("upload", begun.getString("upload")))));
  }

  private Future<Void> pieces(AsyncFile file, JsonObject begun, long from) {
    return file.read(Buffer.buffer(PIECE_BYTES), 0, from, PIECE_BYTES)
        .compose(
            piece ->
                piece.length() == 0
                    ? Future.succeededFuture()
                    : ask(
                            begun.getString("address"),
                            new JsonObject()
                                .put("inject", "piece")
                                .put("upload", begun.getString("upload"))
                                .put("bytes", piece.getBytes()))
                        .compose(taken -> pieces(file, begun, from + piece.length())));
  }
}
