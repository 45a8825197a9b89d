package io.callscope.sip;

/** Outcomes of the parser: the numbers of the counters {@code parse_error_<n>} and their texts. */
public final class SipError {
  public static final int OK = 0;

  /** A blank line directly after the first line. */
  public static final int EMPTY_HEADER = 2;

  /** Incomplete data on a stream: not an error, feed more bytes. */
  public static final int MORE_BYTES = 3;

  public static final int BAD_CHARACTER = 6;

  /** An empty value, or one that ends too early. */
  public static final int BAD_HEADER = 8;

  public static final int BAD_VALUE = 11;
  public static final int NUMBER_TOO_BIG = 12;

  /** Ran out of bytes where no more will come. */
  public static final int TRUNCATED = 13;

  public static final int NO_CONTENT_LENGTH = 14;

  /** One more than the largest number. */
  public static final int COUNT = 17;

  private static final String[] TEXTS = {
    "no error",
    "end of header",
    "empty header",
    "more bytes needed",
    "more header values present",
    "CR expected",
    "invalid character in header",
    "error parsing header parameter",
    "bad header",
    "header value is not a number",
    "header value is too long",
    "bad header value",
    "numeric header value too big",
    "incomplete/truncated data",
    "no Content-Length header in message",
    "internal BUG while parsing header",
    "error conversion BUG"
  };

  private SipError() {}

  /** The text of a number from 0 to 16, as pages and counters show it. */
  public static String text(int error) {
    return TEXTS[error];
  }
}
