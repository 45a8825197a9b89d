package io.callscope.tracker.call;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventType;
import java.util.function.Consumer;

/**
 * Raises the events of entries: each type once an entry, a failed attempt once for all branches of
 * a call.
 */
final class EventRaiser {
  private static final int ANSWERED_OR_OVER =
      EventType.CALL_ATTEMPT.bit() | EventType.CALL_START.bit() | EventType.CALL_END.bit();

  /** What made an event. */
  enum Trigger {
    REQUEST("request"),
    REPLY("reply"),
    TIMEOUT("timeout"),
    REPORT("report");

    final String text;

    Trigger(String text) {
      this.text = text;
    }
  }

  private final CallStore store;
  private final CallEvents events;
  private final Consumer<CallEvent> sink;

  EventRaiser(CallStore store, CallEvents events, Consumer<CallEvent> sink) {
    this.store = store;
    this.events = events;
    this.sink = sink;
  }

  /** Raises a type that the entry has not raised yet; returns whether it did. */
  boolean raise(CallEntry entry, EventType type, Trigger trigger, long nowNanos) {
    if (!claim(entry, type)) {
      return false;
    }
    emit(entry, type, trigger, nowNanos, null);
    return true;
  }

  /**
   * Marks a type as raised; false if it was, or if another branch of the call has spoken for this
   * one.
   */
  boolean claim(CallEntry entry, EventType type) {
    if (entry.has(type)) {
      return false;
    }
    boolean forked = entry.hasFlag(CallFlags.FORK_CHILD | CallFlags.FORK_PARENT);
    if (type == EventType.CALL_START && forked) {
      silenceBranches(entry);
    }
    if (type == EventType.CALL_ATTEMPT && forked) {
      return !store.markRelated(entry, type, ANSWERED_OR_OVER);
    }
    entry.mark(type);
    return true;
  }

  /**
   * The call is answered: a branch that rings on until its time is over has not failed. Marked now,
   * since the answered branch may be gone by then.
   */
  private void silenceBranches(CallEntry answered) {
    boolean attempted = answered.has(EventType.CALL_ATTEMPT);
    store.markRelated(answered, EventType.CALL_ATTEMPT, 0);
    if (!attempted) {
      answered.unmark(EventType.CALL_ATTEMPT);
    }
  }

  /**
   * Sends an event, whatever was raised before.
   *
   * @param contact reported in place of the entry's contact, or null
   */
  void emit(CallEntry entry, EventType type, Trigger trigger, long nowNanos, byte[] contact) {
    store.counters.raised();
    sink.accept(events.of(entry, type, trigger, nowNanos, contact));
    entry.lastEvent = (byte) type.ordinal();
  }
}
