package io.callscope.tracker.leg;

import io.callscope.bus.CallEvent;

/** A call-end that waits for the report of its call. */
final class HeldEnd {
  final CallEvent event;
  final Leg leg;
  final long deadlineNanos;

  /** Of the same Call-ID. */
  final HeldEnd next;

  boolean released;

  HeldEnd(CallEvent event, Leg leg, long deadlineNanos) {
    this.event = event;
    this.leg = leg;
    this.deadlineNanos = deadlineNanos;
    next = leg.held;
  }
}
