package io.callscope.launcher;

import io.callscope.counters.CounterGroup;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exceptions that no service handled, by service: mistakes of ours, since bad input never gets so
 * far. Counted on any thread, read by the one that publishes counters.
 */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  /** What belongs to no service: threads. */
  static final String OTHER = "other";

  private final Map<String, LongAdder> byService = new ConcurrentSkipListMap<>();
  private final LongAdder restarts = new LongAdder();
  private final LongAdder failedRestarts = new LongAdder();
  private final IntConsumer halt;

  /**
   * @param halt ends the program at once, with that code
   */
  Faults(IntConsumer halt) {
    this.halt = halt;
    byService.put(OTHER, new LongAdder());
  }

  void fault(String service) {
    byService.computeIfAbsent(service, name -> new LongAdder()).increment();
  }

  /** On a thread that no service has. */
  void elsewhere(String where, Throwable fault) {
    LOG.error("{}: nobody handled this", where, fault);
    fault(OTHER);
    endIfOutOfMemory(fault);
  }

  /**
   * Without memory nothing can be relied on. Where the heap is full the JVM ends the program
   * itself; memory outside of it is only told by an error.
   */
  void endIfOutOfMemory(Throwable fault) {
    if (fault instanceof OutOfMemoryError) {
      halt.accept(ExitCode.OUT_OF_MEMORY);
    }
  }

  void restarted() {
    restarts.increment();
  }

  void restartFailed() {
    failedRestarts.increment();
  }

  CounterGroup counters() {
    CounterGroup.Builder builder = new CounterGroup.Builder("faults");
    Map<String, LongAdder> known = Map.copyOf(byService);
    known.keySet().stream().sorted().forEach(name -> builder.add(name, "unhandled exceptions"));
    int again = builder.add("restarts", "services started anew since they failed again and again");
    int failed = builder.add("failed_restarts", "attempts at that which failed");
    CounterGroup group = builder.build();
    for (int i = 0; i < again; i++) {
      group.set(i, known.get(group.definitions().get(i).name()).sum());
    }
    group.set(again, restarts.sum());
    group.set(failed, failedRestarts.sum());
    return group;
  }
}
