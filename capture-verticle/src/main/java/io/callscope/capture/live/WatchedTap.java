package io.callscope.capture.live;

import io.callscope.capture.config.InterfaceInput;
import io.callscope.capture.config.SourceException;
import io.callscope.capture.source.SourceClock;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The interface of a source, which may be down, or away for a while and then opened again. For the
 * source's thread, but for {@link #wake} and {@link #beat}.
 */
final class WatchedTap {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedTap.class);
  private static final long SHORTEST_BACK_OFF_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_BACK_OFF_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Of a trouble that stays, a line as often as that. */
  private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final String name;
  private final Taps taps;
  private final SourceClock clock;
  private final InterfaceCounters counters;
  private final Runnable onTrouble;
  private final Runnable onLoss;

  /** Null while it is not open. */
  private volatile Tap tap;

  /** Since when a read has been waiting, and how long it may; 0 where none does. */
  private volatile long waitingSinceNanos;

  private volatile long patienceNanos;

  // What is wrong with the interface now, empty if nothing.
  private String trouble = "";
  private long troubleLoggedNanos;
  private long backOffNanos = SHORTEST_BACK_OFF_NANOS;

  /**
   * @param onTrouble told when something is wrong with it
   * @param onLoss told when kernel or interface have dropped packets
   */
  WatchedTap(
      InterfaceInput input,
      Taps taps,
      SourceClock clock,
      InterfaceCounters counters,
      Runnable onTrouble,
      Runnable onLoss) {
    name = input.name();
    this.taps = taps;
    this.clock = clock;
    this.counters = counters;
    this.onTrouble = onTrouble;
    this.onLoss = onLoss;
    patienceNanos = TimeUnit.MILLISECONDS.toNanos(input.readTimeoutMillis());
  }

  /**
   * Opens it for the first time; may block for a moment.
   *
   * @throws SourceException if it cannot be read at all
   */
  void open() throws SourceException {
    tap = taps.open();
    if (tap == null) {
      trouble(name + " is down; waiting for it");
    } else {
      LOG.info("capturing on {}, link type {}", name, tap.linkType());
    }
  }

  boolean isOpen() {
    return tap != null;
  }

  /** While it is open. */
  int linkType() {
    return tap.linkType();
  }

  /** Empty if nothing is wrong. */
  String trouble() {
    return trouble;
  }

  /** Ends a read that waits. Any thread. */
  void wake() {
    Tap open = tap;
    if (open != null) {
      open.wake();
    }
  }

  /** Ends a read that has waited for too long. Any thread. */
  void beat() {
    long since = waitingSinceNanos;
    if (since != 0 && clock.monotonicNanos() - since >= patienceNanos) {
      wake();
    }
  }

  /** How long a read may wait from now on. */
  void patience(long nanos) {
    patienceNanos = nanos;
  }

  /**
   * Reads while it is open; where that fails it is open no more.
   *
   * @return how many packets came
   */
  int read(Tap.Listener listener) {
    waitingSinceNanos = clock.monotonicNanos() | 1;
    try {
      return tap.read(listener);
    } catch (SourceException e) {
      counters.increment(counters.readErrors);
      trouble(e.getMessage());
      close();
      return 0;
    } finally {
      waitingSinceNanos = 0;
    }
  }

  /** Asks the kernel what it has dropped. */
  void readStatistics() {
    if (tap != null) {
      try {
        if (counters.statistics(tap.statistics())) {
          onLoss.run();
        }
      } catch (SourceException e) {
        LOG.debug("no statistics", e); // the next read will say what is wrong
      }
    }
  }

  /** libpcap is silent about an interface that is down, and reads on once it is up again. */
  void watch() {
    if (tap == null) {
      return;
    }
    if (!taps.isUp()) {
      if (trouble.isEmpty()) {
        counters.increment(counters.downs);
      }
      trouble(name + " is down; waiting for it");
    } else if (!trouble.isEmpty()) {
      LOG.info("{} is up again", name);
      well();
    }
  }

  private void trouble(String text) {
    long now = clock.monotonicNanos();
    if (!text.equals(trouble) || now - troubleLoggedNanos >= LOG_NANOS) {
      LOG.warn("{}", text);
      troubleLoggedNanos = now;
    }
    trouble = text;
    counters.blind(true);
    onTrouble.run();
  }

  private void well() {
    trouble = "";
    counters.blind(false);
  }

  /**
   * Waits a while, longer each time, and tries to open it again.
   *
   * @param meanwhile what is to be done now and then
   */
  void reopen(Runnable meanwhile) {
    long due = clock.monotonicNanos() + backOffNanos;
    backOffNanos = Math.min(2 * backOffNanos, LONGEST_BACK_OFF_NANOS);
    try {
      while (clock.monotonicNanos() < due) {
        clock.sleepUntil(Math.min(due, clock.monotonicNanos() + SHORTEST_BACK_OFF_NANOS));
        meanwhile.run();
      }
      tap = taps.open();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SourceException e) {
      trouble(e.getMessage());
    }
    if (tap != null) {
      LOG.info("capturing on {} again", name);
      counters.increment(counters.reopened);
      backOffNanos = SHORTEST_BACK_OFF_NANOS;
      well();
    }
  }

  void close() {
    Tap open = tap;
    if (open != null) {
      readStatistics();
      tap = null;
      open.close();
      counters.closed();
    }
  }
}
