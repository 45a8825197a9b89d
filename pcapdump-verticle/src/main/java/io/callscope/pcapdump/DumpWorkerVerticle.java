package io.callscope.pcapdump;

import io.callscope.bus.Addresses;
import io.callscope.bus.Answers;
import io.callscope.bus.CallEvent;
import io.callscope.bus.FirstOpen;
import io.callscope.bus.ProcessState;
import io.callscope.bus.Replies;
import io.callscope.bus.SipBatch;
import io.callscope.pcapdump.worker.DumpWorker;
import io.callscope.pcapdump.worker.FileQueries;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One writer on the bus: {@link Addresses#dump} in. It runs on worker threads, one at a time, since
 * it waits for the disk; while it does its batches are not acknowledged.
 */
final class DumpWorkerVerticle extends VerticleBase {
  private static final long MIN_TICK_MILLIS = 10;
  private static final long MAX_TICK_MILLIS = 250;

  /** How long the last messages may take. */
  private static final long END_NANOS = TimeUnit.SECONDS.toNanos(8);

  private final int number;
  private final DumpWorker worker;
  private final FileQueries queries;
  private final EventCredits events;
  private final Set<Integer> running;
  private final long tickMillis;
  private long timer;

  /**
   * @param running numbers of the writers that run in this process
   */
  DumpWorkerVerticle(
      int number,
      DumpWorker worker,
      FileQueries queries,
      EventCredits events,
      Set<Integer> running,
      long flushMillis) {
    this.number = number;
    this.worker = worker;
    this.queries = queries;
    this.events = events;
    this.running = running;
    tickMillis = Math.max(MIN_TICK_MILLIS, Math.min(flushMillis / 4, MAX_TICK_MILLIS));
  }

  @Override
  public Future<?> start() {
    events.begin(number);
    var bus = vertx.eventBus();
    var batches = bus.<SipBatch>consumer(Addresses.dump(number), this::accept);
    var questions =
        bus.<JsonObject>consumer(Addresses.query(PcapDumpVerticle.SERVICE, number), this::answer);
    var heard =
        bus.<CallEvent>localConsumer(Addresses.dumpEvents(number), message -> hear(message.body()));
    timer = vertx.setPeriodic(tickMillis, id -> worker.tick(millis()));
    return Future.all(batches.completion(), questions.completion(), heard.completion())
        .onSuccess(ready -> running.add(number));
  }

  private void accept(Message<SipBatch> message) {
    SipBatch batch = message.body();
    boolean isNext = worker.accept(batch, FirstOpen.of(message), millis());
    batch.release();
    if (isNext) {
      Replies.give(message, null);
    } else {
      FirstOpen.refuse(message);
    }
  }

  private void hear(CallEvent event) {
    try {
      worker.event(event);
    } finally {
      events.done(number);
    }
  }

  private void answer(Message<JsonObject> message) {
    queries.ask(Answers.fields(message), millis(), Answers.to(message));
  }

  /** Writes everything that has come. */
  @Override
  public Future<?> stop() {
    vertx.cancelTimer(timer);
    running.remove(number);
    long deadline = ProcessState.end(vertx, END_NANOS);
    worker.end(millis(), () -> System.nanoTime() - deadline > 0);
    return Future.succeededFuture();
  }

  /** A clock of any zero that never goes back. */
  private static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
