package io.callscope.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition's way to the event stage: sends batches of events in order, again until each is
 * acknowledged. In a cluster it keeps what the stage has not published yet, so that its successor
 * gets all of that should it die. On one context.
 */
public final class EventSender {
  private static final Logger LOG = LoggerFactory.getLogger(EventSender.class);
  private static final long REPLY_TIMEOUT_MILLIS = 5000;
  private static final long BACK_OFF_MILLIS = 200;

  /** How long the last events wait for an event stage that takes over. */
  private static final long PATIENCE_MILLIS = 8000;

  /** Batches without an acknowledgement, before the partition has to wait. */
  private static final int CREDITS = 16;

  /** Events kept for the next event stage; older ones go. */
  static final int MAX_KEPT = 100_000;

  private static final DeliveryOptions FIRST = FirstOpen.options(true, REPLY_TIMEOUT_MILLIS);
  private static final DeliveryOptions LATER = FirstOpen.options(false, REPLY_TIMEOUT_MILLIS);

  private final Vertx vertx;
  private final EventSenderCounters counters;
  private final long term;
  private final boolean keeps;
  private final Runnable hasRoom;
  private final Runnable moved;
  private final Consumer<EventBatch> lost;
  private final MessageConsumer<JsonObject> consumer;
  private final Deque<EventBatch> open = new ArrayDeque<>();
  private final Deque<EventBatch> kept = new ArrayDeque<>();
  private int keptEvents;
  private long publishedNanos = Long.MIN_VALUE;
  private int round;
  private int inFlight;
  private boolean failed;

  private final Outage outage = new Outage();

  private boolean hopeless;

  /** The event stage that has answered last; empty where that is not known. */
  private String stage = "";

  private DeliveryOptions first = FIRST;
  private DeliveryOptions later = LATER;
  private Promise<Void> drained;

  /**
   * @param term of the partition's owner
   * @param keeps whether another event stage may take over
   * @param hasRoom called when there is room again
   * @param moved called when another stage has taken over, before what it needs is sent
   * @param lost takes what nobody has acknowledged in the end
   */
  public EventSender(
      Vertx vertx,
      EventSenderCounters counters,
      long term,
      boolean keeps,
      Runnable hasRoom,
      Runnable moved,
      Consumer<EventBatch> lost) {
    this.vertx = vertx;
    this.counters = counters;
    this.term = term;
    this.keeps = keeps;
    this.hasRoom = hasRoom;
    this.moved = moved;
    this.lost = lost;
    consumer =
        vertx
            .eventBus()
            .consumer(
                Addresses.MOVED,
                message -> {
                  if (Addresses.EVENT_STAGE.equals(message.body().getString("address"))) {
                    startAgain();
                  }
                });
  }

  /** Whether the partition may send another batch. */
  public boolean hasRoom() {
    return open.size() < CREDITS;
  }

  /** Events before this time were published, as far as is known, ns since 1970. */
  public long publishedNanos() {
    return publishedNanos;
  }

  /** Sends a batch, behind those before it. */
  public void send(EventBatch batch) {
    open.add(batch);
    if (!failed) {
      request(batch);
    }
  }

  /**
   * Done when all is acknowledged, or given up. Where another event stage may take over, it gets
   * some time for that.
   */
  public Future<Void> drain() {
    drained = Promise.promise();
    if (keeps) {
      vertx.setTimer(PATIENCE_MILLIS, id -> giveUp());
    } else {
      hopeless = true;
      if (failed) {
        giveUp();
      }
    }
    completeIfDrained();
    return drained.future();
  }

  /** Sends nothing more: another owner has the partition. */
  public Future<Void> drop() {
    hopeless = true;
    round++;
    open.clear();
    kept.clear();
    return consumer.unregister();
  }

  private void request(EventBatch batch) {
    int own = round;
    inFlight++;
    vertx
        .eventBus()
        .<Long>request(
            Addresses.EVENT_STAGE,
            batch.of(term, publishedNanos, batch.isCopy()),
            isFirst(batch) ? first : later)
        .onComplete(
            reply -> {
              if (own != round) {
                return; // all of that was sent again
              }
              inFlight--;
              if (reply.succeeded()) {
                spokeWith(StageTerm.of(reply.result()));
                acknowledged(batch, reply.result().body());
              } else if (StageTerm.isOther(reply.cause())) {
                startAgain();
                return;
              } else {
                failed(reply.cause());
              }
              if (failed && inFlight == 0) {
                backOff();
              }
            });
  }

  private void spokeWith(String answering) {
    if (keeps && !answering.equals(stage)) {
      stage = answering;
      first = StageTerm.to(FIRST, stage);
      later = StageTerm.to(LATER, stage);
    }
  }

  private void failed(Throwable cause) {
    failed = true;
    counters.group.increment(counters.failures);
    if (!hopeless && outage.failed(System.nanoTime())) {
      LOG.warn("the event stage does not take events ({}); trying again", cause.getMessage());
    }
  }

  private boolean isFirst(EventBatch batch) {
    EventBatch first = open.peek();
    return first != null && first.sequence() == batch.sequence();
  }

  private void acknowledged(EventBatch batch, Long published) {
    open.remove(batch);
    outage.over();
    counters.group.increment(counters.acknowledged);
    if (published != null) {
      publishedNanos = Math.max(publishedNanos, published);
    }
    if (keeps && !batch.events().isEmpty()) {
      kept.add(batch);
      keptEvents += batch.events().size();
    }
    while (!kept.isEmpty() && kept.peek().latestNanos() < publishedNanos) {
      keptEvents -= kept.poll().events().size();
    }
    while (keptEvents > MAX_KEPT) {
      int forgotten = kept.remove().events().size();
      keptEvents -= forgotten;
      counters.group.add(counters.keptForgotten, forgotten);
    }
    hasRoom.run();
    completeIfDrained();
  }

  private void backOff() {
    if (hopeless) {
      giveUp();
      return;
    }
    int own = round;
    vertx.setTimer(
        BACK_OFF_MILLIS,
        id -> {
          if (own == round) {
            sendOpen();
          }
        });
  }

  private void sendOpen() {
    round++;
    inFlight = 0;
    failed = false;
    List.copyOf(open).forEach(this::request);
  }

  private void startAgain() {
    spokeWith("");
    List<EventBatch> again = new ArrayList<>();
    kept.forEach(batch -> again.add(batch.of(term, publishedNanos, true)));
    again.addAll(open);
    kept.clear();
    keptEvents = 0;
    open.clear();
    open.addAll(again);
    counters.group.add(counters.resent, again.size());
    sendOpen();
    moved.run();
  }

  private void giveUp() {
    hopeless = true;
    round++;
    open.forEach(lost);
    open.clear();
    completeIfDrained();
  }

  private void completeIfDrained() {
    if (drained != null && open.isEmpty() && drained.tryComplete()) {
      consumer.unregister();
    }
  }
}
