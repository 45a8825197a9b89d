package io.callscope.web.inject;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * A capture that was sent and is being read now.
 *
 * @param source that reads it; empty if none was sent
 * @param shiftMillis by how much later its packets happen than they were captured
 * @param paced it is read as slowly as it was captured
 */
record Reading(String source, long shiftMillis, boolean paced) {
  static final Reading NOTHING = new Reading("", 0, false);

  static Reading of(JsonObject answer) {
    return new Reading(
        answer.getString("source", ""),
        answer.getLong("shiftMillis", 0L),
        answer.getBoolean("paced", false));
  }

  /** What became of its times. */
  String times() {
    if (shiftMillis == 0) {
      return "It keeps its times.";
    }
    String shifted =
        "Its times are shifted by "
            + text(Duration.ofMillis(Math.abs(shiftMillis)))
            + (shiftMillis > 0 ? "" : " back")
            + ", so that it begins now";
    return shifted
        + (paced ? " and takes as long as it was captured for, beside live traffic." : ".");
  }

  private static String text(Duration span) {
    return span.toDays() > 0
        ? span.toDays() + " d " + span.toHoursPart() + " h"
        : span.toHours() + " h " + span.toMinutesPart() + " min " + span.toSecondsPart() + " s";
  }

  JsonObject put(JsonObject json) {
    return source.isEmpty()
        ? json
        : json.put("source", source).put("shiftMillis", shiftMillis).put("paced", paced);
  }
}
