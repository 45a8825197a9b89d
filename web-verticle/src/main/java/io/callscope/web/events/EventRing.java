package io.callscope.web.events;

import io.callscope.bus.CallEvent;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The newest events by their absolute number; slot = number modulo size. One thread puts, any
 * number read, and neither waits for the other. A number whose event never came is a hole: reading
 * it gives null, never the older event of its slot.
 */
public final class EventRing {
  private final AtomicReferenceArray<CallEvent> slots;
  private volatile Range range = new Range(0, 0);

  /** The numbers that may be kept: from {@code oldest} to below {@code next}. */
  public record Range(long oldest, long next) {}

  /** What became of an event that was put. */
  public enum Put {
    STORED,
    /** Stored, and numbers before it were left out. */
    AFTER_HOLE,
    /** Stored, though later ones were there already. */
    LATE,
    /** Its number was used before: the numbering began anew, and all older events are gone. */
    RESTARTED,
    /** It carries no number. */
    REFUSED
  }

  public EventRing(int size) {
    slots = new AtomicReferenceArray<>(size);
  }

  int size() {
    return slots.length();
  }

  public Range range() {
    return range;
  }

  public int slot(long number) {
    return (int) (number % slots.length());
  }

  /** The writer's thread only. */
  public Put put(CallEvent event) {
    long number = event.number();
    Range before = range;
    if (number < 0) {
      return Put.REFUSED;
    }
    if (before.next == 0) {
      return store(event, number, Put.STORED);
    }
    if (number >= before.next) {
      return store(event, before.oldest, number == before.next ? Put.STORED : Put.AFTER_HOLE);
    }
    // Between processes the first events of other types may come before the very first.
    if (number >= before.next - slots.length() && get(number) == null) {
      slots.set(slot(number), event);
      range = new Range(Math.min(before.oldest, number), before.next);
      return Put.LATE;
    }
    for (int i = 0; i < slots.length(); i++) {
      slots.set(i, null);
    }
    return store(event, number, Put.RESTARTED);
  }

  private Put store(CallEvent event, long oldest, Put result) {
    long next = event.number() + 1;
    slots.set(slot(event.number()), event);
    range = new Range(Math.max(oldest, next - slots.length()), next);
    return result;
  }

  /** The event of a number, or null if it is gone, was never stored or is still to come. */
  public CallEvent get(long number) {
    CallEvent event = slots.get(slot(number));
    return event != null && event.number() == number ? event : null;
  }
}
