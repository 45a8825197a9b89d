package io.callscope.tracker.call;

import io.callscope.sip.ContactReader;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The contacts of a REGISTER behind the first, kept by its entry until the answer: per contact a
 * length byte and so many bytes. The first is an attribute of the entry.
 */
final class ContactList {
  /** Longest contact that is kept, as for the attribute. */
  static final int MAX_LENGTH = 160;

  /** Most contacts of one REGISTER that are followed. */
  static final int MAX_CONTACTS = 10;

  /** Longest list. */
  static final int MAX_BYTES = (MAX_CONTACTS - 1) * (1 + MAX_LENGTH);

  private ContactList() {}

  /** The list of a message's contacts behind the first, null if there are none. */
  static byte[] of(SipMessage message, ContactReader reader) {
    if (message.value(SipIndex.CONTACTS) < 2) {
      return null;
    }
    byte[] list = new byte[MAX_BYTES];
    int used = 0;
    reader.read(message);
    reader.next();
    for (int i = 1; i < MAX_CONTACTS && reader.next(); i++) {
      int length = Math.min(reader.uriLength(), MAX_LENGTH);
      list[used++] = (byte) length;
      System.arraycopy(message.bytes(), reader.uriAt(), list, used, length);
      used += length;
    }
    return Arrays.copyOf(list, used);
  }

  /** The lengths of a list add up. */
  static boolean isSound(byte[] list) {
    int at = 0;
    while (at < list.length) {
      at += 1 + (list[at] & 0xff);
    }
    return at == list.length;
  }

  /** All contacts of an entry, the first one included; none if it has none. */
  static List<byte[]> all(CallEntry entry) {
    List<byte[]> contacts = new ArrayList<>(1);
    int from = CallText.start(entry.texts, CallText.CONTACT);
    int length = CallText.length(entry.texts, CallText.CONTACT);
    if (length > 0) {
      contacts.add(Arrays.copyOfRange(entry.texts, from, from + length));
    }
    byte[] more = entry.moreContacts == null ? new byte[0] : entry.moreContacts;
    for (int at = 0; at < more.length; ) {
      int size = more[at] & 0xff;
      contacts.add(Arrays.copyOfRange(more, at + 1, at + 1 + size));
      at += 1 + size;
    }
    return contacts;
  }
}
