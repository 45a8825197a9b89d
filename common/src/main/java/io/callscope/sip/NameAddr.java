package io.callscope.sip;

/**
 * Reads name-addr values (From, To, Contact, P-Asserted-Identity; RFC 3261 §20.10, §25.1) with the
 * tolerance a monitor needs, resumable at any byte. What it found is in its fields until the next
 * {@link #begin}.
 *
 * <p>In a list a comma ends a value; in a single value it is a byte like others.
 */
final class NameAddr {
  /** A comma ended the value, another one follows. */
  static final int COMMA = 4;

  /** Result of one step: go on with the next byte. */
  static final int GO_ON = -1;

  private static final int BEGIN = 0;
  private static final int STAR_END = 1;
  private static final int TOKEN = 2;
  private static final int TOKEN_LWS = 3;
  private static final int NAME = 4;
  private static final int QUOTE = 5;
  private static final int URI = 6;
  private static final int URI_END = 7;
  private static final int PARAMS = 8;

  private final AddrParams params = new AddrParams();
  private boolean list;
  private boolean starAllowed;
  private int state;
  private boolean star;
  private int uri;
  private int uriLength;

  /** Before each value. */
  void begin(boolean list, boolean starAllowed) {
    this.list = list;
    this.starAllowed = starAllowed;
    state = BEGIN;
    star = false;
    params.begin(list);
  }

  /** Offset of the URI from the start of the message. */
  int uri() {
    return uri;
  }

  int uriLength() {
    return uriLength;
  }

  boolean isStar() {
    return star;
  }

  AddrParams params() {
    return params;
  }

  /**
   * OK behind the line end of the header, {@link #COMMA} behind the comma that ends a value of a
   * list, else MORE_BYTES or an error.
   */
  int parse(Cursor c) {
    while (c.at < c.end) {
      byte octet = c.bytes[c.at];
      int result;
      if (state == PARAMS) {
        return params.parse(c);
      } else if (state != URI && Octets.is(octet, Octets.LWS)) {
        result = white(c);
      } else {
        result = step(c, octet);
      }
      if (result != GO_ON) {
        return result;
      }
    }
    return SipError.MORE_BYTES;
  }

  private int white(Cursor c) {
    int step = c.lws();
    if (step == Lines.UNDECIDED) {
      return SipError.MORE_BYTES;
    }
    if (state == TOKEN) {
      endUri(c);
      state = TOKEN_LWS;
    }
    if (step > 0) {
      c.at += step;
      return GO_ON;
    }
    boolean complete = state != BEGIN && state != NAME && state != QUOTE;
    return c.stop(c.at - step, complete ? SipError.OK : SipError.BAD_HEADER);
  }

  private int step(Cursor c, byte octet) {
    return switch (state) {
      case BEGIN -> first(c, octet);
      case STAR_END -> SipError.BAD_CHARACTER;
      case TOKEN -> token(c);
      case TOKEN_LWS -> octet == '*' ? next(c, TOKEN_LWS) : afterToken(c, octet);
      case NAME -> name(c);
      case QUOTE -> quoted(c);
      case URI -> bracketed(c);
      default -> afterUri(c, octet);
    };
  }

  private int first(Cursor c, byte octet) {
    return switch (octet) {
      case '*' -> star(c);
      case ',' -> list ? SipError.BAD_HEADER : next(c, BEGIN);
      case ';', '>' -> SipError.BAD_CHARACTER;
      case '<' -> beginUri(c);
      case '"' -> next(c, QUOTE);
      default -> {
        uri = c.at - c.base;
        yield next(c, TOKEN);
      }
    };
  }

  private int star(Cursor c) {
    if (!starAllowed) {
      return SipError.BAD_VALUE;
    }
    star = true;
    uri = c.at - c.base;
    uriLength = 1;
    return next(c, STAR_END);
  }

  private int token(Cursor c) {
    c.at = Octets.find(c.bytes, c.at, c.end, Octets.TOKEN_STOP);
    if (c.at == c.end || Octets.is(c.bytes[c.at], Octets.LWS)) {
      return GO_ON;
    }
    byte octet = c.bytes[c.at];
    if (octet == ';' || octet == ',') {
      endUri(c);
    }
    return afterToken(c, octet);
  }

  /** Behind the first token, or behind white space after it. */
  private int afterToken(Cursor c, byte octet) {
    return switch (octet) {
      case ';' -> next(c, PARAMS);
      case ',' -> list ? c.stop(c.at + 1, COMMA) : next(c, state);
      case '<' -> beginUri(c);
      case '>' -> SipError.BAD_CHARACTER;
      case '"' -> next(c, QUOTE);
      default -> next(c, NAME);
    };
  }

  private int name(Cursor c) {
    c.at = Octets.find(c.bytes, c.at, c.end, Octets.TOKEN_STOP);
    if (c.at == c.end || Octets.is(c.bytes[c.at], Octets.LWS)) {
      return GO_ON;
    }
    return switch (c.bytes[c.at]) {
      case '<' -> beginUri(c);
      case '"' -> next(c, QUOTE);
      case ',' -> list ? SipError.BAD_HEADER : next(c, NAME);
      default -> SipError.BAD_CHARACTER;
    };
  }

  private int quoted(Cursor c) {
    int result = c.skipQuoted();
    if (result == SipError.OK) {
      state = NAME;
      return GO_ON;
    }
    return result;
  }

  private int bracketed(Cursor c) {
    c.at = Octets.findUriStop(c.bytes, c.at, c.end);
    if (c.at == c.end) {
      return GO_ON;
    }
    if (c.bytes[c.at] != '>') {
      return SipError.BAD_CHARACTER;
    }
    endUri(c);
    return next(c, URI_END);
  }

  /** What is no semicolon or comma behind the closing bracket is skipped. */
  private int afterUri(Cursor c, byte octet) {
    if (octet == ';') {
      return next(c, PARAMS);
    }
    return octet == ',' && list ? c.stop(c.at + 1, COMMA) : next(c, URI_END);
  }

  private int next(Cursor c, int nextState) {
    c.at++;
    state = nextState;
    return GO_ON;
  }

  private int beginUri(Cursor c) {
    c.at++;
    uri = c.at - c.base;
    state = URI;
    return GO_ON;
  }

  private void endUri(Cursor c) {
    uriLength = c.at - c.base - uri;
  }
}
