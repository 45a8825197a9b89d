package io.callscope.tracker.call;

import io.callscope.bus.EventType;
import io.callscope.sip.ContactReader;
import io.callscope.sip.SipIndex;
import io.callscope.sip.SipMessage;
import io.callscope.tracker.call.EventRaiser.Trigger;

/**
 * What a REGISTER and its 2xx do: each contact of the request is bound, refreshed, moved from
 * another entry or deleted, as the registrar's answer says. The REGISTER rules of RFC 3261 §10,
 * seen from outside.
 */
final class Registrar {
  /** Bits of the event types that a binding raises. */
  static final int MARKS =
      EventType.REG_NEW.bit() | EventType.REG_DEL.bit() | EventType.REG_EXPIRED.bit();

  /** In place of the lifetime asked for: no REGISTER was seen, only answers. */
  static final int NO_REQUEST = -2;

  private static final int NOT_SAID = -1;

  /**
   * Longest lifetime where no REGISTER was seen. To forge an answer takes one packet; a client that
   * is there registers again, and is seen then.
   */
  private static final long MAX_UNASKED_SECONDS = 86_400;

  /** A longer one is hostile: every binding keeps its AOR. */
  private static final int MAX_AOR_BYTES = 1024;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final CallStore store;
  private final RegCounters counters;
  private final Bindings bindings;
  private final BindingEnds ends;
  private final ReplyContacts listed = new ReplyContacts();
  private final ContactReader reader = new ContactReader();
  private final UriKey aor = new UriKey();
  private final UriKey contact = new UriKey();

  Registrar(CallStore store, RegCounters counters, EventRaiser raiser) {
    this.store = store;
    this.counters = counters;
    bindings = new Bindings(store, counters);
    ends = new BindingEnds(store, counters, bindings, raiser);
  }

  Bindings bindings() {
    return bindings;
  }

  BindingEnds ends() {
    return ends;
  }

  /** Keeps what the answer will be held against: all contacts, and the lifetime asked for. */
  void request(CallEntry entry, Arrival arrival) {
    SipMessage message = arrival.message;
    store.setMoreContacts(entry, ContactList.of(message, reader));
    counters.ignored(message.value(SipIndex.CONTACTS) - ContactList.MAX_CONTACTS);
    entry.requestedSeconds = NOT_SAID;
    reader.read(message);
    if (reader.next() && reader.hasExpires()) {
      entry.requestedSeconds = (int) Math.min(reader.expires(), Integer.MAX_VALUE);
    } else if (message.has(SipIndex.FLAG_EXPIRES)) {
      entry.requestedSeconds =
          (int) Math.min(message.value(SipIndex.EXPIRES) & 0xffff_ffffL, Integer.MAX_VALUE);
    }
  }

  /**
   * A 2xx to REGISTER.
   *
   * @param withoutRequest the entry was made by this reply
   */
  void success(CallEntry entry, Arrival arrival, boolean withoutRequest) {
    long now = arrival.nowNanos;
    SipMessage reply = arrival.message;
    store.changeState(entry, CallState.NON_INV_FIN, now);
    if (!readAor(reply)) {
      counters.count(counters.noAor);
      settle(entry, now, false);
      return;
    }
    if (withoutRequest) {
      listAll(entry, arrival);
    } else if (CallText.length(entry.texts, CallText.CONTACT) == 0) {
      // A query: the registrar lists what it has, the client bound nothing.
      settle(entry, now, false);
    } else if (isStar(entry)) {
      ends.deleteAll(entry, aor, now);
      settle(entry, now, true);
    } else {
      bindRequested(entry, arrival);
    }
  }

  private boolean readAor(SipMessage reply) {
    int length = reply.length(SipIndex.TO_URI);
    return length <= MAX_AOR_BYTES && aor.read(reply.bytes(), reply.at(SipIndex.TO_URI), length);
  }

  private static boolean isStar(CallEntry entry) {
    return CallText.length(entry.texts, CallText.CONTACT) == 1
        && entry.texts[CallText.start(entry.texts, CallText.CONTACT)] == '*';
  }

  private void listAll(CallEntry entry, Arrival arrival) {
    long now = arrival.nowNanos;
    if (CallText.length(entry.texts, CallText.CONTACT) == 0) {
      counters.count(counters.noContact);
      settle(entry, now, false);
      return;
    }
    boolean deletedBefore = entry.has(EventType.REG_DEL);
    int ignored =
        listed.forEach(
            arrival.message,
            (written, seconds) -> {
              if (!contact.read(written, 0, written.length)) {
                counters.count(counters.noContact);
              } else if (seconds > 0) {
                bind(entry, written, seconds, arrival);
              } else {
                ends.delete(entry, aor, contact, written, now, deletedBefore);
              }
            });
    counters.ignored(ignored);
    settle(entry, now, true);
  }

