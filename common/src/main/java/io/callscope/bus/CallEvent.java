package io.callscope.bus;

/**
 * An event: what happened, when, to whom. Made by a tracker partition with {@link #rate} and {@link
 * #number} unset, completed by the event stage, immutable. Text is made from its bytes only when
 * somebody reads it.
 *
 * @param timeNanos when it happened on the clock of the captured messages, ns since 1970
 * @param rate what the rate limiter says of it, null before the event stage
 * @param number its number among all published events, from 0; -1 before the event stage
 * @param quality what an SBC measured of the media, null where it did not
 * @param loss packets or messages were lost at about that time: it may be wrong
 */
public record CallEvent(
    EventType type,
    long timeNanos,
    EventEnds ends,
    EventTexts texts,
    EventOutcome outcome,
    EventDebug debug,
    EventRate rate,
    long number,
    CallQuality quality,
    boolean loss) {

  /** The time that stands for "never" in all times of an event. */
  public static final long NEVER = 0;

  /** An event without a report of media quality. */
  public CallEvent(
      EventType type,
      long timeNanos,
      EventEnds ends,
      EventTexts texts,
      EventOutcome outcome,
      EventDebug debug,
      EventRate rate,
      long number) {
    this(type, timeNanos, ends, texts, outcome, debug, rate, number, null, false);
  }

  /** An event as a tracker partition makes it. */
  public static CallEvent raised(
      EventType type,
      long timeNanos,
      EventEnds ends,
      EventTexts texts,
      EventOutcome outcome,
      EventDebug debug) {
    return new CallEvent(type, timeNanos, ends, texts, outcome, debug, null, -1);
  }

  /** The same event as it is published. */
  public CallEvent published(EventRate newRate, long newNumber) {
    return new CallEvent(
        type, timeNanos, ends, texts, outcome, debug, newRate, newNumber, quality, loss);
  }

  /** The same event with what an SBC measured of the media. */
  public CallEvent with(CallQuality report) {
    return new CallEvent(type, timeNanos, ends, texts, outcome, debug, rate, number, report, loss);
  }

  /** The same event of a time when something was lost. */
  public CallEvent withLoss() {
    return new CallEvent(type, timeNanos, ends, texts, outcome, debug, rate, number, quality, true);
  }

  /** The same event with other texts. */
  public CallEvent with(EventTexts newTexts) {
    return new CallEvent(
        type, timeNanos, ends, newTexts, outcome, debug, rate, number, quality, loss);
  }

  public String text(EventText text) {
    return texts.get(text);
  }
}
