package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Addresses;
import io.callscope.bus.BusCodecs;
import io.callscope.bus.EventBatch;
import io.callscope.config.Settings;
import io.callscope.config.SettingsException;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class ServicesTest {
  /** Its batches begin at 0 again, and must not be taken for those of the first. */
  @Test
  void aTrackerThatIsStartedAnewHasATermOfItsOwn() throws SettingsException {
    Vertx vertx = Vertx.vertx();
    try {
      BusCodecs.register(vertx.eventBus());
      Queue<Long> terms = new ConcurrentLinkedQueue<>();
      vertx
          .eventBus()
          .<EventBatch>consumer(
              Addresses.EVENT_STAGE,
              batch -> {
                terms.add(batch.body().term());
                batch.reply(null);
              })
          .completion()
          .await();
      Service tracker =
          Services.plan(Settings.load(List.of("-ipfix_port", "4739"), Map.of()), List.of())
              .services()
              .stream()
              .filter(service -> service.name().equals("tracker"))
              .findFirst()
              .orElseThrow();
      for (int start = 0; start < 3; start++) {
        vertx.undeploy(vertx.deployVerticle(tracker.supplier().get()).await()).await();
      }
      assertThat(Set.copyOf(terms)).containsExactlyInAnyOrder(0L, 1L, 2L);
    } finally {
      vertx.close().await();
    }
  }
}
