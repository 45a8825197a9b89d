package io.callscope.tracker.call;

import io.callscope.bus.EventType;

/**
 * What a message does to an entry: new state, event to raise, timer mode, packed in an int so that
 * rules return it for free.
 */
final class Step {
  private static final int FORCE = 0x10000;

  private Step() {}

  /** Same state, no event, the timer is only extended. */
  static int keep(CallState state) {
    return state.ordinal();
  }

  /** To a state whose timeout replaces what was armed, even if that ends later. */
  static int to(CallState state) {
    return state.ordinal() | FORCE;
  }

  static int to(CallState state, EventType event) {
    return to(state) | (event.ordinal() << 8);
  }

  /** To a state whose timeout counts only if it ends later than what was armed. */
  static int extendTo(CallState state, EventType event) {
    return state.ordinal() | (event.ordinal() << 8);
  }

  static CallState state(int step) {
    return CallState.of(step & 0xff);
  }

  static EventType event(int step) {
    return EventType.of((step >> 8) & 0xff);
  }

  static boolean forces(int step) {
    return (step & FORCE) != 0;
  }
}
