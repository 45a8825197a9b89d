package io.callscope.launcher;

import io.callscope.bus.Addresses;
import io.callscope.bus.CounterJson;
import io.callscope.bus.ProcessName;
import io.callscope.counters.CounterTable;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest counters of each service instance of a process; asks for fresh ones. */
final class CounterSnapshots {
  private static final Logger LOG = LoggerFactory.getLogger(CounterSnapshots.class);

  private final ProcessName process;
  private final Map<String, JsonObject> newest = new TreeMap<>();

  /** Where snapshots arrive, in order. */
  private Context arrivals;

  /**
   * @param process whose instances count
   */
  CounterSnapshots(ProcessName process) {
    this.process = process;
  }

  /** To this process alone: in a large cluster those of all would be too many for each. */
  void listen(Vertx vertx) {
    arrivals = vertx.getOrCreateContext();
    Promise<Void> listening = Promise.promise();
    arrivals.runOnContext(
        ignored ->
            vertx
                .eventBus()
                .<JsonObject>localConsumer(
                    Addresses.COUNTERS, message -> onSnapshot(message.body()))
                .completion()
                .onComplete(listening));
    listening.future().await();
  }

  private synchronized void onSnapshot(JsonObject snapshot) {
    String instance = snapshot.getString("instance");
    if (!process.owns(instance)) {
      return;
    }
    if (CounterJson.isEmpty(snapshot)) {
      newest.remove(instance);
    } else {
      newest.put(instance, snapshot);
    }
    notifyAll();
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
    vertx.eventBus().publish(Addresses.COUNTERS_NOW, new JsonObject());
    awaitArrived(timeoutMillis);
    synchronized (this) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
      while (answers(askedMillis) < instances && left > 0) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
      }
      return table();
    }
  }

  /** Counters as they were told last; services that have stopped say them when they do. */
  CounterTable told(long timeoutMillis) throws InterruptedException {
    awaitArrived(timeoutMillis);
    synchronized (this) {
      return table();
    }
  }

  /** The last figures of services that have stopped are on their way; nobody answers for those. */
  private void awaitArrived(long timeoutMillis) throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(1);
    arrivals.runOnContext(ignored -> arrived.countDown());
    if (!arrived.await(timeoutMillis, TimeUnit.MILLISECONDS)) {
      LOG.debug("figures are late");
    }
  }

  synchronized int instances() {
    return newest.size();
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
