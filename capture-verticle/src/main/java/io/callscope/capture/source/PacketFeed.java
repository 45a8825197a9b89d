package io.callscope.capture.source;

import io.callscope.bus.BatchPool;
import io.callscope.bus.BatchSink;
import io.callscope.capture.config.CaptureConfig;
import io.callscope.capture.decode.PacketFilter;
import io.callscope.capture.packet.CaptureCounters;
import io.callscope.counters.Balance;
import io.callscope.counters.CounterGroup;
import io.callscope.feed.DumpFeed;
import io.callscope.feed.FeedCounters;
import io.callscope.feed.Overflow;
import io.callscope.feed.SipFeed;
import io.callscope.feed.SourceTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What every source has from its packets to the partitions, with its clock and its counters. */
public final class PacketFeed {
  private final CaptureCounters counters = new CaptureCounters();
  private final FeedCounters feedCounters = new FeedCounters();
  private final SourceTime time = new SourceTime();
  private final boolean dumps;
  private final DumpFeed dump;
  private final SipFeed feed;
  private final Pipeline pipeline;

  /**
   * @param filter null to let all packets pass
   * @param dump takes the messages for the pcap writers
   */
  public PacketFeed(
      CaptureConfig config,
      PacketFilter filter,
      BatchSink sink,
      BatchPool pool,
      DumpFeed dump,
      Overflow overflow) {
    this.dump = dump;
    dumps = config.dump().workers() > 0;
    feed =
        new SipFeed(
            config.source(), config.partitions(), time, sink, pool, feedCounters, overflow, dump);
    pipeline = new Pipeline(config.decode(), filter, counters, time, feed);
  }

  public SourceTime time() {
    return time;
  }

  public SipFeed feed() {
    return feed;
  }

  public Pipeline pipeline() {
    return pipeline;
  }

  public long packets() {
    return counters.value(counters.totalPackets);
  }

  /** Packets of link types that are not decoded. */
  public long unsupported() {
    return counters.value(counters.linkUnsupported);
  }

  /** Bytes of the packets on the wire. */
  public long bytes() {
    return counters.value(counters.totalSize);
  }

  /** Sends what there is; gives up what the partitions do not take in time. */
  public void end(long timeoutNanos) {
    try {
      feed.end(timeoutNanos);
    } catch (InterruptedException e) {
      feed.drop();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @param own those that only this kind of source has
   */
  public List<CounterGroup> counterGroups(Collection<CounterGroup> own) {
    List<CounterGroup> groups = new ArrayList<>(pipeline.counterGroups());
    groups.add(feedCounters.group());
    groups.addAll(own);
    if (dumps) {
      groups.add(dump.counters().group());
    }
    return groups;
  }

  /** The account of every stage. */
  public List<Balance> balances() {
    List<Balance> balances = new ArrayList<>(pipeline.balances());
    balances.add(feedCounters.balance());
    if (dumps) {
      balances.add(dump.counters().balance());
    }
    return balances;
  }
}
