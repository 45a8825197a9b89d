package io.callscope.sip;

/**
 * Finds the first IP address in a text, as signatures and anonymisation need it. Any thread.
 *
 * <p>A result is offset, counted from where the search began, and length; {@link #NONE} if there is
 * no address.
 */
public final class IpSearch {
  public static final long NONE = -1;

  /** Digits of an IPv4 number. */
  private static final int MAX_DIGITS = 3;

  private static final int GROUP_DIGITS = 4;

  private IpSearch() {}

  public static int offset(long result) {
    return (int) (result >>> 32);
  }

  public static int length(long result) {
    return (int) result;
  }

  /** The first dotted quad. */
  public static long findIpv4(byte[] bytes, int from, int length) {
    int end = from + length;
    for (int dot = from; dot < end; dot++) {
      if (bytes[dot] == '.') {
        for (int at = Math.max(dot - MAX_DIGITS, from); at < dot; at++) {
          int found = matchIpv4(bytes, at, end);
          if (found > 0) {
            return result(at - from, found);
          }
        }
      }
    }
    return NONE;
  }

  /** The first IPv6 address; brackets around it are part of it. */
  public static long findIpv6(byte[] bytes, int from, int length) {
    int end = from + length;
    int next = from;
    for (int colon = from; colon < end; colon++) {
      if (bytes[colon] == ':') {
        // A bracket and a group fit before the colon.
        int first = colon - from > GROUP_DIGITS ? colon - GROUP_DIGITS - 1 : next;
        for (int at = first; at < colon; at++) {
          int found = matchIpv6(bytes, at, end);
          if (found > 0) {
            return result(at - from, found);
          }
        }
        next = colon + 1;
      }
    }
    return NONE;
  }

  private static long result(int offset, int length) {
    return (long) offset << 32 | length;
  }

  /** Length of the dotted quad that starts here, 0 if none does. */
  private static int matchIpv4(byte[] bytes, int at, int end) {
    int i = at;
    for (int part = 0; part < 4; part++) {
      int begin = i;
      int number = 0;
      while (i < end && i - begin < MAX_DIGITS && Octets.isDigit(bytes[i])) {
        int longer = number * 10 + bytes[i] - '0';
        if (longer > 255) {
          break;
        }
        number = longer;
        i++;
      }
      if (i == begin) {
        return 0;
      }
      if (part < 3) {
        if (i == end || bytes[i] != '.') {
          return 0;
        }
        i++;
      }
    }
    return i - at;
  }

  /** Length of the IPv6 address that starts here, 0 if none does. */
  private static int matchIpv6(byte[] bytes, int at, int end) {
    boolean bracket = bytes[at] == '[';
    int begin = bracket ? at + 1 : at;
    int digits = 0;
    int colons = 0;
    boolean compressed = false;
    int i = begin;
    for (; i < end; i++) {
      if (Octets.isHexDigit(bytes[i])) {
        if (++digits > GROUP_DIGITS) {
          break;
        }
      } else if (bytes[i] == ':') {
        boolean pair = i > begin && bytes[i - 1] == ':';
        if (colons == 8 || (colons == 7 && !compressed && !pair)) {
          break;
        }
        if (pair && compressed) {
          return 0;
        }
        compressed |= pair;
        colons++;
        digits = 0;
      } else {
        break;
      }
    }
    if (i == begin || (!compressed && (colons < 7 || bytes[i - 1] == ':'))) {
      return 0;
    }
    if (!bracket || i == end) {
      return i - at;
    }
    return bytes[i] == ']' ? i + 1 - at : 0;
  }
}
