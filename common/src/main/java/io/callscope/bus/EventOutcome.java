package io.callscope.bus;

/**
 * Result and times of what an event reports; which of them are published depends on its type
 * ({@code docs/events.md}).
 *
 * @param status reply status, one of 290, 291, 408 and 487 where it is implied
 * @param pddMillis post-dial delay
 * @param ringMillis ring time
 * @param finalReplyMillis creation to final reply
 * @param span which duration or lifetime it is
 * @param spanSeconds its length, cut to seconds
 * @param originator who ended a call, else null
 * @param unmatchedInvite a call ended whose start was not seen
 * @param finalReplyNanos time of the final reply, ns since 1970, or {@link CallEvent#NEVER}
 */
public record EventOutcome(
    int status,
    long pddMillis,
    long ringMillis,
    long finalReplyMillis,
    Span span,
    long spanSeconds,
    Originator originator,
    boolean unmatchedInvite,
    long finalReplyNanos) {

  /** Of an event without a call. */
  public static final EventOutcome NONE =
      new EventOutcome(0, 0, 0, 0, Span.NONE, 0, null, false, CallEvent.NEVER);

  /** Which duration or lifetime an event carries, with the JSON path of its field. */
  public enum Span {
    NONE(""),
    DURATION("event.duration"),
    DURATION_FROM_EARLY("event.duration2"),
    DURATION_FROM_CREATION("event.duration3"),
    MIN_LENGTH("event.min_length"),
    LIFETIME("event.lifetime"),
    MIN_LIFETIME("event.min_lifetime");

    private final String path;

    Span(String path) {
      this.path = path;
    }

    public String path() {
      return path;
    }
  }

  /** Who ended a call. */
  public enum Originator {
    CALLER("caller-terminated"),
    CALLEE("callee-terminated"),
    TIMEOUT("timeout-terminated");

    private final String text;

    Originator(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }
}
