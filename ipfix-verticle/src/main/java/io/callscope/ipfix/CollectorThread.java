package io.callscope.ipfix;

import io.callscope.feed.SipFeed;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of a collector: works off what event loops hand over until that has ended, it is to
 * wait no longer or a mistake of ours ends it; then ends the source. Its methods are for any
 * thread.
 */
final class CollectorThread {
  private static final Logger LOG = LoggerFactory.getLogger(CollectorThread.class);

  /** At the end, longest wait for credits, and the same for acknowledgements. */
  private static final long END_MILLIS = 1250;

  private final String instance;
  private final CollectorLoop loop;
  private final Collector collector;
  private final SipFeed feed;
  private final int receivers;
  private final Acknowledgements acknowledgements;
  private final Owner owner;
  private final Thread thread;
  private volatile boolean late;

  /** Waits until all that was sent is acknowledged. */
  @FunctionalInterface
  interface Acknowledgements {
    void await(long timeoutNanos) throws InterruptedException;
  }

  /** Who has started it. Told on its thread. */
  interface Owner {
    /** It has stopped reading: nobody works off what SBCs send from now on. */
    void failed(Throwable cause);

    /** Once, at last. */
    void ended();
  }

  /**
   * @param receivers partitions and pcap writers that the feed sends to
   */
  CollectorThread(
      String instance,
      CollectorLoop loop,
      Collector collector,
      SipFeed feed,
      int receivers,
      Acknowledgements acknowledgements,
      Owner owner) {
    this.instance = instance;
    this.loop = loop;
    this.collector = collector;
    this.feed = feed;
    this.receivers = receivers;
    this.acknowledgements = acknowledgements;
    this.owner = owner;
    thread = new Thread(this::work, "callscope-" + instance);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** What was read is waited for no longer. */
  void giveUp() {
    late = true;
    thread.interrupt();
  }

  private void work() {
    try {
      loop.run();
    } catch (Throwable e) {
      // The last boundary of this thread: without it a mistake in the program would go unheard,
      // and SBCs be connected to nobody.
      if (late && e instanceof InterruptedException) {
        LOG.warn("{}: the trackers did not take all that was read", instance);
      } else {
        owner.failed(e);
      }
    }
    try {
      finish();
    } finally {
      owner.ended();
    }
  }

  private void finish() {
    collector.end();
    try {
      loop.drop();
      long nanos = TimeUnit.MILLISECONDS.toNanos(END_MILLIS);
      feed.end(nanos / receivers);
      acknowledgements.await(nanos);
    } catch (InterruptedException e) {
      feed.drop();
    }
  }
}
