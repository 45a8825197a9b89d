package io.callscope.tracker.call;

import io.callscope.bus.EventType;
import io.callscope.tracker.call.EventRaiser.Trigger;

/**
 * How bindings end: deleted by a REGISTER, at once or after the delay that is set, or by their own
 * time. One thread.
 */
final class BindingEnds {
  private final CallStore store;
  private final RegCounters counters;
  private final Bindings bindings;
  private final EventRaiser raiser;

  BindingEnds(CallStore store, RegCounters counters, Bindings bindings, EventRaiser raiser) {
    this.store = store;
    this.counters = counters;
    this.bindings = bindings;
    this.raiser = raiser;
  }

  /**
   * Deletes a contact, at once or after the delay that is set. What nobody holds is reported all
   * the same.
   *
   * @param written the contact as it was written
   * @param deletedBefore an earlier answer has deleted for this entry, so that this may be the same
   *     once more
   */
  void delete(
      CallEntry entry,
      UriKey aor,
      UriKey contact,
      byte[] written,
      long now,
      boolean deletedBefore) {
    if (entry.has(EventType.REG_NEW)) {
      counters.count(counters.delAfterNew);
    }
    Binding binding = bindings.find(aor, contact);
    boolean own = binding != null && binding.owner == entry;
    counters.set(counters.delMaxBindings, bindings.countOfAor(aor));
    counters.set(counters.delMaxMatching, binding == null ? 0 : 1);
    if (binding == null) {
      counters.count(counters.delNoMatch);
    } else if (binding.isPending()) {
      counters.count(own ? counters.delMatchDelayedEntry : counters.delMatchDelayedBinding);
    }
    boolean later = store.settings.deleteDelayNanos() > 0;
    if (later ? binding == null : own) {
      counters.count(counters.delNoCached);
    }
    Binding held = later && binding == null ? bindings.add(aor, contact, written, entry) : binding;
    if (later && held != null) {
      deleteLater(entry, held, now);
    } else {
      deleteNow(entry, binding, written, now, deletedBefore);
    }
  }

  private void deleteNow(
      CallEntry entry, Binding binding, byte[] written, long now, boolean deletedBefore) {
    if (binding != null) {
      bindings.takeFromOwner(binding, entry, now);
      bindings.remove(binding);
    } else if (deletedBefore) {
      return;
    }
    raise(entry, EventType.REG_DEL, Trigger.REPLY, now, written);
  }

  private void deleteLater(CallEntry entry, Binding binding, long now) {
    if (binding.owner != entry) {
      bindings.steal(binding, entry, now);
    }
    hold(binding, Binding.End.DELETED, now + store.settings.deleteDelayNanos());
  }

  private void hold(Binding binding, Binding.End end, long untilNanos) {
    store.touch(binding.owner);
    counters.count(counters.delDelayed);
    binding.end = end;
    binding.expiresNanos = untilNanos;
    binding.owner.flags |= CallFlags.DELAYED_REG_DEL;
  }

  /**
   * A star deletes every contact of the AOR; each that another entry holds reports its own end a
   * little later.
   */
  void deleteAll(CallEntry entry, UriKey aor, long now) {
    counters.count(counters.delStar);
    long delay = store.settings.deleteDelayNanos();
    long until = now + (delay > 0 ? delay : store.settings.timeoutNanos(CallState.NON_INV_FIN));
    int hit = 0;
    for (Binding binding = bindings.ofAor(aor, null); binding != null; ) {
      Binding next = bindings.ofAor(aor, binding);
      hit++;
      if (binding.owner != entry) {
        hold(binding, Binding.End.DELETED, until);
        bindings.rearm(binding.owner);
      } else if (delay > 0) {
        hold(binding, Binding.End.DELETED_BY_STAR, until);
      } else {
        bindings.remove(binding);
      }
      binding = next;
    }
    counters.set(counters.delAllMaxBindings, hit);
    if (delay <= 0) {
      raise(entry, EventType.REG_DEL, Trigger.REPLY, now, null);
    }
  }

  /** Raises an event of a binding, whose types may come again and again. */
  void raise(CallEntry entry, EventType type, Trigger trigger, long now, byte[] writtenContact) {
    entry.mark(type);
    if (type == EventType.REG_DEL) {
      entry.unmark(EventType.REG_NEW);
    }
    raiser.emit(entry, type, trigger, now, writtenContact);
  }

  /**
   * The time of an entry with a registration has come: ends the bindings that are due, and the
   * entry if none is left.
   */
  void expire(CallEntry entry, long now) {
    entry.flags |= CallFlags.TIMEOUT;
    boolean starReported = false;
    for (Binding binding = entry.bindings; binding != null; ) {
      Binding next = binding.ownerNext;
      if (binding.expiresNanos <= now) {
        bindings.remove(binding);
        boolean star = binding.end == Binding.End.DELETED_BY_STAR;
        if (!star || !starReported) {
          end(entry, binding, now);
        }
        starReported |= star;
      }
      binding = next;
    }
    if (entry.bindings == null) {
      store.remove(entry);
    } else {
      entry.flags &= ~CallFlags.TIMEOUT;
      store.rearm(entry, bindings.earliestExpiry(entry));
    }
  }

  private void end(CallEntry entry, Binding binding, long now) {
    if (binding.isPending() && entry.has(EventType.REG_DEL)) {
      counters.count(counters.delDelayedAfterDel);
    }
    switch (binding.end) {
      case EXPIRES -> raise(entry, EventType.REG_EXPIRED, Trigger.TIMEOUT, now, binding.contact());
      case DELETED -> {
        counters.count(counters.delDelayedEvent);
        raise(entry, EventType.REG_DEL, Trigger.TIMEOUT, now, binding.contact());
      }
      case DELETED_BY_STAR -> {
        counters.count(counters.delDelayedEvent);
        raise(entry, EventType.REG_DEL, Trigger.TIMEOUT, now, null);
      }
    }
  }
}
