package io.callscope.web.counters;

import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The latest that each source said of itself. Captures that are put in and processes that start
 * bring sources of new names without end, so those that are over are forgotten where there are too
 * many. One thread.
 */
final class SourceBoard {
  static final int MOST = 4096;
  private static final Set<String> OVER = Set.of("ended", "failed");

  private final UnaryOperator<JsonObject> ofNow;

  /** The one that was silent for longest first. */
  private final Map<String, JsonObject> sources = new LinkedHashMap<>();

  /**
   * @param ofNow what a source has said as it is now: its process may be gone
   */
  SourceBoard(UnaryOperator<JsonObject> ofNow) {
    this.ofNow = ofNow;
  }

  void hear(JsonObject source) {
    String name = source.getString("source", "");
    sources.remove(name);
    if (sources.size() >= MOST) {
      sources.remove(toForget());
    }
    sources.put(name, source);
  }

  /** The first that is over; where none is, the first, which is back as soon as it speaks. */
  private String toForget() {
    return sources.entrySet().stream()
        .filter(source -> isOver(ofNow.apply(source.getValue())))
        .findFirst()
        .or(() -> sources.entrySet().stream().findFirst())
        .map(Map.Entry::getKey)
        .orElseThrow();
  }

  static boolean isOver(JsonObject source) {
    return OVER.contains(source.getString("state", ""));
  }

  /** All of them, by their names. */
  List<JsonObject> all() {
    return sources.values().stream()
        .sorted(Comparator.comparing(source -> source.getString("source", "")))
        .toList();
  }
}
