package io.callscope.web.live;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;

/** What the streams have sent and what not. Written on the web server's context. */
public final class LiveCounters {
  private final CounterGroup group;
  private final int clients;
  private final int refused;
  private final int sent;
  private final int overwritten;
  private final int passed;
  private final int missed;

  public LiveCounters() {
    CounterGroup.Builder builder = new CounterGroup.Builder("live");
    clients = builder.add("clients", CounterKind.GAUGE_MAX, "clients that follow a stream");
    refused = builder.add("refused", "clients turned away: there were enough");
    sent = builder.add("events_sent", "events sent to clients");
    overwritten =
        builder.add("events_overwritten", "events a client missed: the ring had no more of them");
    passed = builder.add("events_passed", "events a client missed: it was too far behind");
    missed = builder.add("figures_missed", "samples a client missed: it did not read them");
    group = builder.build();
  }

  public CounterGroup group() {
    return group;
  }

  void clients(int now) {
    group.set(clients, now);
  }

  void refused() {
    group.increment(refused);
  }

  void missed() {
    group.increment(missed);
  }

  void sent(Tail.Batch batch) {
    group.add(sent, batch.events().size());
    group.add(overwritten, batch.overwritten());
    group.add(passed, batch.passed());
  }
}
