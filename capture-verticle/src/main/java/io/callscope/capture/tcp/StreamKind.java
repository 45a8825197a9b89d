package io.callscope.capture.tcp;

/** Tells what a stream is that is not SIP. */
final class StreamKind {
  private static final int TLS_FIRST_TYPE = 20;
  private static final int TLS_LAST_TYPE = 23;
  private static final int TLS_MAJOR = 3;
  private static final int TLS_LAST_MINOR = 4;
  private static final String HTTP_VERSION = "HTTP/1.";

  /** Longest line that is searched for a version. */
  private static final int MAX_LINE = 1024;

  private StreamKind() {}

  /** A TLS record starts here (RFC 8446 §5.1), as far as its bytes are there. */
  static boolean isTls(byte[] bytes, int from, int end) {
    int type = bytes[from];
    return type >= TLS_FIRST_TYPE
        && type <= TLS_LAST_TYPE
        && (from + 1 >= end || bytes[from + 1] == TLS_MAJOR)
        && (from + 2 >= end || (bytes[from + 2] >= 0 && bytes[from + 2] <= TLS_LAST_MINOR));
  }

  /** The first line has a version of HTTP. */
  static boolean isHttp(byte[] bytes, int from, int end) {
    int limit = Math.min(end, from + MAX_LINE) - HTTP_VERSION.length();
    for (int i = from; i <= limit && bytes[i] != '\n'; i++) {
      if (isVersion(bytes, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isVersion(byte[] bytes, int at) {
    for (int i = 0; i < HTTP_VERSION.length(); i++) {
      if (bytes[at + i] != HTTP_VERSION.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
