package io.callscope.sip;

/**
 * Reads one header value after the other into the row, each by the rules of its header, resumable
 * at any byte.
 */
final class HeaderValue {
  /** Headers of which only the first is read, by any rule but "skip to the line end". */
  private static final int SINGLE =
      bit(HeaderName.FROM)
          | bit(HeaderName.TO)
          | bit(HeaderName.CALL_ID)
          | bit(HeaderName.CSEQ)
          | bit(HeaderName.CONTENT_LENGTH)
          | bit(HeaderName.EXPIRES);

  /** The same digit for the compact form of a header name. */
  private static final int COMPACT_DIGIT = 8;

  private final NameAddr nameAddr = new NameAddr();
  private final CSeqValue cseq = new CSeqValue();
  private final NumberValue number = new NumberValue();
  private final CallIdValue callId = new CallIdValue();

  private int header;
  private int headers;
  private int seen;
  private boolean first;
  private int order;
  private int orderCount;

  /** Where the value starts, from the start of the message. */
  private int begin;

  void reset() {
    headers = 0;
    seen = 0;
    order = 0;
    orderCount = 0;
  }

  /** Header lines whose value was begun. */
  int headers() {
    return headers;
  }

  /** No header of this name was begun yet. */
  boolean isFirst(int name) {
    return (seen & bit(name)) == 0;
  }

  /** Such headers after the first are text like any other. */
  static boolean isSingle(int name) {
    return (SINGLE & bit(name)) != 0;
  }

  private static int bit(int header) {
    return 1 << header;
  }

  /** Counts a header line and notes its name. */
  void note(int name, boolean compact) {
    headers++;
    int bit = bit(name);
    first = (seen & bit) == 0;
    seen |= bit;
    if (first && name <= HeaderName.LAST_OF_SIGNATURE && headers <= SipParser.SIGNATURE_HEADERS) {
      order |= (compact ? name | COMPACT_DIGIT : name) << (4 * orderCount);
      orderCount++;
    }
  }

  /** The cursor stands behind the colon. */
  void begin(int name, boolean compact, Cursor c) {
    note(name, compact);
    begin = c.at - c.base;
    header = !first && isSingle(name) ? HeaderName.OTHER : name;
    switch (header) {
      case HeaderName.FROM, HeaderName.TO -> nameAddr.begin(false, true);
      case HeaderName.CONTACT -> nameAddr.begin(true, true);
      case HeaderName.P_ASSERTED_IDENTITY -> nameAddr.begin(true, false);
      case HeaderName.CALL_ID -> callId.reset();
      case HeaderName.CSEQ -> cseq.reset();
      case HeaderName.CONTENT_LENGTH -> number.reset(NumberValue.MAX_CONTENT_LENGTH);
      case HeaderName.EXPIRES -> number.reset(NumberValue.MAX_UINT32);
      default -> {}
    }
  }

  /** OK behind the line end of the header, with what it brought in the row. */
  int parse(Cursor c, int[] row) {
    return switch (header) {
      case HeaderName.FROM, HeaderName.TO -> endpoint(c, row);
      case HeaderName.CONTACT, HeaderName.P_ASSERTED_IDENTITY -> list(c, row);
      case HeaderName.CALL_ID -> flagged(callId.parse(c, row), SipIndex.FLAG_CALL_ID, row);
      case HeaderName.CSEQ -> flagged(cseq.parse(c, row), SipIndex.FLAG_CSEQ, row);
      case HeaderName.CONTENT_LENGTH -> {
        int result = number.parse(c);
        if (result == SipError.OK) {
          row[SipIndex.CONTENT_LENGTH] = (int) number.value();
        }
        yield result;
      }
      case HeaderName.EXPIRES -> {
        int result = flagged(number.parse(c), SipIndex.FLAG_EXPIRES, row);
        if (result == SipError.OK) {
          row[SipIndex.EXPIRES] = (int) number.value();
        }
        yield result;
      }
      default -> text(c, row);
    };
  }

  private static int flagged(int result, int flag, int[] row) {
    if (result == SipError.OK) {
      row[SipIndex.FLAGS] |= flag;
    }
    return result;
  }

