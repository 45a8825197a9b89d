package io.callscope.tracker.call;

import io.callscope.net.IpAddress;
import io.callscope.sip.CallIdHash;
import io.callscope.tracker.state.ImageReader;
import io.callscope.tracker.state.ImageWriter;
import java.util.Arrays;

/** A contact bound to an AOR, and the entry whose REGISTER bound it last. */
final class Binding {
  /** Bytes of the object; the texts come on top. */
  static final int FIXED_BYTES = 72;

  /** Longer keys and contacts are not believed: they are those of one AOR and one contact. */
  private static final int MAX_TEXTS = 8192;

  private static final End[] ENDS = End.values();

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

  /** Place in the order of creation, which may run over. */
  int number;

  End end = End.EXPIRES;
  long expiresNanos;

  /** Where its client was reached last: behind a NAT, the outside of it. */
  long sourceHigh;

  long sourceLow;
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

  int sourcePort() {
    return sourcePort;
  }

  void write(ImageWriter out) {
    out.putInt(number);
    out.putByte(end.ordinal());
    out.putLong(expiresNanos);
    out.putLong(sourceHigh);
    out.putLong(sourceLow);
    out.putShort(sourcePort);
    out.putShort(moves);
    out.putShort(aorLength);
    out.putShort(contactLength);
    out.putBytes(texts);
  }

  /** What {@link #write} wrote, held by nobody. */
  static Binding read(ImageReader in) {
    int number = in.getInt();
    End end = ENDS[in.getByte(ENDS.length, "end")];
    long expiresNanos = in.getLong();
    long sourceHigh = in.getLong();
    long sourceLow = in.getLong();
    char sourcePort = (char) in.getShort();
    char moves = (char) in.getShort();
    int aorLength = in.getShort();
    int contactLength = in.getShort();
    byte[] texts = in.getBytes(MAX_TEXTS);
    ImageReader.check(aorLength + contactLength <= texts.length, "contact");
    Binding binding =
        new Binding(CallIdHash.of(texts, 0, aorLength), texts, aorLength, contactLength);
    binding.number = number;
    binding.end = end;
    binding.expiresNanos = expiresNanos;
    binding.sourceHigh = sourceHigh;
    binding.sourceLow = sourceLow;
    binding.sourcePort = sourcePort;
    binding.moves = moves;
    return binding;
  }

  boolean isPending() {
    return end != End.EXPIRES;
  }

  /** The contact URI as it was written. */
  byte[] contact() {
    return Arrays.copyOfRange(texts, contactAt(), texts.length);
  }

  /** Where the contact begins in the texts; it goes to their end. */
  int contactAt() {
    return aorLength + contactLength;
  }
}
