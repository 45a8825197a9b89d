package io.callscope.web.export;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Where the entries of an export come from, a piece at a time. */
@FunctionalInterface
interface Pages {
  /**
   * A piece.
   *
   * @param entries of it, some or none
   * @param last there are no more after it
   */
  record Piece(List<JsonObject> entries, boolean last) {}

  /** The next piece; asked for when the one before has been sent. */
  Future<Piece> next();
}
