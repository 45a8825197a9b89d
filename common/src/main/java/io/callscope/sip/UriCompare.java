package io.callscope.sip;

/**
 * Compares URIs that parsed well. For one thread.
 *
 * <p>The short comparison is the one for addresses of record and contacts: scheme, user, password,
 * host and port. A port that is not there differs from 5060, and nothing is unescaped.
 */
public final class UriCompare {
  /** Most parameters or headers of a URI that are compared. */
  static final int MAX_ELEMENTS = 100;

  private static final String[] TELLING_PARAMS = {"user", "ttl", "method", "maddr"};

  private final ParamList first = new ParamList();
  private final ParamList second = new ParamList();

  /** Equal but for parameters and headers. */
  public static boolean sameShort(SipUri a, SipUri b) {
    return a.port() == b.port() && sameShortButPort(a, b);
  }

  /** Equal but for port, parameters and headers. */
  public static boolean sameShortButPort(SipUri a, SipUri b) {
    return sameIgnoringCase(a, b, SipUri.SCHEME)
        && same(a, b, SipUri.USER)
        && same(a, b, SipUri.PASSWORD)
        && sameIgnoringCase(a, b, SipUri.HOST);
  }

  /**
   * Equal by RFC 3261 §19.1.4 but for escapes. URIs whose parameters or headers are malformed, or
   * more than 100, are not equal to any.
   */
  public boolean sameFull(SipUri a, SipUri b) {
    return sameShort(a, b) && sameParams(a, b) && sameHeaders(a, b);
  }

  private static boolean same(SipUri a, SipUri b, int part) {
    int length = a.length(part);
    if (length != b.length(part)) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (a.bytes()[a.at(part) + i] != b.bytes()[b.at(part) + i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameIgnoringCase(SipUri a, SipUri b, int part) {
    return a.length(part) == b.length(part)
        && Octets.equalIgnoringCase(a.bytes(), a.at(part), b.bytes(), b.at(part), a.length(part));
  }

  private boolean sameParams(SipUri a, SipUri b) {
    return count(first, a, SipUri.PARAMS) >= 0
        && count(second, b, SipUri.PARAMS) >= 0
        && paramsAgree(a, b)
        && paramsAgree(b, a);
  }

  private boolean paramsAgree(SipUri a, SipUri b) {
    open(first, a, SipUri.PARAMS);
    while (first.next() == ParamList.FOUND) {
      if (findName(b, SipUri.PARAMS)) {
        if (!first.sameValue(second)) {
          return false;
        }
      } else if (isTelling(first)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTelling(ParamList param) {
    for (String name : TELLING_PARAMS) {
      if (param.isNamed(name)) {
        return true;
      }
    }
    return false;
  }

  /** Leaves {@link #second} at the first element of the name {@link #first} stands at. */
  private boolean findName(SipUri uri, int part) {
    open(second, uri, part);
    while (second.next() == ParamList.FOUND) {
      if (first.sameName(second)) {
        return true;
      }
    }
    return false;
  }

  private boolean sameHeaders(SipUri a, SipUri b) {
    int count = count(first, a, SipUri.HEADERS);
    if (count < 0 || count != count(second, b, SipUri.HEADERS)) {
      return false;
    }
    open(first, a, SipUri.HEADERS);
    while (first.next() == ParamList.FOUND) {
      if (!findHeader(b)) {
        return false;
      }
    }
    return true;
  }

  private boolean findHeader(SipUri uri) {
    open(second, uri, SipUri.HEADERS);
    while (second.next() == ParamList.FOUND) {
      if (first.sameName(second) && first.sameValue(second)) {
        return true;
      }
    }
    return false;
  }

  private static void open(ParamList list, SipUri uri, int part) {
    boolean params = part == SipUri.PARAMS;
    int from = uri.at(part);
    list.set(uri.bytes(), from, from + uri.length(part), params ? ';' : '&', params ? '&' : '?');
  }

  /** Elements of a list, -1 if it is malformed or too long. */
  private static int count(ParamList list, SipUri uri, int part) {
    open(list, uri, part);
    int count = 0;
    int result = list.next();
    while (result == ParamList.FOUND && count <= MAX_ELEMENTS) {
      count++;
      result = list.next();
    }
    boolean good = result == ParamList.END && list.isAtEnd() && count <= MAX_ELEMENTS;
    return good ? count : -1;
  }
}
