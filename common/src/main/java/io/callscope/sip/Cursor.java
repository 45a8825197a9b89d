package io.callscope.sip;

/**
 * The bytes at hand and how far they are read. All parts of the parser move the same cursor; where
 * it stands after an error is the offset of that error.
 */
final class Cursor {
  byte[] bytes;

  /** Where the message starts: spans are stored relative to it. */
  int base;

  int at;

  /** Behind the last byte at hand. */
  int end;

  void set(byte[] bytes, int base, int at, int end) {
    this.bytes = bytes;
    this.base = base;
    this.at = at;
    this.end = end;
  }

  /** Moves to {@code index} and passes {@code result} on. */
  int stop(int index, int result) {
    at = index;
    return result;
  }

  /** Length of the white space or line end at {@code at}, as {@link Lines#fold} tells it. */
  int lws() {
    byte octet = bytes[at];
    return octet == ' ' || octet == '\t' ? 1 : Lines.fold(bytes, at, end);
  }

  /**
   * Inside quotes: goes on to their end, or to the next white space.
   *
   * @return OK behind the closing quote, {@link NameAddr#GO_ON} at white space or out of bytes,
   *     MORE_BYTES behind a backslash, or an error
   */
  int skipQuoted() {
    int i = Octets.find(bytes, at, end, Octets.QUOTE_STOP);
    if (i == end || Octets.is(bytes[i], Octets.LWS)) {
      return stop(i, NameAddr.GO_ON);
    }
    if (bytes[i] == '"') {
      return stop(i + 1, SipError.OK);
    }
    if (i + 1 == end) {
      return stop(i, SipError.MORE_BYTES);
    }
    return Octets.is(bytes[i + 1], Octets.LINE_END)
        ? stop(i + 1, SipError.BAD_CHARACTER)
        : stop(i + 2, NameAddr.GO_ON);
  }

  /**
   * Skips white space and folded line ends.
   *
   * @return {@link SipError#OK} at another byte, {@link SipError#MORE_BYTES}, or {@link
   *     #HEADER_END} behind the line end of the header
   */
  int skipLws() {
    while (at < end) {
      if (!Octets.is(bytes[at], Octets.LWS)) {
        return SipError.OK;
      }
      int step = lws();
      if (step == Lines.UNDECIDED) {
        return SipError.MORE_BYTES;
      }
      if (step < 0) {
        return stop(at - step, HEADER_END);
      }
      at += step;
    }
    return SipError.MORE_BYTES;
  }

  /** The header is over: an outcome between the parser's parts, the first of its error numbers. */
  static final int HEADER_END = 1;
}
