package io.callscope.capture.ws;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks the messages of one direction (RFC 7692 §7.2.2). What a message may become is bounded,
 * however small it was.
 */
final class MessageInflater {
  /** What zlib takes for a window of 32 KiB and its tables. */
  static final int MEMORY = 48 * 1024;

  /** A message that becomes longer than that is not unpacked to its end. */
  private static final int MAX_WORK = 1 << 20;

  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

  private final Inflater inflater = new Inflater(true);
  private final byte[] out;
  private int length;
  private boolean tooLong;
  private int beyond;

  /**
   * @param maxBytes most bytes of a message
   */
  MessageInflater(int maxBytes) {
    out = new byte[maxBytes];
  }

  /** The message that came last, from 0 to {@link #length}. */
  byte[] bytes() {
    return out;
  }

  int length() {
    return length;
  }

  /** The message that could not be unpacked was too long, not wrong. */
  boolean wasTooLong() {
    return tooLong;
  }

  /**
   * Unpacks a message; false if it is too long or damaged, or refers to what was not seen.
   *
   * @param forgets the sender starts anew with each message
   */
  boolean unpack(byte[] bytes, int size, boolean forgets) {
    length = 0;
    tooLong = false;
    if (forgets) {
      inflater.reset();
    }
    try {
      int rest = inflate(bytes, size);
      rest = rest > MAX_WORK ? rest : inflate(TAIL, TAIL.length);
      tooLong = rest > 0;
      if (rest > MAX_WORK) {
        inflater.reset(); // the window is lost with the rest
      }
      return !tooLong;
    } catch (DataFormatException e) {
      inflater.reset();
      return false;
    }
  }

  /** How many bytes of the message did not fit so far. */
  private int inflate(byte[] bytes, int size) throws DataFormatException {
    beyond = bytes == TAIL ? beyond : 0;
    inflater.setInput(bytes, 0, size);
    byte[] scrap = null;
    while (beyond <= MAX_WORK) {
      int written;
      if (length < out.length) {
        written = inflater.inflate(out, length, out.length - length);
        length += written;
      } else {
        scrap = scrap == null ? new byte[8192] : scrap;
        written = inflater.inflate(scrap);
        beyond += written;
      }
      if (inflater.finished()) {
        // A sender may end its stream with each message; the next one begins another.
        inflater.reset();
        break;
      }
      if (inflater.needsDictionary()) {
        throw new DataFormatException("dictionary");
      }
      if (written == 0 && inflater.needsInput()) {
        break;
      }
    }
    return beyond;
  }

  void end() {
    inflater.end();
  }
}
