package io.callscope.ipfix;

import io.callscope.feed.SipFeed;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What the collector's thread does all day: works off the handover, minds the time. */
final class CollectorLoop {
  private static final long BUSY_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long IDLE_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Collector collector;
  private final SipFeed feed;
  private final Handover handover;
  private final Admission admission;
  private final IpfixCounters counters;
  private final Runnable goOn;
  private final LongSupplier wallNanos;
  private final LongSupplier monotonicNanos;

  /**
   * @param goOn tells those who paused to read again
   */
  CollectorLoop(
      Collector collector,
      SipFeed feed,
      Handover handover,
      Admission admission,
      IpfixCounters counters,
      Runnable goOn,
      LongSupplier wallNanos,
      LongSupplier monotonicNanos) {
    this.collector = collector;
    this.feed = feed;
    this.handover = handover;
    this.admission = admission;
    this.counters = counters;
    this.goOn = goOn;
    this.wallNanos = wallNanos;
    this.monotonicNanos = monotonicNanos;
  }

  /** Works until the handover has ended. */
  void run() throws InterruptedException {
    long tickNanos = monotonicNanos.getAsLong();
    boolean busy = false;
    while (true) {
      Handover.Item item = handover.poll(busy ? BUSY_POLL_NANOS : IDLE_POLL_NANOS);
      if (item instanceof Handover.Ended) {
        return;
      }
      busy = item != null;
      long monotonic = monotonicNanos.getAsLong();
      collector.at(wallNanos.getAsLong(), monotonic);
      if (item != null) {
        take(item);
      }
      if (handover.mayGoOn()) {
        collector.resumed();
        goOn.run();
      }
      feed.tick(monotonic);
      if (monotonic - tickNanos >= TICK_NANOS) {
        tickNanos = monotonic;
        handover.put(new Handover.Tick());
      }
      gauges();
    }
  }

  private void take(Handover.Item item) throws InterruptedException {
    if (item instanceof Handover.Received received) {
      collector.received(received.connection(), received.bytes());
    } else if (item instanceof Handover.Opened opened) {
      collector.opened(opened.connection());
    } else if (item instanceof Handover.Closed closed) {
      collector.closed(closed.connection(), closed.error());
    } else if (item instanceof Handover.Tick) {
      collector.tick();
    }
  }

  /** Counts what is left in the handover as lost. */
  void drop() throws InterruptedException {
    for (Handover.Item item = handover.poll(0); item != null; item = handover.poll(0)) {
      if (item instanceof Handover.Received received) {
        counters.add(counters.bytesUnread, received.bytes().length);
      }
    }
    gauges();
  }

  private void gauges() {
    counters.group().set(counters.handoverBytes, handover.bytes());
    counters.group().set(counters.pauses, handover.pauses());
    counters.group().set(counters.connsRefused, admission.refused());
    counters.group().set(counters.refusedFull, admission.refusedFull());
    counters.group().set(counters.connsDisplaced, admission.displaced());
    counters.group().set(counters.connsUnread, admission.unread());
  }
}
