package io.callscope.tracker.call;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;

/** Counters of the registrations of a partition: group {@code regs}. */
public final class RegCounters {
  final int failNew;
  final int failLimit;
  private final int active;
  final int delAllMaxBindings;
  final int delMaxBindings;
  final int delMaxMatching;
  final int delDelayed;
  final int delDelayedEvent;
  final int delStar;
  final int delNoMatch;
  final int delNoCached;
  final int newMatchDelayedBinding;
  final int newMatchDelayedEntry;
  final int newAfterDel;
  final int delAfterNew;
  final int delDelayedAfterDel;
  final int delMatchDelayedBinding;
  final int delMatchDelayedEntry;
  final int refreshDiffCallId;
  final int contactReplaced;
  final int moved;
  final int contactsIgnored;
  final int lifetimesCut;
  final int noContact;
  final int noAor;
  private final CounterGroup group;

  public RegCounters() {
    CounterGroup.Builder g = new CounterGroup.Builder("regs");
    failNew = g.add("fail_new", "bindings refused for memory");
    failLimit = g.add("fail_lim", "bindings refused by the binding limit");
    active = g.add("active", CounterKind.GAUGE_MAX, "bindings in the table");
    delAllMaxBindings =
        g.add(
            "del_all_max_bindings",
            CounterKind.GAUGE_LARGEST,
            "bindings hit by the last * deletion");
    delMaxBindings =
        g.add(
            "del_max_bindings",
            CounterKind.GAUGE_LARGEST,
            "bindings of the AOR at the last deletion");
    delMaxMatching =
        g.add(
            "del_max_matching",
            CounterKind.GAUGE_LARGEST,
            "bindings of the deleted contact at the last deletion");
    delDelayed = g.add("del_delayed", "bindings whose deletion is held back");
    delDelayedEvent = g.add("del_delayed_ev", "reg-del events of deletions held back");
    delStar = g.add("del_star", "deletions of all contacts by *");
    delNoMatch = g.add("del_no_match", "deletions that matched no binding");
    delNoCached = g.add("del_no_cached", "deletions that matched no binding of another entry");
    newMatchDelayedBinding =
        g.add("new_match_delayed_b", "deletions taken back by another entry's REGISTER");
    newMatchDelayedEntry =
        g.add("new_match_delayed_e", "deletions taken back by the same entry's REGISTER");
    newAfterDel = g.add("new_after_del", "registrations on an entry that had deleted");
    delAfterNew = g.add("del_after_new", "deletions on an entry that had registered");
    g.add("del_dlyd_new_entry", "kept, always 0: scripts look for it");
    delDelayedAfterDel =
        g.add("del_dlyd_del_entry", "deletions held back of an entry that had reported one before");
    delMatchDelayedBinding =
        g.add("del_match_delayed_b", "deletions of a binding already held back, of another entry");
    delMatchDelayedEntry =
        g.add("del_match_delayed_e", "deletions of a binding already held back, of the same entry");
    refreshDiffCallId = g.add("refresh_diff_callid", "bindings that moved to another entry");
    g.add("new_binding_race", "kept, always 0: scripts look for it");
    contactReplaced =
        g.add("contact_replaced", "bindings gone since their dialog registered another contact");
    moved = g.add("nat_rebinding", "refreshes from another address or port than before");
    contactsIgnored =
        g.add("contacts_ignored", "contacts of a REGISTER or its answer beyond those followed");
    lifetimesCut =
        g.add("lifetimes_cut", "contacts granted for longer than their bindings are followed");
    noContact = g.add("ev_no_contact", "events dropped: no contact, or none that parses");
    noAor = g.add("ev_no_aor", "events dropped: To is no SIP or TEL URI");
    group = g.build();
  }

  public CounterGroup group() {
    return group;
  }

  void count(int counter) {
    group.increment(counter);
  }

  /**
   * @param contacts not followed, none if negative
   */
  void ignored(int contacts) {
    group.add(contactsIgnored, Math.max(0, contacts));
  }

  void set(int counter, long value) {
    group.set(counter, value);
  }

  void active(int bindings) {
    group.set(active, bindings);
  }

  long failures() {
    return group.value(failNew) + group.value(failLimit);
  }
}
