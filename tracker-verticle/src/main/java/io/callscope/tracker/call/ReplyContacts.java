package io.callscope.tracker.call;

import io.callscope.sip.ContactReader;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;
import java.util.Arrays;

/**
 * The contacts a registrar lists in a 2xx, with the lifetime it grants each. One object a
 * partition, read anew for each reply, each contact once however many are looked for.
 */
final class ReplyContacts {
  /** The registrar does not list the contact. */
  static final long NOT_LISTED = -1;

  private static final long DEFAULT_SECONDS = 3600;
  private static final long NOT_SAID = -1;

  private final ContactReader reader = new ContactReader();
  private final UriKey key = new UriKey();
  private SipMessage reply;

  /** Per contact: hash of its key without port, end of its key in {@link #keys}, lifetime. */
  private int[] hashes = new int[16];

  private int[] ends = new int[16];
  private long[] seconds = new long[16];
  private byte[] keys = new byte[1024];
  private int count;

  /**
   * Reads what a reply lists, up to as many contacts as an AOR can have.
   *
   * @return contacts beyond that
   */
  int read(SipMessage message) {
    reply = message;
    count = 0;
    reader.read(message);
    int most = Math.min(message.value(SipIndex.CONTACTS), Bindings.MAX_CHAIN);
    for (int i = 0; i < most && reader.next(); i++) {
      if (key.read(message.bytes(), reader.uriAt(), reader.uriLength())) {
        add();
      }
    }
    return message.value(SipIndex.CONTACTS) - most;
  }

  private void add() {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
      seconds = Arrays.copyOf(seconds, 2 * count);
    }
    int from = start(count);
    int end = from + key.length();
    if (end > keys.length) {
      keys = Arrays.copyOf(keys, Math.max(end, 2 * keys.length));
    }
    System.arraycopy(key.bytes(), 0, keys, from, key.length());
    hashes[count] = key.hashWithoutPort();
    ends[count] = end;
    seconds[count] = reader.hasExpires() ? reader.expires() : NOT_SAID;
    count++;
  }

  private int start(int contact) {
    return contact == 0 ? 0 : ends[contact - 1];
  }

  /**
   * Seconds the registrar grants a contact: what it says there, else in its Expires header, else
   * what was asked for, else an hour (RFC 3261 §10.2.1.1, §10.2.4). 0 = it is deleted.
   */
  long lifetimeSeconds(UriKey contact, boolean ignorePort, int requestedSeconds) {
    int hash = contact.hashWithoutPort();
    for (int i = 0; i < count; i++) {
      if (hashes[i] == hash && contact.equals(keys, start(i), ends[i], ignorePort)) {
        return seconds[i] == NOT_SAID ? otherwise(requestedSeconds) : seconds[i];
      }
    }
    return NOT_LISTED;
  }

  private long otherwise(int requestedSeconds) {
    if (reply.has(SipIndex.FLAG_EXPIRES)) {
      return reply.value(SipIndex.EXPIRES) & 0xffff_ffffL;
    }
    return requestedSeconds >= 0 ? requestedSeconds : DEFAULT_SECONDS;
  }

  /**
   * Takes the first contacts of a reply with their lifetimes, when its request was not seen.
   *
   * @return contacts beyond those
   */
  int forEach(SipMessage message, Visitor visitor) {
    reply = message;
    reader.read(message);
    int most = Math.min(message.value(SipIndex.CONTACTS), ContactList.MAX_CONTACTS);
    for (int i = 0; i < most && reader.next(); i++) {
      int length = Math.min(reader.uriLength(), ContactList.MAX_LENGTH);
      byte[] contact = new byte[length];
      System.arraycopy(message.bytes(), reader.uriAt(), contact, 0, length);
      visitor.visit(contact, reader.hasExpires() ? reader.expires() : otherwise(-1));
    }
    return message.value(SipIndex.CONTACTS) - most;
  }

  interface Visitor {
    void visit(byte[] contact, long seconds);
  }
}