  private int endpoint(Cursor c, int[] row) {
    int result = nameAddr.parse(c);
    if (result == SipError.OK) {
      boolean from = header == HeaderName.FROM;
      row[SipIndex.FLAGS] |= from ? SipIndex.FLAG_FROM : SipIndex.FLAG_TO;
      putUri(row, from ? SipIndex.FROM_URI : SipIndex.TO_URI);
      int tag = from ? SipIndex.FROM_TAG : SipIndex.TO_TAG;
      row[tag] = nameAddr.params().tag();
      row[tag + 1] = nameAddr.params().tagLength();
    }
    return result;
  }

  private int list(Cursor c, int[] row) {
    boolean contact = header == HeaderName.CONTACT;
    int result = nameAddr.parse(c);
    while (result == NameAddr.COMMA) {
      put(contact, row);
      nameAddr.begin(true, contact);
      result = nameAddr.parse(c);
    }
    if (result == SipError.OK) {
      put(contact, row);
      if (contact && first) {
        putText(c, row, SipIndex.CONTACT_HEADER);
      }
    }
    return result;
  }

  private void put(boolean contact, int[] row) {
    if (contact) {
      putContact(row);
    } else {
      putIdentity(row);
    }
  }

  private void putContact(int[] row) {
    if (row[SipIndex.CONTACTS]++ == 0) {
      putUri(row, SipIndex.CONTACT_URI);
      row[SipIndex.FLAGS] |= nameAddr.isStar() ? SipIndex.FLAG_STAR : 0;
    }
    long expires = nameAddr.params().expires();
    if (expires > Integer.toUnsignedLong(row[SipIndex.CONTACT_MAX_EXPIRES])) {
      row[SipIndex.CONTACT_MAX_EXPIRES] = (int) expires;
    }
  }

  private void putIdentity(int[] row) {
    putIdentity(row, nameAddr.uri(), nameAddr.uriLength());
  }

  static void putIdentity(int[] row, int uri, int uriLength) {
    int count = row[SipIndex.PAIS]++;
    if (count < 2) {
      int span = count == 0 ? SipIndex.PAI1_URI : SipIndex.PAI2_URI;
      row[span] = uri;
      row[span + 1] = uriLength;
    }
  }

  private void putUri(int[] row, int span) {
    row[span] = nameAddr.uri();
    row[span + 1] = nameAddr.uriLength();
  }

  /** A value that is only skipped, or noted as text. */
  private int text(Cursor c, int[] row) {
    while (true) {
      int end = Lines.find(c.bytes, c.at, c.end);
      int fold = end < c.end ? Lines.fold(c.bytes, end, c.end) : Lines.UNDECIDED;
      if (fold == Lines.UNDECIDED) {
        return c.stop(end, SipError.MORE_BYTES);
      }
      c.at = end + Math.abs(fold);
      if (fold < 0) {
        break;
      }
    }
    if (first) {
      switch (header) {
        case HeaderName.VIA -> putText(c, row, SipIndex.VIA);
        case HeaderName.USER_AGENT -> putText(c, row, SipIndex.USER_AGENT);
        case HeaderName.SERVER -> putText(c, row, SipIndex.SERVER);
        default -> {}
      }
    }
    return SipError.OK;
  }

  /** The value up to the cursor, without the white space and line ends around it. */
  private void putText(Cursor c, int[] row, int span) {
    int from = c.base + begin;
    int end = c.at;
    while (end > from && Octets.is(c.bytes[end - 1], Octets.LWS)) {
      end--;
    }
    while (from < end && Octets.is(c.bytes[from], Octets.LWS)) {
      from++;
    }
    row[span] = from - c.base;
    row[span + 1] = end - from;
  }

  /** The message's headers are over. */
  void finish(int[] row) {
    row[SipIndex.HEADER_ORDER] = order;
    row[SipIndex.HEADER_ORDER_COUNT] = orderCount;
    if ((row[SipIndex.FLAGS] & SipIndex.FLAG_REPLY) != 0) {
      row[SipIndex.FLAGS] |= row[SipIndex.CSEQ_METHOD];
    }
  }
}
