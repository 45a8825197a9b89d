package io.callscope.web.bridge;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;

/** What the bridge has let through and what not. Written on the web server's context. */
public final class BridgeCounters {
  private final CounterGroup group;
  private final int clients;
  private final int turnedAway;
  private final int sent;
  private final int missed;
  private final int refused;

  public BridgeCounters() {
    CounterGroup.Builder builder = new CounterGroup.Builder("web.bridge");
    clients = builder.add("clients", CounterKind.GAUGE_MAX, "programs that listen to the bus");
    turnedAway = builder.add("turned_away", "programs turned away: there were enough");
    sent = builder.add("sent", "messages sent to them");
    missed = builder.add("missed", "messages they missed: they did not read fast enough");
    refused = builder.add("refused", "what they asked for and may not");
    group = builder.build();
  }

  public CounterGroup group() {
    return group;
  }

  void clients(int now) {
    group.set(clients, now);
  }

  void turnedAway() {
    group.increment(turnedAway);
  }

  void sent() {
    group.increment(sent);
  }

  void missed() {
    group.increment(missed);
  }

  void refused() {
    group.increment(refused);
  }
}
