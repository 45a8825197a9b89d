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
 * behind it, in order; the receiver knows one it has already handled by its sequence number, and
 * refuses one that overtakes another.
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
  private final DeliveryOptions firstOptions;
  private final DeliveryOptions laterOptions;
  private final SenderCounters counters;
  private final BatchPool pool;
  private final Semaphore free;
  private final Deque<Open> open = new ArrayDeque<>();

  /** Rises when all is sent again: what is still to come of earlier requests is passed over. */
  private int round;

  private int inFlight;
  private boolean failed;
  private boolean closed;
  private long backOffMillis = FIRST_BACK_OFF_MILLIS;
  private long timer = -1;
  private final Outage outage = new Outage();

  /** A batch without an acknowledgement. */
  private static final class Open {
    final SipBatch batch;
    int requests;

    Open(SipBatch batch) {
      this.batch = batch;
    }
  }

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
    firstOptions = FirstOpen.options(true, timeoutMillis);
    laterOptions = FirstOpen.options(false, timeoutMillis);
    free = new Semaphore(credits);
  }

  String address() {
    return address;
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
          Open added = new Open(batch);
          open.add(added);
          if (!failed && !closed) {
            request(added);
          }
        });
  }

  /** Somebody else listens there now: sends again at once what is open. On the context. */
  void resend() {
    if (closed || open.isEmpty()) {
      return;
    }
    if (timer >= 0) {
      vertx.cancelTimer(timer);
    }
    backOffMillis = FIRST_BACK_OFF_MILLIS;
    counters.group.add(counters.resent, open.size());
    sendAll();
  }

  private void sendAll() {
    timer = -1;
    round++;
    inFlight = 0;
    failed = false;
    open.forEach(this::request);
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
    open.forEach(one -> counters.group.add(counters.unacknowledged, one.batch.size()));
  }

  private void request(Open one) {
    int own = round;
    inFlight++;
    one.requests++;
    bus.request(address, one.batch, one == open.peek() ? firstOptions : laterOptions)
        .onComplete(
            reply -> {
              boolean isCurrent = own == round;
              inFlight -= isCurrent ? 1 : 0;
              if (closed) {
                return;
              }
              if (reply.succeeded()) {
                acknowledge(one);
              } else if (isCurrent) {
                fail(reply.cause());
              }
              if (isCurrent && failed && inFlight == 0) {
                backOff();
              }
            });
  }

  private void acknowledge(Open one) {
    if (!open.remove(one)) {
      return; // it was sent more than once, and so acknowledged
    }
    backOffMillis = FIRST_BACK_OFF_MILLIS;
    outage.over();
    if (one.requests == 1) {
      pool.give(one.batch); // of one that was sent again a receiver may still have the first
    }
    counters.group.increment(counters.acknowledged);
    counters.group.add(counters.records, one.batch.size());
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
    if (!isEarly(cause) && outage.failed(System.nanoTime())) {
      LOG.warn("{} does not take batches ({}); trying again", address, cause.getMessage());
    }
    failed = true;
  }

  private static boolean isEarly(Throwable cause) {
    return cause instanceof ReplyException reply && reply.failureCode() == FirstOpen.EARLY;
  }

  /** Once no reply is open, so that what is sent again stays in order. */
  private void backOff() {
    timer = vertx.setTimer(backOffMillis, id -> sendAgain());
    backOffMillis = Math.min(2 * backOffMillis, LONGEST_BACK_OFF_MILLIS);
  }

  private void sendAgain() {
    if (!closed) {
      sendAll();
    }
  }
}
