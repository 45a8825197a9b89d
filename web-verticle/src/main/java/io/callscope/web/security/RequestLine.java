package io.callscope.web.security;

/**
 * What the target of a request must be before anyone looks at it: escapes of two digits, and no
 * NUL, plain or escaped, in path or query (RFC 3986 §2.1).
 */
final class RequestLine {
  private RequestLine() {}

  /** What is wrong with it, empty if nothing. */
  static String error(String target) {
    if (!target.startsWith("/")) {
      return "the target must be a path";
    }
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c == 0x7f) {
        return "the target has a control character";
      }
      if (c == '%') {
        int high = i + 2 < target.length() ? Character.digit(target.charAt(i + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(target.charAt(i + 2), 16);
        if (low < 0) {
          return "the target has a broken percent escape";
        }
        if (high == 0 && low == 0) {
          return "the target has a NUL";
        }
      }
    }
    return "";
  }
}
