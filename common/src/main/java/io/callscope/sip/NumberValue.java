package io.callscope.sip;

/** Reads a value that is one number (Content-Length, Expires), resumable at any byte. */
final class NumberValue {
  static final long MAX_UINT32 = 0xffff_ffffL;

  /** Longest body that Content-Length may announce. */
  static final long MAX_CONTENT_LENGTH = 16_777_216;

  private static final int BEGIN = 0;
  private static final int DIGITS = 1;
  private static final int END = 2;

  private int state;
  private int begin;
  private long limit;
  private long value;

  void reset(long limit) {
    this.limit = limit;
    state = BEGIN;
    value = 0;
  }

  long value() {
    return value;
  }

  /** OK behind the line end of the header. */
  int parse(Cursor c) {
    if (state != END) {
      int result = parseDigits(c);
      if (result != SipError.OK) {
        return result;
      }
      state = END;
    }
    int result = c.skipLws();
    if (result == Cursor.HEADER_END) {
      return SipError.OK;
    }
    return result == SipError.OK ? SipError.BAD_CHARACTER : result;
  }

  /** OK at the white space behind the number. */
  int parseDigits(Cursor c) {
    if (state == BEGIN) {
      int result = c.skipLws();
      if (result != SipError.OK) {
        return result == Cursor.HEADER_END ? SipError.BAD_HEADER : result;
      }
      begin = c.at - c.base;
      state = DIGITS;
    }
    int i = c.at;
    for (; i < c.end; i++) {
      byte octet = c.bytes[i];
      if (!Octets.isDigit(octet)) {
        boolean ended = Octets.is(octet, Octets.LWS) && i > c.base + begin;
        return c.stop(i, ended ? SipError.OK : SipError.BAD_CHARACTER);
      }
      value = value * 10 + octet - '0';
      if (value > limit) {
        return c.stop(limit == MAX_UINT32 ? i : c.base + begin, SipError.NUMBER_TOO_BIG);
      }
    }
    return c.stop(i, SipError.MORE_BYTES);
  }
}
