package io.callscope.bus;

/** Bits that a source may set on a record. They go over the bus: append only, eight in all. */
public final class RecordFlags {
  /** Bytes of the message are missing at its end: it was cut before it came to the source. */
  public static final int TRUNCATED = 1;

  /** An SBC received the message and reported it. */
  public static final int SBC_RECEIVED = 2;

  /** An SBC sent the message and reported it. */
  public static final int SBC_SENT = 4;

  /** The SBC of the message reports the media quality of its calls. */
  public static final int REPORTS_QUALITY = 8;

  /** The source lost something at about the time it was captured: a call may lack messages. */
  public static final int LOSS = 16;

  /** Set by the builder: notes follow the bytes of the message. */
  static final int NOTES = 0x80;

  private RecordFlags() {}
}
