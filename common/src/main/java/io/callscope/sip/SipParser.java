package io.callscope.sip;

import java.util.Arrays;

/**
 * Parses SIP messages (RFC 3261 §7) into {@link SipIndex} rows: one pass over the bytes, nothing
 * allocated, no exception for any input. For one thread, any number of messages.
 *
 * <p>It never looks at a byte twice but for the few at the end of what was fed, so the work is
 * linear however a message is cut, and code, offset and row do not depend on the cuts.
 *
 * <p>No header is required; {@link SipIndex#FLAGS_TRACKABLE} tells which are there. The first of
 * several From, To, Call-ID, CSeq, Content-Length or Expires headers counts, the others are not
 * even looked at; all Contact and P-Asserted-Identity headers count.
 */
public final class SipParser {
  /** So many header lines are seen by the signature. */
  static final int SIGNATURE_HEADERS = 100;

  private static final int FIRST_LINE = 0;
  private static final int HEADER = 1;
  private static final int NAME = 2;
  private static final int NAME_WHITE = 3;
  private static final int VALUE = 4;
  private static final int BODY = 5;
  private static final int DONE = 6;

  private final Cursor cursor = new Cursor();
  private final FirstLine firstLine = new FirstLine();
  private final HeaderValue value = new HeaderValue();
  private final PlainHeaders plain = new PlainHeaders(value);

  private boolean takeBody;
  private boolean requireContentLength;
  private int state = DONE;
  private int position;
  private int errorOffset;
  private int name;
  private int nameLength;

  public SipParser() {}

  /**
   * Parses a complete datagram: its body is taken, no more data will come.
   *
   * @param row filled on OK; {@link SipIndex#LENGTH} is less than {@code length} if Content-Length
   *     says so, and the bytes behind are the caller's business. After an error it holds only
   *     LENGTH, the number of good bytes in BODY, and the Call-ID if it was already read.
   * @return a {@link SipError}
   */
  public int parseDatagram(byte[] bytes, int from, int length, int[] row) {
    reset(true, false);
    return parse(bytes, from, length, true, row);
  }

  /**
   * Starts a new message.
   *
   * @param takeBody the message is complete only with the body that Content-Length announces
   *     (without one: when no more data comes), and the body counts in {@link SipIndex#LENGTH};
   *     otherwise it is complete with the blank line
   * @param requireContentLength a message without Content-Length is an error
   */
  public void reset(boolean takeBody, boolean requireContentLength) {
    this.takeBody = takeBody;
    this.requireContentLength = requireContentLength;
    state = FIRST_LINE;
    position = 0;
    errorOffset = 0;
    firstLine.reset();
    value.reset();
  }

  /**
   * Parses what there is of a message since {@link #reset}. After {@link SipError#MORE_BYTES} call
   * it again with the same bytes and some behind them, which may have moved, and the same row.
   *
   * @param from where the message starts
   * @param length how many of its bytes are there, of this and of any message behind it
   * @param complete no more bytes will come
   * @param row as {@link #parseDatagram} says; of no use after MORE_BYTES
   * @return a {@link SipError}
   */
  public int parse(byte[] bytes, int from, int length, boolean complete, int[] row) {
    if (state == DONE) {
      throw new IllegalStateException("reset comes before the next message");
    }
    if (state == FIRST_LINE && position == 0) {
      Arrays.fill(row, 0, SipIndex.SIZE, 0);
      row[SipIndex.CONTENT_LENGTH] = -1;
    }
    Cursor c = cursor;
    c.set(bytes, from, from + position, from + length);
    int result = state == BODY ? SipError.OK : headers(c, row);
    if (result == SipError.OK) {
      result = body(row, length, complete);
    }
    position = c.at - from;
    if (result == SipError.MORE_BYTES) {
      if (!complete) {
        return result;
      }
      result = SipError.TRUNCATED;
      position = length;
    }
    state = DONE;
    if (result != SipError.OK) {
      fail(row, length);
    }
    return result;
  }

