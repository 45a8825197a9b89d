package io.callscope.web.events;

import io.callscope.bus.CallEvent;
import io.callscope.bus.EventType;
import io.callscope.counters.CounterGroup;
import java.util.List;

/** The counters of the event ring; written by its context. */
public final class EventRingCounters {
  /**
   * A ring whose writer and readers never wait has none of these: kept, as scripts look for them.
   */
  private static final List<String> ALWAYS_ZERO =
      List.of(
          "signals",
          "skipped_sigs",
          "skipped_sigs_max",
          "skip_rdonly",
          "skip_rdonly_max",
          "rd_busy",
          "wr_busy",
          "blst",
          "read_only",
          "read_only2",
          "get_old_idx",
          "get_high_idx",
          "get_last_idx",
          "get_inv_ev",
          "get_busy_ev",
          "parallel");

  private final CounterGroup ring;
  private final CounterGroup types;
  private final int queued;
  private final int before;
  private final int holes;
  private final int late;
  private final int strays;
  private final int restarts;
  private final int fail;

  public EventRingCounters() {
    CounterGroup.Builder builder = new CounterGroup.Builder("ev_ring0");
    queued = builder.add("queued", "events stored");
    before = builder.add("before", "events published before this ring was there");
    holes = builder.add("holes", "event numbers left out when a later one came");
    late = builder.add("late", "events that came after a later one");
    strays =
        builder.add(
            "strays",
            "events with a number that is used already, as of a process that was cut off; stored"
                + " only where the numbers begin anew");
    restarts = builder.add("restarts", "times the event numbers began anew");
    fail = builder.add("fail", "payloads that are no published event");
    for (String name : ALWAYS_ZERO) {
      builder.add(name, "kept, always 0: scripts look for it");
    }
    ring = builder.build();
    CounterGroup.Builder byType = new CounterGroup.Builder("ev_ring0.evtype");
    for (EventType type : EventType.values()) {
      byType.add(type.text(), "events of the type " + type.text());
    }
    types = byType.build();
  }

  /**
   * @param ahead how far the event's number was above the expected one
   */
  void count(CallEvent event, EventRing.Put put, long ahead) {
    if (put == EventRing.Put.REFUSED) {
      ring.increment(fail);
      return;
    }
    boolean first = ring.value(queued) == 0;
    ring.increment(queued);
    types.increment(event.type().ordinal());
    switch (put) {
      case STORED -> ring.add(before, first ? ahead : 0);
      case AFTER_HOLE -> ring.add(holes, ahead);
      case LATE -> ring.increment(late);
      case RESTARTED -> ring.increment(restarts);
      default -> {}
    }
  }

  void stray() {
    ring.increment(strays);
  }

  void foreign() {
    ring.increment(fail);
  }

  /** Events of a type so far. Any thread. */
  public long of(EventType type) {
    return types.value(type.ordinal());
  }

  List<CounterGroup> groups() {
    return List.of(ring, types);
  }
}
