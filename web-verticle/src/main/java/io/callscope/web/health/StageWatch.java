package io.callscope.web.health;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells, from the figures of the last minute, what is on its way from what has gone missing, and a
 * loss of now from one of long ago. One thread.
 */
public final class StageWatch {
  /** Also of a stage that nobody tells of for a moment. */
  private final Map<String, StageHistory> histories = new HashMap<>();

  /** Takes the figures of now; each second. */
  public void sample(List<Stage> stages, long nowNanos) {
    for (Stage stage : stages) {
      histories.computeIfAbsent(stage.name(), first -> new StageHistory()).add(stage, nowNanos);
    }
  }

  /** What is to be said of each stage, by its name. */
  public Map<String, Verdict> at(long nowNanos) {
    Map<String, Verdict> verdicts = new HashMap<>();
    histories.forEach((name, history) -> verdicts.put(name, history.verdict(nowNanos)));
    return verdicts;
  }

  /**
   * Of one stage.
   *
   * @param missing what came in and is certainly not on its way: below 0 if more was handled than
   *     came in
   * @param quietNanos for how long nothing was lost
   */
  public record Verdict(long missing, long quietNanos) {
    static final Verdict UNKNOWN = new Verdict(0, 0);
  }
}
