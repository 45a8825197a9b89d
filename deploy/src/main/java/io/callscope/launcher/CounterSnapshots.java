package io.callscope.launcher;

import io.callscope.bus.Addresses;
import io.callscope.bus.Broadcast;
import io.callscope.bus.CounterJson;
import io.callscope.bus.ProcessName;
import io.callscope.counters.CounterTable;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The newest counters of each service instance of a process; asks for fresh ones. */
final class CounterSnapshots {
  private final ProcessName process;
  private final Map<String, JsonObject> newest = new TreeMap<>();

  /**
   * @param process whose instances count
   */
  CounterSnapshots(ProcessName process) {
    this.process = process;
  }

  /** To this process alone: in a large cluster those of all would be too many for each. */
  void listen(Vertx vertx) {
    vertx
        .eventBus()
        .<JsonObject>localConsumer(Addresses.COUNTERS, message -> onSnapshot(message.body()))
        .completion()
        .await();
  }

  private synchronized void onSnapshot(JsonObject snapshot) {
    String instance = snapshot.getString("instance");
    if (process.owns(instance)) {
      newest.put(instance, snapshot);
      notifyAll();
    }
  }

  /**
   * Counters as they are now.
   *
   * @param instances how many answers to wait for
   * @param timeoutMillis how long to wait at most; who is late counts with its last figures
   */
  CounterTable fresh(Vertx vertx, int instances, long timeoutMillis) throws InterruptedException {
    long askedMillis = System.currentTimeMillis();
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    Broadcast.publish(vertx.eventBus(), Addresses.COUNTERS_NOW, new JsonObject());
    synchronized (this) {
      long left = timeoutMillis;
      while (answers(askedMillis) < instances && left > 0) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
      }
      return table();
    }
  }

  private long answers(long sinceMillis) {
    return newest.values().stream().filter(s -> s.getLong("timeMillis") >= sinceMillis).count();
  }

  private CounterTable table() {
    CounterTable table = new CounterTable();
    newest.values().forEach(snapshot -> CounterJson.addTo(table, snapshot));
    return table;
  }
}
