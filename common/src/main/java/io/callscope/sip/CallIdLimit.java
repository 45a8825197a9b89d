package io.callscope.sip;

/**
 * How much of a Call-ID is kept. A message may bring one of 64 KB, so a table that is bounded by
 * the number of its entries alone would not be bounded.
 */
public final class CallIdLimit {
  /** Longest Call-ID that tables keep whole, in bytes. A call with a longer one is not tracked. */
  public static final int MAX_KEPT_BYTES = 384;

  private CallIdLimit() {}
}
