package io.callscope.capture.inject;

import io.callscope.bus.BatchPool;
import io.callscope.bus.BatchSink;
import io.callscope.counters.CounterGroup;
import io.callscope.feed.DumpFeed;
import io.callscope.feed.FeedCounters;
import io.callscope.feed.Overflow;
import io.callscope.feed.SipFeed;
import io.callscope.feed.SourceTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The way of injected messages from a request to the partitions, with its clock and its counters.
 * It never waits for a partition. One thread at a time; time is an argument.
 */
public final class InjectFeed {
  private final InjectCounters counters = new InjectCounters();
  private final FeedCounters feedCounters = new FeedCounters();
  private final DumpFeed dump;
  private final SipFeed feed;
  private final Injector injector;

  /**
   * @param source its name, unique among all processes
   * @param dump takes the messages for the pcap writers
   */
  public InjectFeed(String source, int partitions, BatchSink sink, BatchPool pool, DumpFeed dump) {
    this.dump = dump;
    SourceTime time = new SourceTime();
    feed = new SipFeed(source, partitions, time, sink, pool, feedCounters, Overflow.DROP, dump);
    injector = new Injector(counters, time, feed);
  }

  /**
   * Injects all messages of a request, at one moment, and sends them.
   *
   * @param request under the names of {@code docs/bus.md}
   * @param captureNanos their time, ns since 1970
   * @param arrivalNanos the wall clock, ns since 1970
   * @return for each message what came of it, under the same names
   * @throws IllegalArgumentException if the request makes no sense
   */
  public List<Map<String, Object>> inject(
      Map<String, Object> request, long captureNanos, long arrivalNanos)
      throws InterruptedException {
    List<Map<String, Object>> results =
        injector.inject(InjectRequest.read(request), captureNanos, arrivalNanos);
    feed.flush();
    return results;
  }

  /** Nothing more comes; what no partition takes at once is given up. */
  public void end() throws InterruptedException {
    feed.end(0);
  }

  /**
   * @param dumps whether there are pcap writers
   */
  public List<CounterGroup> counterGroups(boolean dumps) {
    List<CounterGroup> groups = new ArrayList<>(List.of(counters.group(), feedCounters.group()));
    if (dumps) {
      groups.add(dump.counters().group());
    }
    return groups;
  }
}
