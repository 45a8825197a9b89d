package io.callscope.bus;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends batches to one address, in order, no more than so many at a time without an
 * acknowledgement. A batch that is not acknowledged is sent again until it is, and so are those
 * behind it, in order; the receiver knows one it has already handled by its sequence number.
 *
 * <p>One thread, not an event loop, takes credits and sends; the rest happens on the context.
 */
public final class BatchSender {
  private static final Logger LOG = LoggerFactory.getLogger(BatchSender.class);
  private static final long FIRST_BACK_OFF_MILLIS = 50;
  private static final long LONGEST_BACK_OFF_MILLIS = 5000;

  private final Vertx vertx;
  private final EventBus bus;
  private final Context context;
  private final String address;
  private final int credits;
  private final DeliveryOptions options;
  private final SenderCounters counters;
  private final BatchPool pool;
  private final Semaphore free;
  private final Deque<SipBatch> unacknowledged = new ArrayDeque<>();
  private int inFlight;
  private boolean failed;
  private boolean closed;
  private long backOffMillis = FIRST_BACK_OFF_MILLIS;

  /**
   * @param context where replies come in
   * @param credits most batches without an acknowledgement
   * @param timeoutMillis longest wait for an acknowledgement before a batch is sent again
   * @param pool takes what is acknowledged: a receiver keeps nothing of a batch behind that
   */
  public BatchSender(
      Vertx vertx,
      Context context,
      String address,
      int credits,
      long timeoutMillis,
      SenderCounters counters,
      BatchPool pool) {
    this.vertx = vertx;
    this.bus = vertx.eventBus();
    this.context = context;
    this.address = address;
    this.credits = credits;
    this.counters = counters;
    this.pool = pool;
    options = new DeliveryOptions().setSendTimeout(timeoutMillis);
    free = new Semaphore(credits);
  }

  /**
   * Takes a credit for one batch.
   *
   * @param timeoutNanos longest wait, 0 for none
   * @return false if there was none in time
   */
  public boolean credit(long timeoutNanos) throws InterruptedException {
    // Without a wait an interrupt does not matter: who never waits must not lose what it has.
    return timeoutNanos == 0
        ? free.tryAcquire()
        : free.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS);
  }

  /** Credits that are free now. */
  public int credits() {
    return free.availablePermits();
  }

  /** Sends a batch, for which a credit was taken. Does not block. */
  public void send(SipBatch batch) {
    context.runOnContext(
        ignored -> {
          unacknowledged.add(batch);
          if (!failed && !closed) {
            request(batch);
          }
        });
  }

  /**
   * Waits until everything is acknowledged.
   *
   * @return false if it was not in time
   */
  public boolean awaitAcknowledged(long timeoutNanos) throws InterruptedException {
    if (!free.tryAcquire(credits, timeoutNanos, TimeUnit.NANOSECONDS)) {
      return false;
    }
    free.release(credits);
    return true;
  }

  /** Gives up what is not acknowledged, and counts it. On the context. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    unacknowledged.forEach(batch -> counters.group.add(counters.unacknowledged, batch.size()));
  }

  private void request(SipBatch batch) {
    inFlight++;
    bus.request(address, batch, options)
        .onComplete(
            reply -> {
              inFlight--;
              if (closed) {
                return;
              }
              if (reply.succeeded()) {
                acknowledge(batch);
              } else {
                fail(reply.cause());
              }
              if (failed && inFlight == 0) {
                backOff();
              }
            });
  }

  private void acknowledge(SipBatch batch) {
    backOffMillis = FIRST_BACK_OFF_MILLIS;
    if (unacknowledged.remove(batch)) {
      pool.give(batch);
    }
    counters.group.increment(counters.acknowledged);
    counters.group.add(counters.records, batch.size());
    free.release();
  }

  private void fail(Throwable cause) {
    counters.group.increment(counters.failures);
    if (cause instanceof ReplyException reply) {
      if (reply.failureType() == ReplyFailure.NO_HANDLERS) {
        counters.group.increment(counters.noHandlers);
      } else if (reply.failureType() == ReplyFailure.TIMEOUT) {
        counters.group.increment(counters.timeouts);
      }
    }
    if (!failed && backOffMillis == FIRST_BACK_OFF_MILLIS) {
      LOG.warn("{} does not take batches ({}); trying again", address, cause.getMessage());
    }
    failed = true;
  }

  /** Once no reply is open, so that what is sent again stays in order. */
  private void backOff() {
    vertx.setTimer(
        backOffMillis,
        timer -> {
          failed = false;
          if (!closed) {
            unacknowledged.forEach(this::request);
          }
        });
    backOffMillis = Math.min(2 * backOffMillis, LONGEST_BACK_OFF_MILLIS);
  }
}
