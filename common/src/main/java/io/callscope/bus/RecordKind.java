package io.callscope.bus;

/** What a record of a {@link SipBatch} is. The ordinal goes over the bus: append only. */
public enum RecordKind {
  /** A SIP message that parsed. */
  MESSAGE,

  /**
   * A payload that looked like SIP and did not parse. Of its row only {@code LENGTH}, {@code
   * CALL_ID} and {@code CALL_ID_HASH} (if that was read) and {@code BODY} are set, the last to the
   * number of bytes that were good.
   */
  PARSE_ERROR,

  /** A payload that cannot be SIP; it carries no bytes. */
  PROBE
}
