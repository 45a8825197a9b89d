package io.callscope.capture.tcp;

import java.util.concurrent.TimeUnit;

/**
 * What time does to streams: holes that are not waited for any longer, streams that fell silent.
 */
final class StreamAges {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** So long after the first packet holes are waited for a second only. */
  private static final long START_UP_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final long START_UP_REORDER_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Late segments of a connection come no later (two segment lifetimes of Linux). */
  private static final long CLOSED_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final StreamTable table;
  private final Delivery delivery;

  /** Written by any thread. */
  private volatile TcpTimeouts timeouts;

  private long beganNanos;
  private long nextNanos = Long.MIN_VALUE;
  private long agedNanos;

  StreamAges(TcpTimeouts timeouts, StreamTable table, Delivery delivery) {
    this.timeouts = timeouts;
    this.table = table;
    this.delivery = delivery;
  }

  /** They hold from the next look at the streams on. On any thread. */
  void timeouts(TcpTimeouts changed) {
    timeouts = changed;
  }

  void tick(long nowNanos, long arrivalNanos) throws InterruptedException {
    if (nowNanos < nextNanos) {
      return;
    }
    if (nextNanos == Long.MIN_VALUE) {
      beganNanos = nowNanos;
    }
    nextNanos = nowNanos + LOOK_NANOS;
    TcpTimeouts limits = timeouts;
    boolean startUp = nowNanos - beganNanos < START_UP_NANOS;
    long period = startUp ? LOOK_NANOS : limits.gcNanos();
    boolean ages = limits.gcNanos() > 0 && nowNanos - agedNanos >= period;
    long wait = startUp ? START_UP_REORDER_NANOS : limits.reorderNanos();
    if (ages) {
      agedNanos = nowNanos;
    }
    if (delivery.isAnyWaiting()) {
      lookAtHoles(nowNanos, arrivalNanos, ages ? nowNanos - wait : Long.MIN_VALUE);
    }
    forgetClosed(nowNanos, arrivalNanos);
    if (ages) {
      long limit = nowNanos - limits.connectionNanos();
      closeSilent(table.silent, limit, nowNanos, arrivalNanos);
      closeSilent(table.open, limit, nowNanos, arrivalNanos);
    }
  }

  private void lookAtHoles(long nowNanos, long arrivalNanos, long limitNanos)
      throws InterruptedException {
    Link link = delivery.holders().first;
    while (link != null) {
      TcpStream stream = ((TcpStream.Holder) link).stream;
      link = link.after; // what is done to the stream may take it out of the list
      if (stream.queue != null && stream.isAcknowledged) {
        skipAcknowledged(stream, nowNanos, arrivalNanos, nowNanos - LOOK_NANOS);
      }
      if (stream.queue != null && stream.queue.oldestNanos() <= limitNanos) {
        StreamCounters c = delivery.counters(stream);
        c.increment(c.reorderTimeouts);
        while (stream.queue != null && stream.queue.oldestNanos() <= limitNanos) {
          delivery.skipHole(stream, delivery.envelope(stream, nowNanos, arrivalNanos));
        }
        delivery.held(stream);
      }
    }
  }

  /**
   * Skips the holes whose bytes the receiver has.
   *
   * @param limitNanos those that were there at that time
   */
  void skipAcknowledged(TcpStream stream, long nowNanos, long arrivalNanos, long limitNanos)
      throws InterruptedException {
    while (stream.queue != null
        && stream.acknowledged - stream.queue.first().sequence >= 0
        && !Delivery.isFar(stream.acknowledged - stream.expected)
        && stream.queue.oldestNanos() <= limitNanos) {
      StreamCounters c = delivery.counters(stream);
      c.increment(c.acknowledgedHoles);
      delivery.skipHole(stream, delivery.envelope(stream, nowNanos, arrivalNanos));
    }
    delivery.held(stream);
  }

  private void forgetClosed(long nowNanos, long arrivalNanos) throws InterruptedException {
    TcpStream stream = (TcpStream) table.closed.first;
    while (stream != null && nowNanos - stream.listedNanos > CLOSED_NANOS) {
      delivery.remove(stream, nowNanos, arrivalNanos);
      stream = (TcpStream) table.closed.first;
    }
  }

  private void closeSilent(LinkList list, long limitNanos, long nowNanos, long arrivalNanos)
      throws InterruptedException {
    TcpStream stream = (TcpStream) list.first;
    while (stream != null && stream.listedNanos < limitNanos) {
      if (stream.seenNanos < limitNanos) {
        StreamCounters c = delivery.counters(stream);
        c.increment(c.streamTimeouts);
        delivery.remove(stream, nowNanos, arrivalNanos);
      } else {
        table.list(stream, list);
      }
      stream = (TcpStream) list.first;
    }
  }
}
