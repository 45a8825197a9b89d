package io.callscope.web.events;

import io.callscope.bus.CallEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;

/**
 * The newest events by their absolute number; slot = number modulo size. One thread puts, any
 * number read, and neither waits for the other. A number whose event never came is a hole: reading
 * it gives null, never the older event of its slot.
 */
public final class EventRing {
  private static final int RESTART_SECONDS = 10;

  private final AtomicReferenceArray<CallEvent> slots;
  private final boolean straysMayCome;
  private volatile Range range = new Range(0, 0);

  /** While nothing else has come: they are what begins anew, if that stays so. */
  private final Deque<CallEvent> strays = new ArrayDeque<>();

  private int straySeconds;

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
    /** The same, but others may go on with the numbers as they were: not stored yet. */
    STRAY,
    /** It carries no number. */
    REFUSED
  }

  /** Of one event stage, which only begins anew where it was started anew. */
  public EventRing(int size) {
    this(size, false);
  }

  /**
   * @param straysMayCome a stage that was cut off from the cluster may be heard late, with numbers
   *     that others have used meanwhile
   */
  public EventRing(int size, boolean straysMayCome) {
    slots = new AtomicReferenceArray<>(size);
    this.straysMayCome = straysMayCome;
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
      strays.clear();
      return store(event, before.oldest, number == before.next ? Put.STORED : Put.AFTER_HOLE);
    }
    // Between processes the first events of other types may come before the very first.
    if (number >= before.next - slots.length() && get(number) == null) {
      slots.set(slot(number), event);
      range = new Range(Math.min(before.oldest, number), before.next);
      return Put.LATE;
    }
    if (!straysMayCome) {
      return restart(event);
    }
    if (strays.isEmpty()) {
      straySeconds = 0;
    } else if (strays.size() == slots.length()) {
      strays.removeFirst();
    }
    strays.add(event);
    return Put.STRAY;
  }

  private Put restart(CallEvent event) {
    for (int i = 0; i < slots.length(); i++) {
      slots.set(i, null);
    }
    return store(event, event.number(), Put.RESTARTED);
  }

  /**
   * A second has gone by. Where nobody has gone on with the numbers as they were for some of them,
   * they have begun anew. The writer's thread only.
   *
   * @param taker told each event that is stored now, in order of their numbers
   */
  void onSecond(BiConsumer<CallEvent, Put> taker) {
    if (strays.isEmpty() || ++straySeconds < RESTART_SECONDS) {
      return;
    }
    List<CallEvent> first = new ArrayList<>(strays);
    strays.clear();
    first.sort(Comparator.comparingLong(CallEvent::number));
    taker.accept(first.get(0), restart(first.get(0)));
    first.subList(1, first.size()).forEach(event -> taker.accept(event, put(event)));
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
