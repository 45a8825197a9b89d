package io.callscope.tracker.rate;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import java.util.List;

/** Counters of the event stage: {@code ev_rate} and {@code ev_rate_gc}. */
public final class RateCounters {
  final int totalEvents;
  final int blacklistedType;
  final int blacklistedRate;
  final int blacklistedSent;
  final int blacklistedSilent;
  final int trackingFail;
  final int recovered;
  final int published;
  private final CounterGroup rates;

  final Collection periodic;
  final Collection light;
  final Collection hard;
  final int noRoom;
  final int chainFull;
  final int missedTicks;
  private final CounterGroup gc;

  /** The handles of one kind of collection. */
  record Collection(int runs, int targetMet, int fail, int timeout, int walked, int removed) {}

  public RateCounters() {
    CounterGroup.Builder group = new CounterGroup.Builder("ev_rate");
    totalEvents = group.add("total_events", "events raised, before any filter");
    blacklistedType = group.add("blst_type", "events dropped by their type");
    blacklistedRate = group.add("blst_rate", "events over a rate limit");
    blacklistedSent =
        group.add("blst_sent", "events over a rate limit, published as a report of it");
    blacklistedSilent = group.add("blst_silent", "events over a rate limit, dropped");
    trackingFail = group.add("tracking_fail", "events passed without a rate: table full");
    recovered = group.add("blst_recovered", "first events under the limit after a run over it");
    published = group.add("published", "events published");
    rates = group.build();

    CounterGroup.Builder collections = new CounterGroup.Builder("ev_rate_gc");
    hard = add(collections, "hard_gc_", "tgt_met", "of a full table");
    light = add(collections, "light_gc_", "tgt_met", "of a table nearly full");
    periodic = add(collections, "gc_", "target_met", "in the background");
    noRoom = collections.add("max_gc_retr_fail", "new entries for which no room could be made");
    chainFull =
        collections.add("alloc_fail", "new entries refused: too many whose addresses hash alike");
    missedTicks =
        collections.add("gc_missed_ticks", "periods in which the last collection still ran");
    gc = collections.build();
  }

  private static Collection add(
      CounterGroup.Builder group, String prefix, String targetMet, String what) {
    String runs = "collections " + what;
    return new Collection(
        group.add(prefix + "runs", runs),
        group.add(prefix + targetMet, runs + " that reached their target"),
        group.add(
            prefix + "fail",
            runs + " that left more than their target since the rest is in use: no fault"),
        group.add(prefix + "timeout", runs + " that go on at the next for want of time: no fault"),
        group.add(
            prefix + "walked",
            CounterKind.GAUGE_MIN_MAX,
            "entries walked in the last of the " + runs),
        group.add(
            prefix + "removed",
            CounterKind.GAUGE_MIN_MAX,
            "entries removed in the last of the " + runs));
  }

  public List<CounterGroup> groups() {
    return List.of(rates, gc);
  }

  void count(int counter) {
    rates.increment(counter);
  }

  /**
   * There is no entry for an event.
   *
   * @param reason {@link #noRoom}: the table is full, and nothing in it may go; {@link #chainFull}
   */
  void untracked(int reason) {
    count(trackingFail);
    gc.increment(reason);
  }

  long failures() {
    return rates.value(trackingFail);
  }

  /** A background collection was to begin while the last one was not done. */
  void missedTick() {
    gc.increment(missedTicks);
  }

  /** An event was raised. */
  public void raised() {
    count(totalEvents);
  }

  /** An event was dropped by its type. */
  public void droppedByType() {
    count(blacklistedType);
  }

  /** An event was published. */
  public void published() {
    count(published);
  }

  void collected(Collection kind, RateTable.Walk walk, boolean met) {
    gc.increment(kind.runs());
    gc.increment(met ? kind.targetMet() : kind.fail());
    if (walk.cut()) {
      gc.increment(kind.timeout());
    }
    gc.set(kind.walked(), walk.walked());
    gc.set(kind.removed(), walk.removed());
  }
}
