package io.callscope.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchSenderTest {
  private static final String ADDRESS = Addresses.sip(0);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Vertx vertx = Vertx.vertx();
  private final SenderCounters counters = new SenderCounters("feed.acks");
  private final SipBatchBuilder builder = new SipBatchBuilder("test");
  private final List<Long> received = new CopyOnWriteArrayList<>();
  private Context context;

  @BeforeEach
  void registerCodecs() {
    BusCodecs.register(vertx.eventBus());
    context = vertx.getOrCreateContext();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private BatchSender sender(int credits, long timeoutMillis) {
    return new BatchSender(
        vertx, context, ADDRESS, credits, timeoutMillis, counters, new BatchPool());
  }

  private SipBatch batch() {
    builder.addProbe(new Envelope());
    return builder.build(1, false);
  }

  private void send(BatchSender sender, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      assertThat(sender.credit(PATIENCE_NANOS)).isTrue();
      sender.send(batch());
    }
  }

  private MessageConsumer<SipBatch> consumer() {
    MessageConsumer<SipBatch> consumer =
        vertx
            .eventBus()
            .consumer(
                ADDRESS,
                message -> {
                  received.add(message.body().sequence());
                  message.reply(null);
                });
    consumer.completion().await();
    return consumer;
  }

  private void awaitPositive(int counter) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (value(counter) == 0 && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    assertThat(value(counter)).isPositive();
  }

  private long value(int counter) {
    return counters.group().value(counter);
  }

  @Test
  void sendsInOrderAndGetsItsCreditsBack() throws InterruptedException {
    consumer();
    BatchSender sender = sender(2, 5000);
    send(sender, 50);
    assertThat(sender.awaitAcknowledged(PATIENCE_NANOS)).isTrue();
    assertThat(received).hasSize(50).isSorted();
    assertThat(value(counters.acknowledged)).isEqualTo(50);
    assertThat(value(counters.records)).isEqualTo(50);
    assertThat(value(counters.failures)).isZero();
  }

  @Test
  void withoutAReplyThereIsNoCreditLeft() throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(3);
    List<Message<SipBatch>> held = new CopyOnWriteArrayList<>();
    vertx
        .eventBus()
        .<SipBatch>consumer(
            ADDRESS,
            message -> {
              held.add(message);
              arrived.countDown();
            })
        .completion()
        .await();
    BatchSender sender = sender(3, 20_000);
    send(sender, 3);
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(sender.credit(0)).isFalse();
    assertThat(sender.awaitAcknowledged(0)).isFalse();
    held.get(0).reply(null);
    assertThat(sender.credit(PATIENCE_NANOS)).isTrue();
    assertThat(sender.credit(0)).isFalse();
  }

  @Test
  void whatNobodyListensForIsSentAgainInOrder() throws InterruptedException {
    BatchSender sender = sender(4, 5000);
    send(sender, 4);
    awaitPositive(counters.noHandlers);
    consumer();
    assertThat(sender.awaitAcknowledged(PATIENCE_NANOS)).isTrue();
    assertThat(received).containsExactly(0L, 1L, 2L, 3L);
    assertThat(value(counters.noHandlers)).isPositive().isEqualTo(value(counters.failures));
  }

  @Test
  void afterARefusalWhatIsOpenIsSentAgainInOrder() throws InterruptedException {
    vertx
        .eventBus()
        .<SipBatch>consumer(
            ADDRESS,
            message -> {
              long expected = received.size();
              if (message.body().sequence() != expected || value(counters.failures) == 0) {
                message.fail(1, "not now");
              } else {
                received.add(expected);
                message.reply(null);
              }
            })
        .completion()
        .await();
    BatchSender sender = sender(4, 5000);
    send(sender, 20);
    assertThat(sender.awaitAcknowledged(PATIENCE_NANOS)).isTrue();
    assertThat(received).hasSize(20).isSorted();
  }

  @Test
  void withoutAReplyInTimeABatchIsSentAgain() throws InterruptedException {
    vertx
        .eventBus()
        .<SipBatch>consumer(
            ADDRESS,
            message -> {
              received.add(message.body().sequence());
              if (received.size() > 1) {
                message.reply(null);
              }
            })
        .completion()
        .await();
    BatchSender sender = sender(1, 50);
    send(sender, 1);
    assertThat(sender.awaitAcknowledged(PATIENCE_NANOS)).isTrue();
    assertThat(received).containsExactly(0L, 0L);
    assertThat(value(counters.timeouts)).isEqualTo(1);
  }

  @Test
  void whatIsGivenUpIsCounted() throws InterruptedException {
    BatchSender sender = sender(4, 5000);
    send(sender, 3);
    CountDownLatch closed = new CountDownLatch(1);
    context.runOnContext(
        ignored -> {
          sender.close();
          sender.close();
          closed.countDown();
        });
    assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(value(counters.unacknowledged)).isEqualTo(3);
  }
}
