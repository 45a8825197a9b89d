package io.callscope.sip;

/**
 * Walks over {@code name[=value]} elements with a separator between them: the parameters of a Via,
 * the parameters and headers of a URI (RFC 3261 §25.1), white space and empty elements tolerated.
 * For one thread.
 */
final class ParamList {
  /** The next element is in the fields. */
  static final int FOUND = 0;

  static final int END = 1;
  static final int SYNTAX_ERROR = 2;

  private static final String MARKS = "-_.!~*'()%[]/:+$";
  private static final boolean[] TOKEN = new boolean[256];

  static {
    for (int octet = 0; octet < 128; octet++) {
      TOKEN[octet] = Octets.isDigitOrLetter((byte) octet) || MARKS.indexOf(octet) >= 0;
    }
  }

  private byte[] bytes;
  private int at;
  private int end;
  private char separator;
  private char extra;

  private int name;
  private int nameLength;
  private int value;
  private int valueLength;

  /**
   * @param extra a byte that tokens may hold besides letters, digits and the usual marks
   */
  void set(byte[] bytes, int from, int end, char separator, char extra) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    this.separator = separator;
    this.extra = extra;
  }

  int value() {
    return value;
  }

  /** -1 for an element without an equals sign. */
  int valueLength() {
    return valueLength;
  }

  boolean isNamed(String lowerCaseName) {
    return Octets.isWord(bytes, name, nameLength, lowerCaseName);
  }

  boolean sameName(ParamList other) {
    return nameLength == other.nameLength
        && Octets.equalIgnoringCase(bytes, name, other.bytes, other.name, nameLength);
  }

  /** Equal but for case; no value differs from an empty one. */
  boolean sameValue(ParamList other) {
    return valueLength == other.valueLength
        && (valueLength <= 0
            || Octets.equalIgnoringCase(bytes, value, other.bytes, other.value, valueLength));
  }

  boolean isAtEnd() {
    return at == end;
  }

  /** {@link #FOUND}, {@link #END} (of the bytes, or a comma) or {@link #SYNTAX_ERROR}. */
  int next() {
    skipEmpty();
    if (at == end || bytes[at] == ',') {
      return END;
    }
    name = at;
    skipToken();
    nameLength = at - name;
    valueLength = -1;
    skipWhite();
    if (nameLength == 0 || !readValue()) {
      return SYNTAX_ERROR;
    }
    skipWhite();
    return at == end || bytes[at] == ',' || bytes[at] == separator ? FOUND : SYNTAX_ERROR;
  }

  /** The next element, if there is one, starts with a byte that may start one. */
  boolean nextMayStart() {
    skipEmpty();
    return at == end || bytes[at] == ',' || isToken(bytes[at]);
  }

  private boolean readValue() {
    if (at == end || bytes[at] != '=') {
      return true;
    }
    at++;
    skipWhite();
    value = at;
    if (at < end && bytes[at] == '"') {
      if (!skipQuoted()) {
        return false;
      }
    } else {
      skipToken();
    }
    valueLength = at - value;
    return true;
  }

  private boolean skipQuoted() {
    for (at++; at < end; at++) {
      byte octet = bytes[at];
      if (octet == '"') {
        at++;
        return true;
      }
      if (octet == '\\' && at + 1 < end) {
        octet = bytes[++at];
      }
      if ((octet >= 0 && octet < ' ' && octet != '\t') || octet == 0x7f) {
        return false;
      }
    }
    return false;
  }

  private void skipEmpty() {
    while (at < end && (bytes[at] == separator || Octets.is(bytes[at], Octets.LWS))) {
      at++;
    }
  }

  private void skipWhite() {
    while (at < end && Octets.is(bytes[at], Octets.LWS)) {
      at++;
    }
  }

  private void skipToken() {
    int i = at;
    while (i < end && isToken(bytes[i])) {
      i++;
    }
    at = i;
  }

  private boolean isToken(byte octet) {
    return TOKEN[octet & 0xff] || octet == extra;
  }
}
