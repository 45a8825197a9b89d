package io.callscope.launcher;

import io.vertx.core.json.JsonObject;

/**
 * How far a source is, as it says on the bus.
 *
 * @param state {@code running}, {@code ended} or {@code failed}
 * @param captureMillis last minus first capture time, summed over its files
 * @param runMillis how long it took
 */
record Input(
    String source,
    String state,
    String error,
    long packets,
    long bytes,
    long captureMillis,
    long runMillis) {

  static Input of(JsonObject json) {
    return new Input(
        json.getString("source", ""),
        json.getString("state", ""),
        json.getString("error", ""),
        json.getLong("packets", 0L),
        json.getLong("bytes", 0L),
        json.getLong("captureMillis", 0L),
        json.getLong("runMillis", 0L));
  }

  boolean isOver() {
    return !state.equals("running");
  }

  boolean hasFailed() {
    return state.equals("failed");
  }
}
