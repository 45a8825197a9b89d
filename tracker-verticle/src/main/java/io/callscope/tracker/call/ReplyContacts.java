package io.callscope.tracker.call;

import io.callscope.sip.ContactReader;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;

/**
 * The contacts a registrar lists in a 2xx, with the lifetime it grants each. One object a
 * partition, read anew for each reply.
 */
final class ReplyContacts {
  /** The registrar does not list the contact. */
  static final long NOT_LISTED = -1;

  private static final long DEFAULT_SECONDS = 3600;

  private final ContactReader reader = new ContactReader();
  private final UriKey listed = new UriKey();
  private SipMessage reply;

  void read(SipMessage message) {
    reply = message;
  }

  /**
   * Seconds the registrar grants a contact: what it says there, else in its Expires header, else
   * what was asked for, else an hour (RFC 3261 §10.2.1.1, §10.2.4). 0 = it is deleted.
   */
  long lifetimeSeconds(UriKey contact, boolean ignorePort, int requestedSeconds) {
    reader.read(reply);
    while (reader.next()) {
      if (listed.read(reply.bytes(), reader.uriAt(), reader.uriLength())
          && listed.equals(contact, ignorePort)) {
        return grantedSeconds(requestedSeconds);
      }
    }
    return NOT_LISTED;
  }

  private long grantedSeconds(int requestedSeconds) {
    if (reader.hasExpires()) {
      return reader.expires();
    }
    if (reply.has(SipIndex.FLAG_EXPIRES)) {
      return reply.value(SipIndex.EXPIRES) & 0xffff_ffffL;
    }
    return requestedSeconds >= 0 ? requestedSeconds : DEFAULT_SECONDS;
  }

  /** Takes each contact of the reply with its lifetime; for replies whose request was not seen. */
  void forEach(Visitor visitor) {
    reader.read(reply);
    for (int i = 0; i < ContactList.MAX_CONTACTS && reader.next(); i++) {
      int length = Math.min(reader.uriLength(), ContactList.MAX_LENGTH);
      byte[] contact = new byte[length];
      System.arraycopy(reply.bytes(), reader.uriAt(), contact, 0, length);
      visitor.visit(contact, grantedSeconds(-1));
    }
  }

  interface Visitor {
    void visit(byte[] contact, long seconds);
  }
}
