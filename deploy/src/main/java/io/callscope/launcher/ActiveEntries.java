package io.callscope.launcher;

import io.callscope.bus.Addresses;
import io.callscope.bus.CounterJson;
import io.callscope.counters.CounterTable;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How many call entries there are in all partitions of a cluster: what a process that only captures
 * has read is tracked by others.
 */
final class ActiveEntries {
  private static final String TRACKER = "tracker";

  private final int partitions;

  /** By partition. */
  private final Map<String, Long> newest = new HashMap<>();

  ActiveEntries(int partitions) {
    this.partitions = partitions;
  }

  private void onSnapshot(JsonObject snapshot) {
    if (TRACKER.equals(snapshot.getString("service"))) {
      CounterTable table = new CounterTable();
      CounterJson.addTo(table, snapshot);
      note(snapshot.getString("instance").split("@", 2)[0], table.value("calls.active"));
    }
  }

  private synchronized void note(String partition, long active) {
    newest.put(partition, active);
    notifyAll();
  }

  /**
   * Says how many there are now. Listens to the counters of all only as long as it takes.
   *
   * @param timeoutMillis how long to wait for all partitions at most
   */
  String text(Vertx vertx, long timeoutMillis) throws InterruptedException {
    MessageConsumer<JsonObject> consumer =
        vertx.eventBus().consumer(Addresses.COUNTERS, message -> onSnapshot(message.body()));
    try {
      consumer.completion().await();
      forget();
      vertx.eventBus().publish(Addresses.COUNTERS_NOW, new JsonObject());
      awaitAll(timeoutMillis);
    } finally {
      consumer.unregister();
    }
    return text();
  }

  private synchronized void forget() {
    newest.clear();
  }

  private synchronized void awaitAll(long timeoutMillis) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    long left = timeoutMillis;
    while (newest.size() < partitions && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
    }
  }

  private synchronized String text() {
    long active = newest.values().stream().mapToLong(Long::longValue).sum();
    int silent = partitions - newest.size();
    return "active call entries in the cluster: "
        + active
        + (silent > 0 ? " (" + silent + " of " + partitions + " partitions did not answer)" : "");
  }
}
