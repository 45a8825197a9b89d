package io.callscope.bus;

import java.util.List;

/**
 * The addresses of the event bus. {@code docs/bus.md} is the reference for subscribers outside this
 * project.
 *
 * <p>What is requested is acknowledged by a reply, which gives the sender its credit back; that of
 * the event stage says up to when it has published. What is published is sent once and forgotten.
 */
public final class Addresses {
  private static final String PREFIX = "callscope.";

  /**
   * Publish, each second and on request: {@link CounterJson} of each service instance. One that is
   * lost is made up for by the next.
   */
  public static final String COUNTERS = PREFIX + "counters";

  /** Publish, by whoever wants fresh figures: {@code {}}; each instance publishes its counters. */
  public static final String COUNTERS_NOW = COUNTERS + ".now";

  /**
   * Publish, at each change and each second: {@link SourceStatus} JSON, with the state running,
   * ended or failed, from the service that reads a source.
   */
  public static final String SOURCES = PREFIX + "sources";

  /**
   * Request: an {@link EventBatch} before filter and rate limit. One consumer in a JVM or cluster.
   */
  public static final String EVENT_STAGE = PREFIX + "eventstage";

  /**
   * Publish, at each change and each second: JSON {@code {on}}, whether the pcap writers want
   * messages. Sources send them none otherwise.
   */
  public static final String DUMPING = PREFIX + "dumping";

  /** Request: messages or a capture to be followed as if they had been captured. */
  public static final String INJECT = PREFIX + "inject";

  /**
   * Publish: JSON {@code {address}}, once another consumer has taken an address over. Who waits for
   * replies from it sends again at once.
   */
  public static final String MOVED = PREFIX + "moved";

  /**
   * Publish, inside a process of a cluster only, at each change and each second: JSON {@code
   * {alive}}, the names of the processes that are there.
   */
  public static final String PROCESSES = PREFIX + "processes";

  private Addresses() {}

  /** Request: {@link SipBatch} for a tracker partition. */
  public static String sip(int partition) {
    return PREFIX + "sip." + partition;
  }

  /** Request: {@link SipBatch} for a pcap writer. */
  public static String dump(int worker) {
    return PREFIX + "dump." + worker;
  }

  /**
   * Send, inside a process only: each {@link CallEvent} from the service of the pcap writers to one
   * of them. While it is behind it misses none; what comes after its end is dropped.
   */
  public static String dumpEvents(int worker) {
    return dump(worker) + ".events";
  }

  /** Request: the further pieces of a capture, for the instance that has taken its first. */
  public static String inject(String instance) {
    return INJECT + "." + instance;
  }

  /** Publish: a {@link CallEvent} that passed filter and rate limit; between processes its JSON. */
  public static String event(EventType type) {
    return PREFIX + "event." + type.text();
  }

  /** Request: a query in JSON, answered in JSON. */
  public static String query(String service) {
    return PREFIX + "query." + service;
  }

  /** Request: a query to one partition of a service. */
  public static String query(String service, int partition) {
    return query(service) + "." + partition;
  }

  /** Request: a query to the instances of a service in one process of a cluster. */
  public static String query(String service, String process) {
    return query(service) + "." + process;
  }

  /**
   * Where a service that runs in several processes takes queries: in a cluster also at an address
   * of its process alone.
   */
  public static List<String> queries(String service, ProcessName process) {
    return process.text().isEmpty()
        ? List.of(query(service))
        : List.of(query(service), query(service, process.text()));
  }

  /**
   * Publish: a change at run time in JSON; each instance acknowledges it on {@code
   * control.<service>.ack}. An instance that is not there makes no change, and who asks sees which
   * are missing.
   */
  public static String control(String service) {
    return PREFIX + "control." + service;
  }

  /**
   * Publish: JSON {@code {id, instance, result | error}}, from each instance of a service to who
   * has asked for a change. Who waits gives up after a while: one that is lost counts as not made.
   */
  public static String acknowledgements(String service) {
    return control(service) + ".ack";
  }
}
