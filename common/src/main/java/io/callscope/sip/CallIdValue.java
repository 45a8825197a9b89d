package io.callscope.sip;

/** Reads a Call-ID value, one run of bytes without white space, resumable at any byte. */
final class CallIdValue {
  private static final int BEGIN = 0;
  private static final int RUN = 1;
  private static final int END = 2;

  private int state;
  private int begin;
  private int length;

  void reset() {
    state = BEGIN;
  }

  /** OK behind the line end of the header, with the Call-ID in the row. */
  int parse(Cursor c, int[] row) {
    if (state == BEGIN) {
      int result = c.skipLws();
      if (result != SipError.OK) {
        return result == Cursor.HEADER_END ? SipError.BAD_HEADER : result;
      }
      begin = c.at - c.base;
      state = RUN;
    }
    if (state == RUN) {
      c.at = Octets.findLws(c.bytes, c.at, c.end);
      if (c.at == c.end) {
        return SipError.MORE_BYTES;
      }
      length = c.at - c.base - begin;
      state = END;
    }
    int result = c.skipLws();
    if (result == Cursor.HEADER_END) {
      row[SipIndex.CALL_ID] = begin;
      row[SipIndex.CALL_ID + 1] = length;
      row[SipIndex.CALL_ID_HASH] = CallIdHash.of(c.bytes, c.base + begin, length);
      return SipError.OK;
    }
    return result == SipError.OK ? SipError.BAD_CHARACTER : result;
  }
}
