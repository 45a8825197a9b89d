package io.callscope.launcher;

import io.callscope.bus.Addresses;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shortens the timers of all tracked entries. */
final class ForcedTimeout {
  private static final Logger LOG = LoggerFactory.getLogger(ForcedTimeout.class);

  private ForcedTimeout() {}

  /**
   * Waits for the answers of the tracker's instances, but not for the timers.
   *
   * @param answerMillis longest wait for the answers
   * @return number of entries whose timers were shortened
   */
  static long force(Vertx vertx, long millis, int instances, long answerMillis)
      throws InterruptedException {
    String id = UUID.randomUUID().toString();
    AtomicLong forced = new AtomicLong();
    CountDownLatch answers = new CountDownLatch(instances);
    MessageConsumer<JsonObject> consumer =
        vertx
            .eventBus()
            .consumer(
                Addresses.acknowledgements("tracker"),
                message -> {
                  if (id.equals(message.body().getString("id"))) {
                    JsonObject result = message.body().getJsonObject("result", new JsonObject());
                    forced.addAndGet(result.getLong("forced", 0L));
                    answers.countDown();
                  }
                });
    consumer.completion().await();
    vertx
        .eventBus()
        .publish(
            Addresses.control("tracker"),
            new JsonObject().put("id", id).put("change", "force_timeout").put("millis", millis));
    if (!answers.await(answerMillis, TimeUnit.MILLISECONDS)) {
      LOG.warn(
          "{} of {} trackers did not answer to forced timeouts", answers.getCount(), instances);
    }
    consumer.unregister();
    return forced.get();
  }
}
