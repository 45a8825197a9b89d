package io.callscope.bus;

import io.vertx.core.json.JsonObject;

/**
 * How far a source is: the payload of {@link Addresses#SOURCES}.
 *
 * @param source name of the source, unique among all processes
 * @param error what went wrong, empty if nothing
 * @param packets packets read
 * @param bytes bytes of them on the wire
 * @param firstNanos capture time of the first packet, ns since 1970; 0 before it
 * @param lastNanos capture time of the last packet
 * @param captureMillis sum over the files of last minus first capture time
 * @param runMillis how long the source has been running
 * @param totalBytes bytes of all files to be read, 0 if that is not known
 * @param readBytes bytes of them that were read
 * @param pace how fast it goes
 */
public record SourceStatus(
    String source,
    State state,
    String error,
    long packets,
    long bytes,
    long firstNanos,
    long lastNanos,
    long captureMillis,
    long runMillis,
    long totalBytes,
    long readBytes,
    Pace pace) {

  /**
   * How fast a source goes.
   *
   * @param reading the file that is being read, empty if none is
   * @param packetsPerSecond over about the last second
   * @param leftMillis time that is left at the pace so far, -1 if that is not known
   */
  public record Pace(String reading, long packetsPerSecond, long leftMillis) {
    /** Of a source that says nothing of it. */
    public static final Pace NONE = new Pace("", 0, -1);
  }

  /** A status that says nothing of the pace. */
  public SourceStatus(
      String source,
      State state,
      String error,
      long packets,
      long bytes,
      long firstNanos,
      long lastNanos,
      long captureMillis,
      long runMillis,
      long totalBytes,
      long readBytes) {
    this(
        source,
        state,
        error,
        packets,
        bytes,
        firstNanos,
        lastNanos,
        captureMillis,
        runMillis,
        totalBytes,
        readBytes,
        Pace.NONE);
  }

  /** What a source does. */
  public enum State {
    RUNNING("running"),

    /** All its batches are acknowledged, or it was stopped. */
    ENDED("ended"),

    /** The same, but not all could be read. */
    FAILED("failed");

    private final String text;

    State(String text) {
      this.text = text;
    }

    private static State named(String text) {
      for (State state : values()) {
        if (state.text.equals(text)) {
          return state;
        }
      }
      throw new IllegalArgumentException("no state of a source: " + text);
    }
  }

  /** It reads no more. */
  public boolean isOver() {
    return state != State.RUNNING;
  }

  public boolean hasFailed() {
    return state == State.FAILED;
  }

  public JsonObject json() {
    return new JsonObject()
        .put("source", source)
        .put("state", state.text)
        .put("error", error)
        .put("packets", packets)
        .put("bytes", bytes)
        .put("firstNanos", firstNanos)
        .put("lastNanos", lastNanos)
        .put("captureMillis", captureMillis)
        .put("runMillis", runMillis)
        .put("totalBytes", totalBytes)
        .put("readBytes", readBytes)
        .put("reading", pace.reading)
        .put("packetsPerSecond", pace.packetsPerSecond)
        .put("leftMillis", pace.leftMillis);
  }

  /**
   * The status of an object that {@link #json} made; what it lacks is empty or 0.
   *
   * @throws IllegalArgumentException if there is no such state
   */
  public static SourceStatus of(JsonObject json) {
    return new SourceStatus(
        json.getString("source", ""),
        State.named(json.getString("state", "")),
        json.getString("error", ""),
        json.getLong("packets", 0L),
        json.getLong("bytes", 0L),
        json.getLong("firstNanos", 0L),
        json.getLong("lastNanos", 0L),
        json.getLong("captureMillis", 0L),
        json.getLong("runMillis", 0L),
        json.getLong("totalBytes", 0L),
        json.getLong("readBytes", 0L),
        new Pace(
            json.getString("reading", ""),
            json.getLong("packetsPerSecond", 0L),
            json.getLong("leftMillis", -1L)));
  }
}
