package io.callscope.capture.tcp;

import io.callscope.bus.Envelope;

/** A TCP segment at its payload. One object serves a source; nothing in it outlives the segment. */
public final class Segment {
  static final int FIN = 1;
  static final int SYN = 2;
  static final int RST = 4;
  static final int ACK = 16;

  public byte[] bytes;

  /** First byte of the payload. */
  public int at;

  /** End of what was captured of the payload. */
  public int end;

  /** Bytes of the payload that were not captured. */
  public int missing;

  public int sequence;
  public int acknowledgement;

  /** As in the header: bits from FIN (1) to CWR (128). */
  public int flags;

  public Envelope envelope;

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Bytes of the payload on the wire. */
  int length() {
    return end - at + missing;
  }

  /** The sequence number of its first byte of payload. */
  int dataSequence() {
    return has(SYN) ? sequence + 1 : sequence;
  }
}
