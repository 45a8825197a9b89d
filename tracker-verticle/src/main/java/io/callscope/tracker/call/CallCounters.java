package io.callscope.tracker.call;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import io.callscope.net.Transport;
import java.util.List;

/** Counters of a partition: what became of its messages and how many entries are in which state. */
public final class CallCounters {
  final int failNew;
  final int failLimit;
  final int failChain;
  private final int active;
  private final int firstState;
  private final CounterGroup calls;

  private final int trackedOk;
  private final int trackedErr;
  private final int noHeaders;
  final int events;
  private final CounterGroup messages;

  public CallCounters() {
    CounterGroup.Builder group = new CounterGroup.Builder("calls");
    failNew = group.add("fail_new", "entries refused for memory or key size");
    failLimit = group.add("fail_lim", "entries refused by the entry limit");
    failChain = group.add("fail_chain", "entries refused: too many of one Call-ID or hash");
    active = group.add("active", CounterKind.GAUGE_MAX, "entries in the table");
    int first = -1;
    for (CallState state : CallState.values()) {
      if (state.compareTo(CallState.INIT) > 0) {
        int handle =
            group.add(
                state.configName(),
                CounterKind.GAUGE_MAX,
                "entries in state " + state.displayName());
        first = first < 0 ? handle : first;
      }
    }
    firstState = first;
    calls = group.build();

    CounterGroup.Builder stats = new CounterGroup.Builder("pkt_stats");
    trackedOk = stats.add("tracked_ok_udp", "messages over UDP accepted by tracking");
    stats.add("tracked_ok_tcp", "messages over TCP accepted by tracking");
    stats.add("tracked_ok_ws", "messages over WebSocket accepted by tracking");
    trackedErr = stats.add("tracked_err_udp", "messages over UDP refused by tracking");
    stats.add("tracked_err_tcp", "messages over TCP refused by tracking");
    stats.add("tracked_err_ws", "messages over WebSocket refused by tracking");
    noHeaders =
        stats.add("tracked_err_headers", "messages refused: From, To, Call-ID or CSeq missing");
    events = stats.add("events_raised", "events raised by tracking, before any filter");
    messages = stats.build();
  }

  public List<CounterGroup> groups() {
    return List.of(calls, messages);
  }

  void tracked(Transport transport, boolean ok) {
    messages.increment((ok ? trackedOk : trackedErr) + column(transport));
  }

  void lacksHeaders() {
    messages.increment(noHeaders);
  }

  void raised() {
    messages.increment(events);
  }

  private static int column(Transport transport) {
    return switch (transport) {
      case UDP, SCTP, DTLS -> 0;
      case TCP, TLS -> 1;
      case WS, WSS -> 2;
    };
  }

  void refused(int counter) {
    calls.increment(counter);
  }

  void entered(CallState state) {
    move(state, 1);
  }

  void left(CallState state) {
    move(state, -1);
  }

  private void move(CallState state, int by) {
    if (state.compareTo(CallState.INIT) > 0) {
      calls.add(firstState + state.ordinal() - CallState.INV_1ST.ordinal(), by);
    }
  }

  void active(int entries) {
    calls.set(active, entries);
  }

  long failures() {
    return calls.value(failNew) + calls.value(failLimit) + calls.value(failChain);
  }
}
