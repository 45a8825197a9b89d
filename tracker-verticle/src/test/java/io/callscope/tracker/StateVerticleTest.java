package io.callscope.tracker;

import static io.callscope.tracker.Traffic.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Addresses;
import io.callscope.bus.BusCodecs;
import io.callscope.bus.CallEvent;
import io.callscope.bus.EventBatch;
import io.callscope.bus.EventType;
import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Feed;
import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.leg.LegSettings;
import io.callscope.tracker.rate.RateSettings;
import io.callscope.tracker.state.MemoryStore;
import io.callscope.tracker.state.StateConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A tracker whose state outlives it, on a real bus. */
@ExtendWith(VertxExtension.class)
class StateVerticleTest {
  private static final int PATIENCE_SECONDS = 20;

  private final Feed feed = new Feed("pcap");
  private final Dialog call = Dialog.call(1);
  private final BlockingQueue<CallEvent> published = new LinkedBlockingQueue<>();
  private final ExecutorService elsewhere =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
          });
  private final MemoryStore store = new MemoryStore().doneBy(elsewhere);
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private Vertx vertx;
  private String eventStage;

  @BeforeEach
  void listen(Vertx vertx) throws Exception {
    this.vertx = vertx;
    BusCodecs.register(vertx.eventBus());
    for (EventType type : EventType.values()) {
      get(
          vertx
              .eventBus()
              .<CallEvent>consumer(Addresses.event(type), message -> published.add(message.body()))
              .completion());
    }
    EventStageConfig stage = new EventStageConfig(1, 0, RateSettings.defaults());
    eventStage = get(vertx.deployVerticle(new EventStageVerticle(stage)));
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private Future<String> deploy() {
    StateConfig state = new StateConfig(store, () -> told.add("fenced"));
    return vertx.deployVerticle(
        new TrackerVerticle(
            new TrackerConfig(
                0, CallSettings::new, 1 << 20, LegSettings.DEFAULTS, Tenure.ALONE, state)));
  }

  private void answeredCall() throws Exception {
    feed.add(call.request("INVITE", "", 1), nanos(0))
        .add(call.reply(200, "INVITE", "b", 1), nanos(1));
    get(vertx.eventBus().request(Addresses.sip(0), feed.build(nanos(2))));
  }

  private void bye() throws Exception {
    feed.add(call.request("BYE", "b", 2), nanos(5));
    get(vertx.eventBus().request(Addresses.sip(0), feed.build(nanos(9))));
  }

  private JsonObject page() throws Exception {
    JsonObject query = new JsonObject().put("query", "call").put("callId", call.callId());
    return get(
        vertx
            .eventBus()
            .<JsonObject>request(Addresses.query("tracker", 0), query)
            .map(Message::body)
            .map(answer -> answer.getJsonArray("calls").getJsonObject(0)));
  }

  private String told() throws InterruptedException {
    String what = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(what).as("within " + PATIENCE_SECONDS + " s").isNotNull();
    return what;
  }

  private CallEvent next() throws InterruptedException {
    CallEvent event = published.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(event).as("within " + PATIENCE_SECONDS + " s").isNotNull();
    return event;
  }

  @Test
  void theNextOwnerGoesOnWhereTheLastOneStopped() throws Exception {
    String first = get(deploy());
    answeredCall();
    assertThat(next().type()).isEqualTo(EventType.CALL_START);
    JsonObject before = page();
    assertThat(before.containsKey("takenOver")).isFalse();

    get(vertx.undeploy(first));
    get(deploy());

    JsonObject after = page();
    assertThat(after.remove("takenOver")).isEqualTo("2024-01-01T00:00:02Z");
    assertThat(after).isEqualTo(before);
    bye();
    CallEvent end = next();
    assertThat(end.type()).isEqualTo(EventType.CALL_END);
    assertThat(end.outcome().spanSeconds()).isEqualTo(4);
    assertThat(end.outcome().unmatchedInvite()).isFalse();
  }

  /** It has published what the last owner sent, though it cannot say so at once. */
  @Test
  void anEventStageThatIsBusyIsAskedAgain() throws Exception {
    get(vertx.undeploy(eventStage));
    BlockingQueue<EventType> sent = new LinkedBlockingQueue<>();
    AtomicInteger asked = new AtomicInteger();
    get(
        vertx
            .eventBus()
            .<EventBatch>consumer(
                Addresses.EVENT_STAGE,
                message -> {
                  message.body().events().forEach(event -> sent.add(event.type()));
                  message.reply(null);
                })
            .completion());
    get(
        vertx
            .eventBus()
            .<JsonObject>consumer(
                Addresses.query("eventstage"),
                message -> {
                  if (asked.getAndIncrement() % 3 < 2) {
                    message.fail(1, "busy");
                  } else {
                    message.reply(new JsonObject().put("markNanos", nanos(2)));
                  }
                })
            .completion());
    String first = get(deploy());
    answeredCall();
    get(vertx.undeploy(first));

    get(deploy());
    bye();

    get(vertx.undeploy(vertx.deploymentIDs().iterator().next()));
    assertThat(sent).containsExactly(EventType.CALL_START, EventType.CALL_END);
    assertThat(asked).hasValue(6);
  }

  @Test
  void anOwnerThatIsReplacedIsToldAndTakesNothingMore() throws Exception {
    String frozen = get(deploy());
    answeredCall();
    store.onCommit(() -> told.add("saved"));
    assertThat(told()).isEqualTo("saved");
    assertThat(told()).as("a save that has begun behind the call").isEqualTo("saved");

    get(deploy());

    String last = told();
    while (last.equals("saved")) {
      last = told();
    }
    assertThat(last).isEqualTo("fenced");
    for (int asked = 0; asked < 2; asked++) {
      assertThat(page().containsKey("takenOver")).as("the new owner answers").isTrue();
    }
    bye();
    assertThat(next().type()).isEqualTo(EventType.CALL_START);
    assertThat(next().type()).isEqualTo(EventType.CALL_END);
    get(vertx.undeploy(frozen));
    assertThat(told).doesNotContain("fenced");
  }
}
