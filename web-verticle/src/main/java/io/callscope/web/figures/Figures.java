package io.callscope.web.figures;

import io.callscope.bus.EventType;
import java.util.List;

/**
 * What the events of the last minute say. Immutable.
 *
 * @param byType events of each type so far, by number of the type
 * @param answered calls that were answered in the last minute
 * @param unanswered calls that were not
 * @param pdd50 median of the post-dial delay of the answered ones, ms; -1 if there were none
 * @param talkers addresses with most events over the last five minutes
 */
@SuppressWarnings("ArrayRecordComponent") // indexed by type; nobody compares figures
public record Figures(
    long[] byType,
    long answered,
    long unanswered,
    long pdd50,
    long pdd95,
    long pdd99,
    List<Talker> talkers) {
  static final Figures NONE =
      new Figures(new long[EventType.values().length], 0, 0, -1, -1, -1, List.of());

  /**
   * An address that caused events.
   *
   * @param failures those of its events that tell of something that did not succeed
   */
  public record Talker(String ip, long events, long failures) {}

  /** Answered calls in percent of all that were tried (ITU-T E.411), -1 if there were none. */
  public double answerSeizureRatio() {
    long seizures = answered + unanswered;
    return seizures == 0 ? -1 : 100.0 * answered / seizures;
  }
}
