package io.callscope.sip;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads a request line or status line (RFC 3261 §7.1, §7.2), resumable at any byte. */
final class FirstLine {
  /** So many bytes must be there before anything is judged. */
  static final int MIN_BYTES = 14;

  private static final int BEGIN = 0;
  private static final int METHOD = 1;
  private static final int URI = 2;
  private static final int VERSION = 3;
  private static final int REASON = 4;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ANY_CASE = 0xffff_ffff_ffdf_dfdfL;
  private static final long SIP_2_0 = 0x2030_2e32_2f50_4953L; // "SIP/2.0 ", little-endian
  private static final int STATUS_AT = 8;
  private static final int REASON_AT = 12;

  private int state;

  /** Where the token now read starts, from the start of the message. */
  private int token;

  void reset() {
    state = BEGIN;
    token = 0;
  }

  /** OK behind the line end, with the line's fields in the row; else MORE_BYTES or an error. */
  int parse(Cursor c, int[] row) {
    if (state == BEGIN) {
      if (c.end - c.base < MIN_BYTES) {
        return SipError.MORE_BYTES;
      }
      if (isReply(c.bytes, c.base)) {
        int status = status(c.bytes, c.base + STATUS_AT);
        if (status == 0) {
          return c.stop(c.base + STATUS_AT, SipError.BAD_CHARACTER);
        }
        row[SipIndex.FLAGS] = SipIndex.FLAG_REPLY;
        row[SipIndex.STATUS] = status;
        c.at = c.base + REASON_AT;
        state = REASON;
      } else {
        state = METHOD;
      }
    }
    return state == REASON ? reason(c, row) : request(c, row);
  }

  static boolean isReply(byte[] bytes, int at) {
    return ((long) LONGS.get(bytes, at) & ANY_CASE) == SIP_2_0;
  }

  /** Three digits and a space; 0 if they are not that, since no status is 000. */
  private static int status(byte[] bytes, int at) {
    if (!Octets.isDigit(bytes[at])
        || !Octets.isDigit(bytes[at + 1])
        || !Octets.isDigit(bytes[at + 2])
        || bytes[at + 3] != ' ') {
      return 0;
    }
    return (bytes[at] - '0') * 100 + (bytes[at + 1] - '0') * 10 + bytes[at + 2] - '0';
  }

  private int reason(Cursor c, int[] row) {
    int end = Lines.find(c.bytes, c.at, c.end);
    int lineEnd = end < c.end ? Lines.length(c.bytes, end, c.end) : Lines.UNDECIDED;
    if (lineEnd == Lines.UNDECIDED) {
      return c.stop(end, SipError.MORE_BYTES);
    }
    row[SipIndex.REASON] = REASON_AT;
    row[SipIndex.REASON + 1] = end - c.base - REASON_AT;
    return c.stop(end + lineEnd, SipError.OK);
  }

  private int request(Cursor c, int[] row) {
    while (true) {
      int end = Octets.findLws(c.bytes, c.at, c.end);
      if (end == c.end) {
        return c.stop(end, SipError.MORE_BYTES);
      }
      int length = end - c.base - token;
      byte delimiter = c.bytes[end];
      boolean last = state == VERSION;
      if (length == 0 || (last ? !Octets.is(delimiter, Octets.LINE_END) : delimiter != ' ')) {
        return c.stop(end, SipError.BAD_CHARACTER);
      }
      if (last) {
        int lineEnd = Lines.length(c.bytes, end, c.end);
        return lineEnd == Lines.UNDECIDED
            ? c.stop(end, SipError.MORE_BYTES)
            : c.stop(end + lineEnd, SipError.OK);
      }
      if (state == METHOD) {
        row[SipIndex.FLAGS] = SipMethod.of(c.bytes, c.base, length);
        row[SipIndex.METHOD_TEXT + 1] = length;
        state = URI;
      } else {
        row[SipIndex.REQUEST_URI] = token;
        row[SipIndex.REQUEST_URI + 1] = length;
        state = VERSION;
      }
      c.at = end + 1;
      token = c.at - c.base;
    }
  }
}
