package io.callscope.tracker.call;

import io.callscope.bus.EventTime;
import io.callscope.bus.EventType;
import io.callscope.query.Listing;
import io.callscope.table.TableFigures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bindings of a partition and who holds them: what keeps the table, the entries' lists and the
 * limits in step. One thread.
 */
final class Bindings {
  /** Longest chain that is walked: a flood of contacts of one AOR, or of equal hashes. */
  static final int MAX_CHAIN = 512;

  private final CallStore store;
  private final RegCounters counters;
  private final BindingTable table = new BindingTable();

  Bindings(CallStore store, RegCounters counters) {
    this.store = store;
    this.counters = counters;
  }

  /** A walk over the bindings that all filters let through. */
  BindingScan scan(List<BindingFilter> filters, Listing listing) {
    return new BindingScan(store.table, table, filters, listing);
  }

  /** The binding of a contact, or null. */
  Binding find(UriKey aor, UriKey contact) {
    return table.find(aor, contact, store.settings.contactIgnorePort());
  }

  Binding ofAor(UriKey aor, Binding after) {
    return table.ofAor(aor, after);
  }

  int countOfAor(UriKey aor) {
    int count = 0;
    for (Binding binding = table.ofAor(aor, null); binding != null; count++) {
      binding = table.ofAor(aor, binding);
    }
    return count;
  }

  /** A new binding of an entry, or null where a limit forbids it. */
  Binding add(UriKey aor, UriKey contact, byte[] written, CallEntry owner) {
    int texts = aor.length() + contact.length() + written.length;
    int size = Binding.FIXED_BYTES + CallEntry.arrayBytes(texts);
    if (table.size() >= store.settings.maxBindings() || table.chainLength(aor) >= MAX_CHAIN) {
      counters.count(counters.failLimit);
      return null;
    }
    if (table.bytes() + size > store.settings.maxBindingBytes()) {
      counters.count(counters.failNew);
      return null;
    }
    Binding binding = table.add(aor, contact, written);
    attach(binding, owner);
    counters.active(table.size());
    return binding;
  }

  /** Takes in the bindings of an entry that comes from the store. */
  void restore(CallEntry entry) {
    for (Binding binding = entry.bindings; binding != null; binding = binding.ownerNext) {
      table.restore(binding);
    }
    counters.active(table.size());
  }

  /** Bindings made so far. */
  long created() {
    return table.created();
  }

  void restoreCreated(long count) {
    table.restoreCreated(count);
  }

  /** An entry goes for good, whatever became of it: nobody is left to end its bindings. */
  void removeAllOf(CallEntry entry) {
    while (entry.bindings != null) {
      remove(entry.bindings);
    }
  }

  /** The bindings an entry holds are in the table, and say that they are its. */
  boolean areOf(CallEntry entry) {
    for (Binding binding = entry.bindings; binding != null; binding = binding.ownerNext) {
      Binding other = table.chain(binding.hash);
      while (other != null && other != binding) {
        other = other.chainNext;
      }
      if (other == null || binding.owner != entry) {
        return false;
      }
    }
    return true;
  }

  void remove(Binding binding) {
    detach(binding);
    table.remove(binding);
    counters.active(table.size());
  }

  /** Gives a binding to another entry; the old one leaves silently if it holds no other. */
  void steal(Binding binding, CallEntry thief, long nowNanos) {
    takeFromOwner(binding, thief, nowNanos);
    detach(binding);
    attach(binding, thief);
  }

  /**
   * Tells the owner that it will lose a binding to {@code other}, if it is not the owner itself.
   */
  void takeFromOwner(Binding binding, CallEntry other, long nowNanos) {
    CallEntry owner = binding.owner;
    if (owner == other) {
      return;
    }
    store.touch(owner);
    owner.flags |= CallFlags.STOLEN_REG_BINDING;
    boolean last = owner.bindings == binding && binding.ownerNext == null;
    if (last) {
      owner.flags &= ~CallFlags.DELAYED_REG_DEL;
      owner.unmark(EventType.REG_NEW);
      owner.mark(EventType.REG_DEL);
      store.forceDeadline(owner, nowNanos + store.settings.timeoutNanos(CallState.NON_INV_FIN));
    }
  }

  private static void attach(Binding binding, CallEntry owner) {
    binding.owner = owner;
    binding.ownerNext = owner.bindings;
    owner.bindings = binding;
  }

  private static void detach(Binding binding) {
    CallEntry owner = binding.owner;
    if (owner.bindings == binding) {
      owner.bindings = binding.ownerNext;
    } else {
      Binding before = owner.bindings;
      while (before.ownerNext != binding) {
        before = before.ownerNext;
      }
      before.ownerNext = binding.ownerNext;
    }
    binding.ownerNext = null;
  }

  /** Arms an entry for the first of its bindings that ends. */
  void rearm(CallEntry entry) {
    store.forceDeadline(entry, earliestExpiry(entry));
  }

  long earliestExpiry(CallEntry entry) {
    long earliest = Long.MAX_VALUE;
    for (Binding binding = entry.bindings; binding != null; binding = binding.ownerNext) {
      earliest = Math.min(earliest, binding.expiresNanos);
    }
    return earliest;
  }

  /** No binding of the entry lives longer than this. */
  void shorten(CallEntry entry, long deadlineNanos) {
    for (Binding binding = entry.bindings; binding != null; binding = binding.ownerNext) {
      binding.expiresNanos = Math.min(binding.expiresNanos, deadlineNanos);
    }
  }

  /** The bindings of an entry, for pages. */
  List<Map<String, Object>> views(CallEntry entry) {
    List<Map<String, Object>> views = new ArrayList<>();
    for (Binding binding = entry.bindings; binding != null; binding = binding.ownerNext) {
      views.add(view(binding));
    }
    return views;
  }

  static Map<String, Object> view(Binding binding) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("aor", CallView.text(binding.owner, CallText.TO));
    view.put("contact", new String(binding.contact(), StandardCharsets.UTF_8));
    view.put("callId", CallView.text(binding.owner, CallText.CALL_ID));
    view.put("source", binding.sourceText());
    view.put("sourcePort", binding.sourcePort());
    view.put("moves", (int) binding.moves);
    view.put("expires", EventTime.text(binding.expiresNanos));
    view.put("deleting", binding.isPending());
    return view;
  }

  /** Figures of the table, for pages. */
  Map<String, Object> figures() {
    return new TableFigures(
            CallQuery.limit(store.settings.maxBindings()),
            table.bytes(),
            CallQuery.limit(store.settings.maxBindingBytes()),
            table.created(),
            counters.failures())
        .of(table);
  }
}
