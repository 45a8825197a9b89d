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
  PROBE,

  /**
   * Two calls are the legs of one through an SBC. It goes to the partition of the Call-ID of its
   * row; the bytes behind that are the other Call-ID ({@link CallRecord}).
   */
  LINK,

  /**
   * The media quality of a call as an SBC measured it. It goes to the partition of the Call-ID of
   * its row; the bytes behind that are the report ({@link CallRecord}, {@link QualityCodec}).
   */
  QUALITY;

  /** It carries the bytes of a message, whether they parsed or not. */
  public boolean isMessage() {
    return this == MESSAGE || this == PARSE_ERROR;
  }
}
