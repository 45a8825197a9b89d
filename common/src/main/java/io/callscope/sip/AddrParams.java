package io.callscope.sip;

/**
 * Reads the parameters of a name-addr value, from behind the first semicolon on, resumable at any
 * byte, and keeps those we use: {@code tag}, {@code expires}, {@code q}.
 */
final class AddrParams {
  private static final int BEGIN = 0;
  private static final int NAME = 1;
  private static final int NAME_LWS = 2;
  private static final int VALUE_BEGIN = 3;
  private static final int VALUE = 4;
  private static final int QUOTE = 5;
  private static final int VALUE_LWS = 6;

  private static final int OTHER = 0;
  private static final int TAG = 1;
  private static final int EXPIRES = 2;
  private static final int Q = 3;

  private boolean list;
  private int state;
  private int kind;

  /** Where the name or value now read starts, from the start of the message. */
  private int begin;

  private int tag;
  private int tagLength;
  private long expires;
  private int q;

  /** Before each name-addr value. */
  void begin(boolean list) {
    this.list = list;
    state = BEGIN;
    kind = OTHER;
    tag = 0;
    tagLength = 0;
    expires = -1;
    q = -1;
  }

  /** Offset of the tag from the start of the message, 0 if there is none. */
  int tag() {
    return tag;
  }

  int tagLength() {
    return tagLength;
  }

  /** 0 to 2³²−1, -1 if there is no usable one. */
  long expires() {
    return expires;
  }

  /** 0 to 1000 thousandths, -1 if there is no usable one. */
  int q() {
    return q;
  }

  /** As {@link NameAddr#parse}. */
  int parse(Cursor c) {
    while (c.at < c.end) {
      byte octet = c.bytes[c.at];
      int result = Octets.is(octet, Octets.LWS) ? white(c) : step(c, octet);
      if (result != NameAddr.GO_ON) {
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
    if (state == NAME) {
      endName(c);
      state = NAME_LWS;
    } else if (state == VALUE) {
      endValue(c);
      state = VALUE_LWS;
    }
    if (step > 0) {
      c.at += step;
      return NameAddr.GO_ON;
    }
    return c.stop(c.at - step, state == QUOTE ? SipError.BAD_HEADER : SipError.OK);
  }

  private int step(Cursor c, byte octet) {
    return switch (state) {
      case BEGIN -> first(c, octet);
      case NAME -> name(c);
      case NAME_LWS -> octet == '=' ? next(c, VALUE_BEGIN) : afterParam(c, octet);
      case VALUE_BEGIN -> firstOfValue(c, octet);
      case VALUE -> value(c);
      case QUOTE -> quoted(c);
      default -> afterParam(c, octet);
    };
  }

  private int first(Cursor c, byte octet) {
    return switch (octet) {
      case ';', ',' -> delimiter(c, octet);
      case '=', '<', '>' -> SipError.BAD_CHARACTER;
      default -> {
        begin = c.at - c.base;
        yield next(c, NAME);
      }
    };
  }

  private int name(Cursor c) {
    c.at = Octets.find(c.bytes, c.at, c.end, Octets.PARAM_STOP);
    if (c.at == c.end || Octets.is(c.bytes[c.at], Octets.LWS)) {
      return NameAddr.GO_ON;
    }
    byte octet = c.bytes[c.at];
    if (octet == ',' && !list) {
      return next(c, NAME);
    }
    endName(c);
    return octet == '=' ? next(c, VALUE_BEGIN) : afterParam(c, octet);
  }

  private int firstOfValue(Cursor c, byte octet) {
    if (octet == ';' || octet == ',') {
      return delimiter(c, octet);
    }
    begin = c.at - c.base;
    state = VALUE;
    return NameAddr.GO_ON;
  }

  private int value(Cursor c) {
    c.at = Octets.find(c.bytes, c.at, c.end, Octets.TOKEN_STOP);
    if (c.at == c.end || Octets.is(c.bytes[c.at], Octets.LWS)) {
      return NameAddr.GO_ON;
    }
    byte octet = c.bytes[c.at];
    if (octet == '"') {
      return next(c, QUOTE);
    }
    if (octet == ',' && !list) {
      return next(c, VALUE);
    }
    endValue(c);
    return afterParam(c, octet);
  }

  private int quoted(Cursor c) {
    int result = c.skipQuoted();
    if (result == SipError.OK) {
      state = VALUE;
      return NameAddr.GO_ON;
    }
    return result;
  }

  /** Behind a whole parameter only another one or the next value may follow. */
  private int afterParam(Cursor c, byte octet) {
    boolean delimits = octet == ';' || (octet == ',' && list);
    return delimits ? delimiter(c, octet) : SipError.BAD_CHARACTER;
  }

  /** A semicolon or comma; a comma that delimits nothing is dropped. */
  private int delimiter(Cursor c, byte octet) {
    if (octet == ';') {
      return next(c, BEGIN);
    }
    return list ? c.stop(c.at + 1, NameAddr.COMMA) : next(c, state);
  }

  private int next(Cursor c, int nextState) {
    c.at++;
    state = nextState;
    return NameAddr.GO_ON;
  }

  private void endName(Cursor c) {
    int from = c.base + begin;
    kind =
        switch (c.at - from) {
          case 1 -> (c.bytes[from] | 0x20) == 'q' ? Q : OTHER;
          case 3 -> Octets.isWord(c.bytes, from, 3, "tag") ? TAG : OTHER;
          case 7 -> Octets.isWord(c.bytes, from, 7, "expires") ? EXPIRES : OTHER;
          default -> OTHER;
        };
  }

  /** An empty value never gets here: the parameter is as if it were not there. */
  private void endValue(Cursor c) {
    int from = c.base + begin;
    switch (kind) {
      case TAG -> {
        tag = begin;
        tagLength = c.at - from;
      }
      case EXPIRES -> expires = ParamNumbers.leading(c.bytes, from, c.at);
      case Q -> q = ParamNumbers.thousandths(c.bytes, from, c.at);
      default -> {}
    }
  }
}
