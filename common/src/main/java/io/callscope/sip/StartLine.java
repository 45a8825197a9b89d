package io.callscope.sip;

/**
 * Finds where a message can start in a stream whose framing was lost. Stricter than the parser,
 * which must read what others accept: here a false start costs the messages behind it. Any thread.
 */
public final class StartLine {
  /** Longest start line that is recognised. */
  public static final int MAX_BYTES = 4096;

  private static final int MAX_METHOD = 32;
  private static final String METHOD_MARKS = "-.!%*_+`'~";
  private static final String VERSION = "sip/2.0";
  private static final int STATUS_BYTES = 12;

  private StartLine() {}

  /** Behind any CR and LF, which may stand before a message (RFC 3261 §7.5). */
  public static int skipLineEnds(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && Octets.is(bytes[i], Octets.LINE_END)) {
      i++;
    }
    return i;
  }

  /**
   * Whether a SIP/2.0 request or status line starts here.
   *
   * @return {@link SipError#OK} if so, {@link SipError#MORE_BYTES} if it still may, {@link
   *     SipError#BAD_CHARACTER} if not
   */
  public static int test(byte[] bytes, int from, int end) {
    int reply = status(bytes, from, end);
    return reply == SipError.BAD_CHARACTER ? request(bytes, from, end) : reply;
  }

  /**
   * First line after {@code from} at which {@link #test} does not say no.
   *
   * @return its offset; {@code end} (or one less, at a CR) if there is none, from where to go on
   *     when there are more bytes
   */
  public static int next(byte[] bytes, int from, int end) {
    int i = from;
    while (true) {
      i = Lines.find(bytes, i, end);
      int line = skipLineEnds(bytes, i, end);
      if (line == end) {
        // What comes next is at the start of a line only if a line end is seen before it.
        return i < end ? end - 1 : end;
      }
      if (test(bytes, line, end) != SipError.BAD_CHARACTER) {
        return line;
      }
      i = line;
    }
  }

  private static int status(byte[] bytes, int from, int end) {
    int present = Math.min(end - from, STATUS_BYTES);
    int versionPresent = Math.min(present, VERSION.length());
    for (int i = 0; i < versionPresent; i++) {
      if (Octets.lower(bytes[from + i]) != VERSION.charAt(i)) {
        return SipError.BAD_CHARACTER;
      }
    }
    for (int i = VERSION.length(); i < present; i++) {
      boolean space = i == VERSION.length() || i == STATUS_BYTES - 1;
      if (space ? bytes[from + i] != ' ' : !Octets.isDigit(bytes[from + i])) {
        return SipError.BAD_CHARACTER;
      }
    }
    return present == STATUS_BYTES ? SipError.OK : SipError.MORE_BYTES;
  }

  private static int request(byte[] bytes, int from, int end) {
    int limit = Math.min(end, from + MAX_BYTES);
    int i = from;
    while (i < limit && i - from <= MAX_METHOD && isMethod(bytes[i])) {
      i++;
    }
    if (i == limit) {
      return undecided(from, end);
    }
    if (bytes[i] != ' ' || i == from) {
      return SipError.BAD_CHARACTER;
    }
    int uri = i + 1;
    i = Octets.find(bytes, uri, limit, Octets.LWS);
    if (i == limit) {
      return undecided(from, end);
    }
    if (bytes[i] != ' ' || i == uri) {
      return SipError.BAD_CHARACTER;
    }
    return version(bytes, i + 1, end);
  }

  private static int version(byte[] bytes, int from, int end) {
    for (int i = 0; i <= VERSION.length(); i++) {
      if (from + i == end) {
        return SipError.MORE_BYTES;
      }
      byte octet = bytes[from + i];
      boolean good =
          i < VERSION.length()
              ? Octets.lower(octet) == VERSION.charAt(i)
              : Octets.is(octet, Octets.LINE_END);
      if (!good) {
        return SipError.BAD_CHARACTER;
      }
    }
    return SipError.OK;
  }

  private static int undecided(int from, int end) {
    return end - from < MAX_BYTES ? SipError.MORE_BYTES : SipError.BAD_CHARACTER;
  }

  private static boolean isMethod(byte octet) {
    return Octets.isDigitOrLetter(octet) || METHOD_MARKS.indexOf(octet) >= 0;
  }
}
