package io.callscope.bus;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterTable;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.List;
import java.util.Map;

/**
 * What a service instance of this process counts over all its starts. One that is started anew
 * counts from 0, and those that sent it something do not: without what it had counted before,
 * nothing would add up any more. Any thread.
 */
final class CountsOfStarts implements Shareable {
  private final CounterTable ended = new CounterTable();

  /** Of the last start, as they were told last; they may have counted more since. */
  private List<CounterGroup> running = List.of();

  static Map<String, CountsOfStarts> of(Vertx vertx) {
    return vertx.sharedData().getLocalMap("callscope.counters");
  }

  /** The last start has ended, whether it could say so or not. */
  synchronized void begin() {
    ended.addLater(sum(running).ended());
    running = List.of();
  }

  /** The counters of this start, with what those before have counted. */
  synchronized List<CounterGroup> with(List<CounterGroup> groups) {
    running = groups;
    if (ended.groups().isEmpty()) {
      return groups;
    }
    CounterTable all = new CounterTable();
    all.add(ended);
    all.addLater(sum(groups));
    return all.asGroups();
  }

  synchronized boolean isEmpty() {
    return running.isEmpty() && ended.groups().isEmpty();
  }

  private static CounterTable sum(List<CounterGroup> groups) {
    CounterTable sum = new CounterTable();
    groups.forEach(sum::add);
    return sum;
  }
}
