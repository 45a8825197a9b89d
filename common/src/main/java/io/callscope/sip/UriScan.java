package io.callscope.sip;

import java.util.Arrays;

/**
 * Takes a URI apart in one pass. What follows the scheme is a host until an {@code @} says that it
 * was a user, which may come late, since users may hold the separators of parameters and headers.
 */
final class UriScan {
  private static final int MAX_PORT = 65_535;
  private static final int NONE = -1;

  private byte[] bytes;
  private int end;
  private int[] spans;
  private int port;

  /** Start of what is a host unless an {@code @} follows. */
  private int hostStart;

  /** No {@code @} may follow any more. */
  private boolean settled;

  /** A colon that may part user and password, {@link #NONE} if there is none. */
  private int border;

  int port() {
    return port;
  }

  /** Fills the spans of {@link SipUri} but WHOLE; returns its error. */
  int run(byte[] bytes, int from, int end, int[] spans) {
    this.bytes = bytes;
    this.end = end;
    this.spans = spans;
    port = 0;
    settled = false;
    border = NONE;
    Arrays.fill(spans, 0);
    if (end - from < 5) {
      return SipUri.TOO_SHORT;
    }
    int scheme = schemeLength(from);
    if (scheme == 0) {
      return SipUri.BAD_SCHEME;
    }
    hostStart = from + scheme;
    if (hostStart == end) {
      return SipUri.TOO_SHORT;
    }
    put(SipUri.SCHEME, from, hostStart);
    int error = userOrHost();
    if (error == SipUri.OK) {
      finish(from);
    }
    return error;
  }

  private int schemeLength(int from) {
    if (Octets.isWord(bytes, from, 4, "sip:") || Octets.isWord(bytes, from, 4, "tel:")) {
      return 4;
    }
    return Octets.isWord(bytes, from, 5, "sips:") ? 5 : 0;
  }

  private int userOrHost() {
    switch (bytes[hostStart]) {
      case ':', ']' -> {
        return SipUri.BAD_CHARACTER;
      }
      case '[' -> {
        return ipv6(hostStart);
      }
      default -> {} // any other first byte is taken as it is
    }
    for (int i = hostStart + 1; i < end; i++) {
      switch (bytes[i]) {
        case '@' -> {
          return user(i);
        }
        case ':' -> {
          return passwordOrPort(i);
        }
        case ';' -> {
          put(SipUri.HOST, hostStart, i);
          return params(i + 1);
        }
        case '?' -> {
          put(SipUri.HOST, hostStart, i);
          return headers(i + 1);
        }
        case '[', ']' -> {
          return SipUri.BAD_CHARACTER;
        }
        default -> {}
      }
    }
    put(SipUri.HOST, hostStart, end);
    return SipUri.OK;
  }

  private int passwordOrPort(int colon) {
    int i = colon + 1;
    while (i < end && Octets.isDigit(bytes[i])) {
      i++;
    }
    if (i == end || bytes[i] == ';' || bytes[i] == '?') {
      put(SipUri.HOST, hostStart, colon);
      settled = true;
      return port(colon + 1);
    }
    for (; i < end; i++) {
      switch (bytes[i]) {
        case '@' -> {
          border = colon;
          return user(i);
        }
        case ';', '?', '[', ']', ':' -> {
          return SipUri.BAD_CHARACTER;
        }
        default -> {}
      }
    }
    return SipUri.BAD_PORT;
  }

  /** All since the host start was a user, perhaps with a password. */
  private int user(int at) {
    put(SipUri.USER, hostStart, border == NONE ? at : border);
    if (border != NONE) {
      put(SipUri.PASSWORD, border + 1, at);
    }
    clear(SipUri.HOST);
    clear(SipUri.PORT);
    clear(SipUri.PARAMS);
    clear(SipUri.HEADERS);
    port = 0;
    border = NONE;
    settled = true;
    hostStart = at + 1;
    return host();
  }

