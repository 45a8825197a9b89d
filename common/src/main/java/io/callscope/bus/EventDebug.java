package io.callscope.bus;

/**
 * The {@code dbg} group of an event: the call entry right after the transition that raised it.
 * Pairs are {@code caller…} for the caller's requests and the replies to them, {@code callee…} for
 * the other direction.
 *
 * @param state display name of the entry's state
 * @param lastEvent the entry's previous event
 * @param marks bits of the event types raised so far
 * @param trigger {@code request}, {@code reply}, {@code timeout}, {@code report} (of an SBC) or
 *     {@code unknown}
 */
public record EventDebug(
    String state,
    EventType lastEvent,
    int marks,
    String trigger,
    long createdNanos,
    long forkedNanos,
    int callFlags,
    Side caller,
    Side callee) {

  /** The counts of one direction; a CSeq is an unsigned 32-bit number. */
  public record Side(
      long cseq,
      long replyCseq,
      int requests,
      int replies,
      int requestRetransmissions,
      int replyRetransmissions,
      int lastMethod,
      int lastStatus) {

    static final Side NONE = new Side(0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Of an event without a call. */
  public static EventDebug none(long timeNanos) {
    return new EventDebug(
        "invalid",
        EventType.EMPTY,
        0,
        "unknown",
        timeNanos,
        CallEvent.NEVER,
        0,
        Side.NONE,
        Side.NONE);
  }
}
