package io.callscope.capture.ws;

import io.callscope.sip.SipError;
import io.callscope.sip.StartLine;

/** Whether bytes look like the start of a frame, where the upgrade before it was not seen. */
enum FrameLikeness {
  YES,
  NO,
  /** There are too few of them. */
  UNDECIDED;

  /** So much of a payload tells whether it is SIP. */
  private static final int LOOK = 256;

  /** What goes on like a method for so many bytes is one. */
  private static final int ENOUGH = 4;

  /** A packed message that is longer is not believed. */
  private static final int MAX_PACKED = 16_384;

  /** Whether frames of SIP, or one that says nothing of its content, start here. */
  static FrameLikeness of(byte[] bytes, int from, int end) {
    int size = FrameHeader.size(bytes, from, end);
    int first = bytes[from];
    int opcode = first & FrameHeader.OPCODE;
    boolean isControl = opcode >= FrameHeader.CONTROL && opcode <= FrameHeader.CONTROL + 2;
    if ((first & FrameHeader.RESERVED) != 0 || (!isControl && opcode != 1 && opcode != 2)) {
      return NO;
    }
    if (end - from < size) {
      return UNDECIDED;
    }
    long length = FrameHeader.payloadLength(bytes, from);
    boolean whole = length == end - from - size;
    if (isControl) {
      boolean good =
          (first & (FrameHeader.FIN | FrameHeader.PACKED)) == FrameHeader.FIN
              && length <= FrameHeader.MAX_CONTROL
              && whole;
      return good ? YES : NO;
    }
    if ((first & FrameHeader.PACKED) != 0) {
      return whole || goesOn(bytes, from + size, end, length, (first & FrameHeader.FIN) != 0)
          ? YES
          : NO;
    }
    return length < 0 ? NO : ofPayload(bytes, from, size, end, length);
  }

  /** What is packed tells nothing, but what is behind it: another frame, or more segments. */
  private static boolean goesOn(byte[] bytes, int payload, int end, long length, boolean last) {
    if (length < 0 || length > MAX_PACKED) {
      return false;
    }
    int next = payload + (int) length;
    if (next >= end) {
      return last;
    }
    int opcode = bytes[next] & FrameHeader.OPCODE;
    return (bytes[next] & FrameHeader.RESERVED) == 0
        && (opcode <= 2 || (opcode >= 8 && opcode <= 10));
  }

  private static FrameLikeness ofPayload(byte[] bytes, int from, int size, int end, long length) {
    int present = (int) Math.min(Math.min(length, LOOK), end - from - size);
    byte[] text = new byte[present];
    boolean masked = FrameHeader.isMasked(bytes, from);
    for (int i = 0; i < present; i++) {
      int octet = bytes[from + size + i];
      text[i] = (byte) (masked ? octet ^ bytes[from + size - 4 + (i & 3)] : octet);
    }
    int start = StartLine.skipLineEnds(text, 0, present);
    int test = StartLine.test(text, start, present);
    if (test == SipError.BAD_CHARACTER) {
      return NO;
    }
    boolean told = present - start >= ENOUGH || present == length;
    return test == SipError.OK || told ? YES : UNDECIDED;
  }
}
