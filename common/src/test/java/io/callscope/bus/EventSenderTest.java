package io.callscope.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.net.Transport;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventSenderTest {
  private final Vertx vertx = Vertx.vertx();
  private final EventSenderCounters counters = new EventSenderCounters();
  private final BlockingQueue<String> acknowledged = new LinkedBlockingQueue<>();
  private long sequence;

  @BeforeEach
  void registerCodecs() {
    BusCodecs.register(vertx.eventBus());
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private EventSender sender() {
    return new EventSender(
        vertx, counters, 1, true, () -> acknowledged.add("one"), () -> {}, batch -> {});
  }

  private void stage() {
    vertx
        .eventBus()
        .<EventBatch>consumer(Addresses.EVENT_STAGE, message -> message.reply(null))
        .completion()
        .await();
  }

  private EventBatch batch(int events) {
    CallEvent event =
        CallEvent.raised(
            EventType.CALL_END,
            1000,
            EventEnds.of(Transport.UDP, "192.0.2.1", 5060, "192.0.2.2", 5061),
            new EventTexts.Builder().add(EventText.CALL_ID, "c@x").build(),
            EventOutcome.NONE,
            EventDebug.none(1000));
    return new EventBatch(0, sequence++, 1000, List.copyOf(Collections.nCopies(events, event)));
  }

  private void send(EventSender sender, int events) throws InterruptedException {
    EventBatch batch = batch(events);
    vertx.runOnContext(turn -> sender.send(batch));
    assertThat(acknowledged.poll(20, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void eventsThatNoOtherStageWouldGetAreCounted() throws InterruptedException {
    stage();
    EventSender sender = sender();
    send(sender, 70);
    send(sender, EventSender.MAX_KEPT);
    assertThat(counters.group().value(counters.keptForgotten)).isEqualTo(70);
    assertThat(counters.group().value(counters.acknowledged)).isEqualTo(2);
    assertThat(counters.group().value(counters.failures)).isZero();
  }

  @Test
  void whatAFormerStageHadComesAsACopyBeforeWhatIsOpen() throws InterruptedException {
    BlockingQueue<Message<EventBatch>> came = new LinkedBlockingQueue<>();
    vertx.eventBus().<EventBatch>consumer(Addresses.EVENT_STAGE, came::add).completion().await();
    EventSender sender = sender();
    EventBatch acknowledgedOnce = batch(1);
    EventBatch open = batch(2);
    vertx.runOnContext(turn -> sender.send(acknowledgedOnce));
    take(came, acknowledgedOnce, false).reply(acknowledgedOnce.markNanos());
    assertThat(acknowledged.poll(20, TimeUnit.SECONDS)).isNotNull();
    vertx.runOnContext(turn -> sender.send(open));
    take(came, open, false);
    JsonObject moved = new JsonObject().put("address", Addresses.EVENT_STAGE);
    vertx.eventBus().publish(Addresses.MOVED, moved);
    take(came, acknowledgedOnce, true);
    take(came, open, false);
  }

  @Test
  void anotherStageGetsAllThoughNobodyHasSaidThatItIsThere() throws InterruptedException {
    StageTerm first = new StageTerm(1);
    StageTerm second = new StageTerm(2);
    var former =
        vertx
            .eventBus()
            .<EventBatch>consumer(
                Addresses.EVENT_STAGE, message -> first.acknowledge(message, 1000));
    former.completion().await();
    EventSender sender = sender();
    EventBatch kept = batch(1);
    EventBatch open = batch(2);
    vertx.runOnContext(turn -> sender.send(kept));
    assertThat(acknowledged.poll(20, TimeUnit.SECONDS)).isNotNull();
    former.unregister().await();
    BlockingQueue<Message<EventBatch>> came = new LinkedBlockingQueue<>();
    vertx
        .eventBus()
        .<EventBatch>consumer(
            Addresses.EVENT_STAGE,
            message -> {
              if (!second.refuses(message)) {
                came.add(message);
              }
            })
        .completion()
        .await();
    vertx.runOnContext(turn -> sender.send(open));
    take(came, kept, true);
    take(came, open, false);
  }

  private static Message<EventBatch> take(
      BlockingQueue<Message<EventBatch>> came, EventBatch batch, boolean isCopy)
      throws InterruptedException {
    Message<EventBatch> message = came.poll(20, TimeUnit.SECONDS);
    assertThat(message).isNotNull();
    assertThat(message.body().sequence()).isEqualTo(batch.sequence());
    assertThat(message.body().isCopy()).isEqualTo(isCopy);
    return message;
  }

  @Test
  void requestsThatFailAreCountedAndMadeAgain() throws InterruptedException {
    EventSender sender = sender();
    EventBatch batch = batch(1);
    vertx.runOnContext(turn -> sender.send(batch));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (counters.group().value(counters.failures) == 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    stage();
    assertThat(acknowledged.poll(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(counters.group().value(counters.failures)).isPositive();
    assertThat(counters.group().value(counters.acknowledged)).isEqualTo(1);
  }
}
