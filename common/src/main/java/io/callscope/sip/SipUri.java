package io.callscope.sip;

import java.nio.charset.StandardCharsets;

/**
 * The parts of a SIP, SIPS or TEL URI (RFC 3261 §19.1, RFC 3966) as offsets into its bytes, which
 * it keeps. To be used again and again by one thread.
 *
 * <p>Tolerant where a monitor should be; a user part may hold {@code ;} and {@code ?}. Nothing is
 * unescaped.
 */
public final class SipUri {
  /** Errors of {@link #parse}. */
  public static final int OK = 0;

  public static final int BAD_CHARACTER = 1;
  public static final int BAD_SCHEME = 2;
  public static final int BAD_HOST = 3;
  public static final int BAD_PORT = 4;
  public static final int BAD_HEADERS = 5;
  public static final int TOO_SHORT = 6;

  /** Parts, for {@link #at}, {@link #length} and {@link #text}. The scheme has its colon. */
  public static final int SCHEME = 0;

  public static final int USER = 2;
  public static final int PASSWORD = 4;

  /** With the brackets of an IPv6 reference. */
  public static final int HOST = 6;

  public static final int PORT = 8;

  /** Without the first semicolon. */
  public static final int PARAMS = 10;

  /** Without the question mark. */
  public static final int HEADERS = 12;

  /** From the scheme to the end of the port, else of the host, else of the user. */
  public static final int SHORT = 14;

  public static final int WHOLE = 16;

  private static final int SPANS = 18;

  private final UriScan scan = new UriScan();
  private final int[] spans = new int[SPANS];
  private byte[] bytes = {};
  private int port;

  /**
   * @return {@link #OK} or an error, after which only {@link #WHOLE} is of use
   */
  public int parse(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    int error = scan.run(bytes, from, from + length, spans);
    port = scan.port();
    spans[WHOLE] = from;
    spans[WHOLE + 1] = length;
    return error;
  }

  /** The array the parts are in. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where a part starts in {@link #bytes}; of no use if it is absent. */
  public int at(int part) {
    return spans[part];
  }

  /** Length of a part, 0 if it is empty or absent. */
  public int length(int part) {
    return spans[part + 1];
  }

  /** 0 if there is none. */
  public int port() {
    return port;
  }

  /** A part as text, bytes that are not UTF-8 as U+FFFD; empty if it is absent. */
  public String text(int part) {
    return new String(bytes, at(part), length(part), StandardCharsets.UTF_8);
  }
}