  private int host() {
    if (hostStart == end) {
      return SipUri.BAD_HOST;
    }
    switch (bytes[hostStart]) {
      case '[' -> {
        return ipv6(hostStart);
      }
      case ':', ';', '?', '&', '@' -> {
        return SipUri.BAD_HOST;
      }
      default -> {}
    }
    int i = hostStart + 1;
    while (i < end && !isHostEnd(bytes[i])) {
      if (bytes[i] == '&' || bytes[i] == '@') {
        return SipUri.BAD_CHARACTER;
      }
      i++;
    }
    put(SipUri.HOST, hostStart, i);
    return afterHost(i);
  }

  private static boolean isHostEnd(byte octet) {
    return octet == ':' || octet == ';' || octet == '?';
  }

  private int ipv6(int bracket) {
    int i = bracket + 1;
    while (i < end && bytes[i] != ']') {
      switch (bytes[i]) {
        case '[', '@', ';', '?', '&' -> {
          return SipUri.BAD_HOST;
        }
        default -> i++;
      }
    }
    if (i == end || (i + 1 < end && !isHostEnd(bytes[i + 1]))) {
      return SipUri.BAD_HOST;
    }
    put(SipUri.HOST, bracket, i + 1);
    return afterHost(i + 1);
  }

  private int afterHost(int i) {
    if (i == end) {
      return SipUri.OK;
    }
    return bytes[i] == ':' ? port(i + 1) : tail(i);
  }

  private int port(int begin) {
    int i = begin;
    for (; i < end && bytes[i] != ';' && bytes[i] != '?'; i++) {
      if (!Octets.isDigit(bytes[i])) {
        return SipUri.BAD_PORT;
      }
      port = port * 10 + bytes[i] - '0';
      if (port > MAX_PORT) {
        return SipUri.BAD_PORT;
      }
    }
    put(SipUri.PORT, begin, i);
    return i == end ? SipUri.OK : tail(i);
  }

  private int tail(int i) {
    return bytes[i] == ';' ? params(i + 1) : headers(i + 1);
  }

  private int params(int begin) {
    for (int i = begin; i < end; i++) {
      switch (bytes[i]) {
        case '@' -> {
          return settled ? SipUri.BAD_CHARACTER : user(i);
        }
        case ':' -> colon(i);
        case ';' -> settleBorder();
        case '?' -> {
          settleBorder();
          put(SipUri.PARAMS, begin, i);
          return headers(i + 1);
        }
        default -> {}
      }
    }
    put(SipUri.PARAMS, begin, end);
    return SipUri.OK;
  }

  private int headers(int begin) {
    boolean semicolon = false;
    for (int i = begin; i < end; i++) {
      switch (bytes[i]) {
        case '@' -> {
          return settled ? SipUri.BAD_CHARACTER : user(i);
        }
        case ':' -> colon(i);
        case ';' -> {
          if (settled || border != NONE) {
            return SipUri.BAD_CHARACTER;
          }
          semicolon = true;
        }
        case '?' -> settleBorder();
        default -> {}
      }
    }
    put(SipUri.HEADERS, begin, end);
    return semicolon ? SipUri.BAD_HEADERS : SipUri.OK;
  }

  private void colon(int i) {
    if (border != NONE) {
      settleBorder();
    } else if (!settled) {
      border = i;
    }
  }

  /** A second separator behind the border: there is no user. */
  private void settleBorder() {
    if (border != NONE) {
      border = NONE;
      settled = true;
    }
  }

  private void finish(int from) {
    if (Octets.lower(bytes[from]) == 't') {
      spans[SipUri.USER] = spans[SipUri.HOST];
      spans[SipUri.USER + 1] = spans[SipUri.HOST + 1];
      clear(SipUri.HOST);
    }
    int last = SipUri.USER;
    if (spans[SipUri.PORT + 1] > 0) {
      last = SipUri.PORT;
    } else if (spans[SipUri.HOST + 1] > 0) {
      last = SipUri.HOST;
    }
    put(SipUri.SHORT, from, spans[last] + spans[last + 1]);
  }

  private void put(int part, int begin, int partEnd) {
    spans[part] = begin;
    spans[part + 1] = partEnd - begin;
  }

  private void clear(int part) {
    spans[part] = 0;
    spans[part + 1] = 0;
  }
}
