package io.callscope.sip;

/**
 * Reads the Contact values of a parsed message one by one, across all its Contact headers. To be
 * used again and again by one thread; it keeps the message it reads.
 */
public final class ContactReader {
  private final Cursor cursor = new Cursor();
  private final NameAddr value = new NameAddr();
  private int left;
  private boolean headerEnded;

  /** Starts before the first Contact value of a message that parsed well. */
  public void read(SipMessage message) {
    left = message.value(SipIndex.CONTACTS);
    headerEnded = false;
    int start = message.start();
    cursor.set(
        message.bytes(),
        start,
        message.at(SipIndex.CONTACT_HEADER),
        start + message.value(SipIndex.BODY));
  }

  /** Goes on to the next value; false if there is none. */
  public boolean next() {
    if (left == 0) {
      return false;
    }
    left--;
    if (headerEnded) {
      skipToContact();
    }
    value.begin(true, true);
    headerEnded = value.parse(cursor) == SipError.OK;
    return true;
  }

  /** Where the URI of this value starts in the bytes of the message; {@code *} for a star. */
  public int uriAt() {
    return cursor.base + value.uri();
  }

  public int uriLength() {
    return value.uriLength();
  }

  public boolean isStar() {
    return value.isStar();
  }

  /** There is an {@code expires} parameter, and it begins with a number. */
  public boolean hasExpires() {
    return value.params().expires() >= 0;
  }

  /** The {@code expires} parameter, 0 to 2³²−1 seconds; 0 without one. */
  public long expires() {
    return Math.max(value.params().expires(), 0);
  }

  /** The {@code q} parameter in thousandths, 0 to 1000; -1 without a well-formed one. */
  public int q() {
    return value.params().q();
  }

  /** From the start of a line to behind the colon of the next Contact header, which is there. */
  private void skipToContact() {
    Cursor c = cursor;
    while (true) {
      int name = c.at;
      int nameEnd = Octets.find(c.bytes, name, c.end, Octets.NAME_STOP);
      c.at = Octets.indexOf(c.bytes, nameEnd, c.end, ':') + 1;
      if (HeaderName.of(c.bytes, name, nameEnd - name) == HeaderName.CONTACT) {
        return;
      }
      skipValue(c);
    }
  }

  private static void skipValue(Cursor c) {
    int fold;
    do {
      int lineEnd = Lines.find(c.bytes, c.at, c.end);
      fold = Lines.fold(c.bytes, lineEnd, c.end);
      c.at = lineEnd + Math.abs(fold);
    } while (fold > 0);
  }
}
