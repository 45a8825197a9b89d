package io.callscope.sip;

/** Reads a CSeq value (RFC 3261 §20.16), resumable at any byte. */
final class CSeqValue {
  private static final int METHOD_BEGIN = 1;
  private static final int METHOD = 2;
  private static final int END = 3;

  private final NumberValue number = new NumberValue();
  private int state;
  private int method;

  void reset() {
    state = 0;
    number.reset(NumberValue.MAX_UINT32);
  }

  /** OK behind the line end of the header, with its fields in the row. */
  int parse(Cursor c, int[] row) {
    if (state == 0) {
      int result = number.parseDigits(c);
      if (result != SipError.OK) {
        return result;
      }
      state = METHOD_BEGIN;
    }
    if (state == METHOD_BEGIN) {
      int result = c.skipLws();
      if (result != SipError.OK) {
        return result == Cursor.HEADER_END ? SipError.BAD_HEADER : result;
      }
      method = c.at - c.base;
      state = METHOD;
    }
    if (state == METHOD) {
      int end = Octets.findLws(c.bytes, c.at, c.end);
      c.at = end;
      if (end == c.end) {
        return SipError.MORE_BYTES;
      }
      int length = end - c.base - method;
      row[SipIndex.CSEQ] = (int) number.value();
      row[SipIndex.CSEQ_METHOD] = SipMethod.of(c.bytes, c.base + method, length);
      row[SipIndex.CSEQ_METHOD_TEXT] = method;
      row[SipIndex.CSEQ_METHOD_TEXT + 1] = length;
      state = END;
    }
    int result = c.skipLws();
    if (result == Cursor.HEADER_END) {
      return SipError.OK;
    }
    return result == SipError.OK ? SipError.BAD_CHARACTER : result;
  }
}
