package io.callscope.web.counters;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Addresses;
import io.callscope.bus.CounterJson;
import io.callscope.counters.CounterGroup;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoardsTest {
  private static final int PROCESSES = 100;
  private static final int INSTANCES = 5;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Boards boards = new Boards(vertx, "web1-aaaaaa");

  @BeforeEach
  void start() {
    on(() -> boards.start()).compose(done -> done).await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  /** Boards are for one thread. */
  private <T> Future<T> on(Callable<T> question) {
    Promise<T> answer = Promise.promise();
    context.runOnContext(
        ignored -> {
          try {
            answer.complete(question.call());
          } catch (Exception e) {
            answer.fail(e);
          }
        });
    return answer.future();
  }

  private void tell(String service, String instance, String counter, long value) {
    CounterGroup.Builder builder = new CounterGroup.Builder("group");
    int number = builder.add(counter, "what it counts");
    CounterGroup group = builder.build();
    group.add(number, value);
    tell(CounterJson.of(service, instance, 0, List.of(group)));
  }

  private void tell(JsonObject snapshot) {
    vertx.eventBus().publish(Addresses.COUNTERS, snapshot);
  }

  private long figure(String counter) {
    return on(() -> boards.figures().value("group." + counter)).await();
  }

  @Test
  void whatManyProcessesThatAreGoneHaveCountedStays() {
    tell("tracker", "tracker.7@alive-1", "messages", 4);
    vertx.setPeriodic(500, id -> tell("process", "process@alive-1", "threads", 1));
    for (int process = 0; process < PROCESSES; process++) {
      for (int instance = 0; instance < INSTANCES; instance++) {
        tell("tracker", "tracker." + instance + "@p-" + process, "messages", 2);
      }
      tell("web", "web@p-" + process, "queued", 3);
    }
    while (on(() -> boards.instances().size()).await() != CounterBoard.MOST_GONE + 1) {
      Thread.onSpinWait();
    }
    assertThat(figure("messages")).isEqualTo(4 + 2 * PROCESSES * INSTANCES);
    assertThat(figure("queued")).isEqualTo(3 * PROCESSES);
    assertThat(on(() -> boards.accounts().value("group.messages")).await())
        .isEqualTo(4 + 2 * PROCESSES * INSTANCES);
    assertThat(on(() -> boards.accounts().value("group.queued")).await())
        .as("of other web servers")
        .isZero();
    assertThat(on(() -> boards.accounts()).await()).isSameAs(on(() -> boards.accounts()).await());
    // What has moved away comes back, and counts on.
    tell("tracker", "tracker.7@alive-1", "messages", 9);
    while (figure("messages") != 9 + 2 * PROCESSES * INSTANCES) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anInstanceWhoseCountersWereTakenIsForgotten() {
    tell("capture", "inject.capture.1", "packets", 2);
    while (figure("packets") != 2) {
      Thread.onSpinWait();
    }
    tell(CounterJson.of("capture", "inject.capture.1", 0, List.of()));
    while (!on(() -> boards.instances()).await().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(figure("packets")).isZero();
  }
}
