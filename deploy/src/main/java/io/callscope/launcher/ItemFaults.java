package io.callscope.launcher;

import io.callscope.bus.ServiceFailedException;
import io.vertx.core.Deployable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what this process runs of a cluster's items, as {@link Deployment} does services: an
 * exception that an item does not handle is counted, and one that throws again and again is made
 * anew, from its saved state where it has one. Any thread.
 */
final class ItemFaults {
  private static final Logger LOG = LoggerFactory.getLogger(ItemFaults.class);

  private final Faults faults;
  private final Map<String, FaultRate> rates = new HashMap<>();

  ItemFaults(Faults faults) {
    this.faults = faults;
  }

  /**
   * @param service whose item it is
   * @param renew ends it and has it made anew, after so many milliseconds
   */
  Deployable watch(String service, int number, Deployable item, LongConsumer renew) {
    String name = service + " " + number;
    synchronized (this) {
      rates.computeIfAbsent(name, first -> new FaultRate()).started(System.nanoTime());
    }
    return new Supervised(item, fault -> fault(service, name, fault, renew));
  }

  private void fault(String service, String name, Throwable fault, LongConsumer renew) {
    faults.fault(service);
    LOG.error("{}: nobody handled this", name, fault);
    faults.endIfOutOfMemory(fault);
    long waitMillis;
    synchronized (this) {
      FaultRate rate = rates.get(name);
      long now = System.nanoTime();
      if (!rate.isTooMany(now) && !(fault instanceof ServiceFailedException)) {
        return;
      }
      waitMillis = rate.backOffMillis(now);
      rate.started(now);
    }
    faults.restarted();
    LOG.error("{} is started anew in {} ms", name, waitMillis);
    renew.accept(waitMillis);
  }
}
