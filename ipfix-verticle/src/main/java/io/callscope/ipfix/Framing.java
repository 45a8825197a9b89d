package io.callscope.ipfix;

import java.util.Arrays;

/**
 * Finds the messages in the stream of a connection (RFC 7011 §3.1), however it is cut. Keeps at
 * most one message, and that only while it is incomplete.
 *
 * <pre>
 * 0 version (2)   2 length of all (2)   4 export time, s (4)   8 sequence number (4)   12 domain (4)
 * 16 sets: id (2), length of all (2), content
 * </pre>
 */
final class Framing {
  static final int HEADER = 16;
  static final int SET_HEADER = 4;
  static final int LENGTH = 2;
  static final int SEQUENCE = 8;
  private static final int VERSION = 10;
  private static final int SMALL = 2048;
  private static final byte[] NONE = {};

  /** Takes the messages of a stream. */
  interface Messages {
    /** A whole message; its bytes are good only during the call. */
    void message(byte[] bytes, int at, int end) throws InterruptedException;
  }

  /** Why a stream cannot be read any further, or null. */
  private String error;

  private byte[] kept = NONE;
  private int size;

  /** Messages that began in the last read. */
  private int begun;

  /**
   * Takes what was read.
   *
   * @return false if the stream is none of IPFIX messages; nothing can be made of it any more
   */
  boolean read(byte[] bytes, int from, int to, Messages messages) throws InterruptedException {
    int at = from;
    begun = 0;
    while (error == null && size > 0 && at < to) {
      int wanted = size < HEADER ? HEADER : Octets.uint16(kept, LENGTH);
      int taken = Math.min(wanted - size, to - at);
      keep(bytes, at, taken);
      at += taken;
      if (size == HEADER && wanted == HEADER) {
        check(kept, 0);
      }
      if (error == null && size >= HEADER && size == Octets.uint16(kept, LENGTH)) {
        byte[] whole = kept;
        int end = size;
        size = 0;
        kept = end > SMALL ? NONE : whole;
        messages.message(whole, 0, end);
      }
    }
    while (error == null && at < to) {
      begun++;
      if (to - at >= HEADER) {
        check(bytes, at);
        if (error != null) {
          break;
        }
        int end = at + Octets.uint16(bytes, at + LENGTH);
        if (end <= to) {
          messages.message(bytes, at, end);
          at = end;
          continue;
        }
      }
      keep(bytes, at, to - at);
      at = to;
    }
    return error == null;
  }

  private void check(byte[] bytes, int at) {
    int version = Octets.uint16(bytes, at);
    int length = Octets.uint16(bytes, at + LENGTH);
    if (version != VERSION) {
      error = "not IPFIX: version " + version;
    } else if (length < HEADER) {
      error = "message of " + length + " bytes";
    }
  }

  private void keep(byte[] bytes, int at, int length) {
    int needed = size + length;
    if (needed > kept.length) {
      // What the message says it needs, but no more than twice what has come: a length is no proof.
      int most = size >= HEADER ? Octets.uint16(kept, LENGTH) : SMALL;
      kept = Arrays.copyOf(kept, Math.max(needed, Math.min(most, Math.max(256, 2 * needed))));
    }
    System.arraycopy(bytes, at, kept, size, length);
    size = needed;
  }

  /** What is wrong with the stream, null if nothing is. */
  String error() {
    return error;
  }

  /** Bytes of a message that is not complete. */
  int partial() {
    return size;
  }

  /** Messages that began in the last read. */
  int begun() {
    return begun;
  }
}