  private void bindRequested(CallEntry entry, Arrival arrival) {
    long now = arrival.nowNanos;
    boolean ignorePort = store.settings.contactIgnorePort();
    boolean deletedBefore = entry.has(EventType.REG_DEL);
    counters.ignored(listed.read(arrival.message));
    for (byte[] written : ContactList.all(entry)) {
      if (!contact.read(written, 0, written.length)) {
        counters.count(counters.noContact);
        continue;
      }
      long seconds = listed.lifetimeSeconds(contact, ignorePort, entry.requestedSeconds);
      if (seconds > 0) {
        bind(entry, written, seconds, arrival);
      } else {
        ends.delete(entry, aor, contact, written, now, deletedBefore);
      }
    }
    dropReplaced(entry, ignorePort, now);
    settle(entry, now, true);
  }

  /**
   * A client that registers another contact in the same dialog, and whose old one the registrar
   * lists no more, has moved.
   */
  private void dropReplaced(CallEntry entry, boolean ignorePort, long now) {
    for (Binding binding = entry.bindings; binding != null; ) {
      Binding next = binding.ownerNext;
      byte[] written = binding.contact();
      if (!binding.isPending()
          && !isRequested(entry, binding, ignorePort)
          && contact.read(written, 0, written.length)
          && listed.lifetimeSeconds(contact, ignorePort, -1) == ReplyContacts.NOT_LISTED) {
        counters.count(counters.contactReplaced);
        bindings.remove(binding);
        ends.raise(entry, EventType.REG_DEL, Trigger.REPLY, now, written);
        entry.mark(EventType.REG_NEW);
      }
      binding = next;
    }
  }

  private boolean isRequested(CallEntry entry, Binding binding, boolean ignorePort) {
    for (byte[] written : ContactList.all(entry)) {
      if (contact.read(written, 0, written.length)
          && BindingTable.isContact(binding, contact, ignorePort)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Binds the contact just read: a new binding, a refresh, or one taken over from another entry.
   */
  private void bind(CallEntry entry, byte[] written, long seconds, Arrival arrival) {
    long now = arrival.nowNanos;
    long expires = now + lifetimeNanos(entry, seconds);
    if (entry.has(EventType.REG_DEL)) {
      counters.count(counters.newAfterDel);
      entry.unmark(EventType.REG_DEL);
    }
    Binding binding = bindings.find(aor, contact);
    if (binding == null) {
      bindNew(entry, written, expires, arrival);
      return;
    }
    store.touch(binding.owner);
    reached(binding, arrival);
    boolean own = binding.owner == entry;
    if (binding.isPending()) {
      counters.count(own ? counters.newMatchDelayedEntry : counters.newMatchDelayedBinding);
      binding.end = Binding.End.EXPIRES;
    }
    if (own) {
      entry.flags &= ~CallFlags.DELAYED_REG_DEL;
    } else {
      counters.count(counters.refreshDiffCallId);
      bindings.steal(binding, entry, now);
      entry.flags |= CallFlags.CACHED_REG_BINDING;
    }
    binding.expiresNanos = expires;
    entry.mark(EventType.REG_NEW);
  }

  /** The answer goes where the client is reached. */
  private void reached(Binding binding, Arrival reply) {
    if (binding.reachedAt(reply.destinationHigh, reply.destinationLow, reply.destinationPort)) {
      counters.count(counters.moved);
    }
  }

  private void bindNew(CallEntry entry, byte[] written, long expires, Arrival arrival) {
    Binding binding = bindings.add(aor, contact, written, entry);
    if (binding != null) {
      reached(binding, arrival);
      binding.expiresNanos = expires;
    } else if (entry.has(EventType.REG_NEW)) {
      return;
    }
    ends.raise(entry, EventType.REG_NEW, Trigger.REPLY, arrival.nowNanos, written);
  }

  private long lifetimeNanos(CallEntry entry, long grantedSeconds) {
    long most = store.settings.maxLifetimeSeconds();
    if (entry.requestedSeconds == NO_REQUEST) {
      most = Math.min(most, MAX_UNASKED_SECONDS);
    }
    if (grantedSeconds > most) {
      counters.count(counters.lifetimesCut);
    }
    return Math.min(grantedSeconds, most) * NANOS_PER_SECOND + store.settings.expiryDeltaNanos();
  }

  /**
   * Arms an entry after an answer: by its bindings, or to leave soon, also where there was no room
   * for them. Otherwise the entry would stand for what its table has refused.
   */
  private void settle(CallEntry entry, long now, boolean force) {
    if (entry.bindings != null) {
      bindings.rearm(entry);
      return;
    }
    long soon = now + store.settings.timeoutNanos(CallState.NON_INV_FIN);
    if (force) {
      store.forceDeadline(entry, soon);
    } else {
      store.extendDeadline(entry, soon);
    }
  }
}
