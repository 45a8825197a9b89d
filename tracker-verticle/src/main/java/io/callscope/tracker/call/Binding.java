package io.callscope.tracker.call;

import io.callscope.net.IpAddress;

/** A contact bound to an AOR, and the entry whose REGISTER bound it last. */
final class Binding {
  /** Bytes of the object; the texts come on top. */
  static final int FIXED_BYTES = 72;

  /** What the end of its time means. */
  enum End {
    EXPIRES,
    /** Its deletion, held back: it can still be taken back. */
    DELETED,
    /** The same by a {@code *} of its own entry, which reports once for all of its bindings. */
    DELETED_BY_STAR
  }

  /** Next of the same bucket, next of the same entry. */
  Binding chainNext;

  Binding ownerNext;
  CallEntry owner;

  /** AOR key, contact key, contact as it was written: one behind the other. */
  final byte[] texts;

  final short aorLength;
  final short contactLength;

  /** Hash of the AOR key. */
  final int hash;

  End end = End.EXPIRES;
  long expiresNanos;

  /** Where its client was reached last: behind a NAT, the outside of it. */
  private long sourceHigh;

  private long sourceLow;
  private char sourcePort;

  /**
   * How often its client was reached elsewhere than before, as after a NAT has lost its mapping.
   */
  char moves;

  Binding(int hash, byte[] texts, int aorLength, int contactLength) {
    this.hash = hash;
    this.texts = texts;
    this.aorLength = (short) aorLength;
    this.contactLength = (short) contactLength;
  }

  int bytes() {
    return FIXED_BYTES + CallEntry.arrayBytes(texts.length);
  }

  /** The client is reached here now; says whether that is elsewhere than before. */
  boolean reachedAt(long high, long low, int port) {
    boolean moved =
        sourceLow != 0 && (sourceHigh != high || sourceLow != low || sourcePort != port);
    sourceHigh = high;
    sourceLow = low;
    sourcePort = (char) port;
    if (moved && moves < Character.MAX_VALUE) {
      moves++;
    }
    return moved;
  }

  String sourceText() {
    return IpAddress.text(sourceHigh, sourceLow);
  }

  String sortableSource() {
    return IpAddress.sortable(sourceHigh, sourceLow);
  }

  int sourcePort() {
    return sourcePort;
  }

  boolean isPending() {
    return end != End.EXPIRES;
  }

  /** The contact URI as it was written. */
  byte[] contact() {
    int from = aorLength + contactLength;
    byte[] contact = new byte[texts.length - from];
    System.arraycopy(texts, from, contact, 0, contact.length);
    return contact;
  }
}