  /** Offset of the first offending byte from the start of the message, after an error. */
  public int errorOffset() {
    return errorOffset;
  }

  private int headers(Cursor c, int[] row) {
    while (true) {
      int result;
      switch (state) {
        case FIRST_LINE -> {
          result = firstLine.parse(c, row);
          if (result == SipError.OK) {
            state = HEADER;
          }
        }
        case HEADER -> {
          plain.skip(c, row);
          result = header(c, row);
          if (state == BODY) {
            return result;
          }
        }
        case NAME, NAME_WHITE -> result = name(c);
        default -> {
          result = value.parse(c, row);
          if (result == SipError.OK) {
            state = HEADER;
          }
        }
      }
      if (result != SipError.OK) {
        return result;
      }
    }
  }

  /** At the start of a line: a header, or the blank line. */
  private int header(Cursor c, int[] row) {
    if (c.at == c.end) {
      return SipError.MORE_BYTES;
    }
    if (!Octets.is(c.bytes[c.at], Octets.LINE_END)) {
      name = c.at - c.base;
      state = NAME;
      return SipError.OK;
    }
    int lineEnd = Lines.length(c.bytes, c.at, c.end);
    if (lineEnd == Lines.UNDECIDED) {
      return SipError.MORE_BYTES;
    }
    if (value.headers() == 0) {
      return SipError.EMPTY_HEADER;
    }
    c.at += lineEnd;
    if (requireContentLength && row[SipIndex.CONTENT_LENGTH] < 0) {
      return SipError.NO_CONTENT_LENGTH;
    }
    row[SipIndex.BODY] = c.at - c.base;
    value.finish(row);
    state = BODY;
    return SipError.OK;
  }

  private int name(Cursor c) {
    if (state == NAME) {
      c.at = Octets.findNameStop(c.bytes, c.at, c.end);
      nameLength = c.at - c.base - name;
      if (c.at == c.end) {
        return SipError.MORE_BYTES;
      }
      if (nameLength == 0) {
        return SipError.BAD_CHARACTER;
      }
      state = NAME_WHITE;
    }
    c.at = skipWhite(c);
    if (c.at == c.end) {
      return SipError.MORE_BYTES;
    }
    if (c.bytes[c.at] != ':') {
      return SipError.BAD_CHARACTER;
    }
    c.at++;
    value.begin(HeaderName.of(c.bytes, c.base + name, nameLength), nameLength == 1, c);
    state = VALUE;
    return SipError.OK;
  }

  private static int skipWhite(Cursor c) {
    int i = c.at;
    while (i < c.end && Octets.is(c.bytes[i], Octets.WHITE)) {
      i++;
    }
    return i;
  }

  private int body(int[] row, int length, boolean complete) {
    int present = length - row[SipIndex.BODY];
    int announced = row[SipIndex.CONTENT_LENGTH];
    int taken = 0;
    if (takeBody) {
      if (!complete && (announced < 0 || announced > present)) {
        return SipError.MORE_BYTES;
      }
      taken = announced < 0 ? present : Math.min(announced, present);
    }
    row[SipIndex.LENGTH] = row[SipIndex.BODY] + taken;
    return SipError.OK;
  }

  private void fail(int[] row, int length) {
    errorOffset = position;
    int callId = row[SipIndex.CALL_ID];
    int callIdLength = row[SipIndex.CALL_ID + 1];
    int callIdHash = row[SipIndex.CALL_ID_HASH];
    Arrays.fill(row, 0, SipIndex.SIZE, 0);
    row[SipIndex.LENGTH] = length;
    row[SipIndex.BODY] = position;
    row[SipIndex.CALL_ID] = callId;
    row[SipIndex.CALL_ID + 1] = callIdLength;
    row[SipIndex.CALL_ID_HASH] = callIdHash;
  }
}
