package io.callscope.tracker;

import static io.callscope.tracker.Traffic.EPOCH;
import static io.callscope.tracker.Traffic.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Addresses;
import io.callscope.bus.BusCodecs;
import io.callscope.bus.CallEvent;
import io.callscope.bus.EventBatch;
import io.callscope.bus.EventType;
import io.callscope.bus.SipBatch;
import io.callscope.tracker.Traffic.Dialog;
import io.callscope.tracker.Traffic.Feed;
import io.callscope.tracker.call.CallSettings;
import io.callscope.tracker.leg.LegSettings;
import io.callscope.tracker.rate.RateSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tracker and event stage on a real bus. */
@ExtendWith(VertxExtension.class)
class VerticlesTest {
  private static final int PATIENCE_SECONDS = 20;

  private final Feed feed = new Feed("pcap");
  private final BlockingQueue<CallEvent> published = new LinkedBlockingQueue<>();
  private EventBus bus;
  private Vertx vertx;

  @BeforeEach
  void listen(Vertx vertx) throws Exception {
    this.vertx = vertx;
    bus = vertx.eventBus();
    BusCodecs.register(bus);
    for (EventType type : EventType.values()) {
      await(
          bus.<CallEvent>consumer(Addresses.event(type), message -> published.add(message.body()))
              .completion());
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T item = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(item).as("within " + PATIENCE_SECONDS + " s").isNotNull();
    return item;
  }

  private String deployTracker() throws Exception {
    return deployTracker(0);
  }

  private String deployTracker(long term) throws Exception {
    return await(
        vertx.deployVerticle(
            new TrackerVerticle(
                new TrackerConfig(
                    0,
                    CallSettings::new,
                    1 << 20,
                    LegSettings.DEFAULTS,
                    Tenure.alone(term),
                    null))));
  }

  private String deployStage() throws Exception {
    EventStageConfig config = new EventStageConfig(1, 0, RateSettings.defaults());
    return await(vertx.deployVerticle(new EventStageVerticle(config)));
  }

  private Future<Message<Object>> send(SipBatch batch) {
    return bus.request(Addresses.sip(0), batch);
  }

  private SipBatch answeredCall(int number, double seconds) {
    Dialog call = Dialog.call(number);
    return feed.add(call.request("INVITE", "", 1), nanos(seconds))
        .add(call.reply(200, "INVITE", "b", 1), nanos(seconds + 1))
        .build(nanos(seconds + 5));
  }

  @Test
  void aBatchBecomesPublishedEvents() throws Exception {
    deployStage();
    deployTracker();

    assertThat(await(send(answeredCall(1, 0))).body()).isNull();

    CallEvent event = next(published);
    assertThat(event.type()).isEqualTo(EventType.CALL_START);
    assertThat(event.timeNanos()).isEqualTo(nanos(1));
    assertThat(event.number()).isZero();
    assertThat(event.rate().current()).isEqualTo(1);
  }

  @Test
  void acknowledgementsWaitWhileTheEventStageDoesNotAnswer() throws Exception {
    AtomicBoolean answers = new AtomicBoolean();
    BlockingQueue<Message<EventBatch>> held = new LinkedBlockingQueue<>();
    BlockingQueue<CallEvent> arrived = new LinkedBlockingQueue<>();
    await(
        bus.<EventBatch>consumer(
                Addresses.EVENT_STAGE,
                message -> {
                  arrived.addAll(message.body().events());
                  if (answers.get()) {
                    message.reply(null);
                  } else {
                    held.add(message);
                  }
                })
            .completion());
    deployTracker();
    List<Future<Message<Object>>> sent = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sent.add(send(answeredCall(i, 10 * i)));
    }
    List<Message<EventBatch>> inFlight = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      inFlight.add(next(held));
    }
    await(sent.get(10));
    // The tracker answers in order: once it has answered this, it has seen all batches.
    await(ask(Addresses.query("tracker", 0), new JsonObject().put("query", "tables")));
    assertThat(held).as("no more than its credits").isEmpty();
    assertThat(sent.get(39).isComplete()).isFalse();

    answers.set(true);
    inFlight.forEach(message -> message.reply(null));

    await(sent.get(39));
    for (int i = 0; i < 40; i++) {
      assertThat(next(arrived).timeNanos()).isEqualTo(nanos(10 * i + 1));
    }
  }

  @Test
  void eventsWaitForAnEventStageToCome() throws Exception {
    deployTracker();
    await(send(answeredCall(1, 0)));
    assertThat(published).isEmpty();

    deployStage();

    assertThat(next(published).type()).isEqualTo(EventType.CALL_START);
  }

  @Test
  void controlsAreAcknowledged() throws Exception {
    BlockingQueue<JsonObject> acknowledged = new LinkedBlockingQueue<>();
    await(
        bus.<JsonObject>consumer(
                Addresses.acknowledgements("tracker"), message -> acknowledged.add(message.body()))
            .completion());
    deployStage();
    deployTracker();
    await(send(feed.add(Dialog.call(1).request("INVITE", "", 1), EPOCH).build(EPOCH)));

    bus.publish(
        Addresses.control("tracker"),
        new JsonObject().put("id", "7").put("change", "force_timeout").put("millis", 50));
    assertThat(next(acknowledged))
        .isEqualTo(
            new JsonObject()
                .put("id", "7")
                .put("instance", "tracker.0")
                .put("result", new JsonObject().put("forced", 1).put("walked", 1)));
    await(send(feed.last(nanos(1))));
    assertThat(next(published).timeNanos()).isEqualTo(nanos(0.05));

    bus.publish(
        Addresses.control("tracker"),
        new JsonObject()
            .put("id", "8")
            .put("change", "call_timeouts")
            .put("seconds", new JsonObject().put("init", "x")));
    JsonObject refused = next(acknowledged);
    assertThat(refused.getString("id")).isEqualTo("8");
    assertThat(refused.getString("error")).contains("init");
  }

  @Test
  void theEventStageAcknowledgesItsControlsToo() throws Exception {
    BlockingQueue<JsonObject> acknowledged = new LinkedBlockingQueue<>();
    await(
        bus.<JsonObject>consumer(
                Addresses.acknowledgements("eventstage"),
                message -> acknowledged.add(message.body()))
            .completion());
    deployStage();
    deployTracker();

    bus.publish(
        Addresses.control("eventstage"),
        new JsonObject()
            .put("id", "1")
            .put("change", "event_types")
            .put("drop", new JsonArray().add("call-start")));

    assertThat(next(acknowledged))
        .isEqualTo(
            new JsonObject()
                .put("id", "1")
                .put("instance", "eventstage")
                .put("result", new JsonObject().put("dropped", new JsonArray().add("call-start"))));
    await(send(answeredCall(1, 0)));
    JsonObject tables =
        await(ask(Addresses.query("eventstage"), new JsonObject().put("query", "tables")));
    assertThat(tables.getJsonObject("rates").getInteger("entries")).isZero();
    assertThat(published).isEmpty();
  }

  private Future<JsonObject> ask(String address, JsonObject query) {
    return bus.<JsonObject>request(address, query).map(Message::body);
  }

  @Test
  void queriesAreAnsweredOrRefused() throws Exception {
    deployStage();
    deployTracker();
    await(send(answeredCall(1, 0)));
    next(published);
    String tracker = Addresses.query("tracker", 0);

    JsonObject list = await(ask(tracker, new JsonObject().put("query", "calls")));
    assertThat(list.getInteger("matches")).isEqualTo(1);
    assertThat(list.getJsonArray("calls").getJsonObject(0).getString("state"))
        .isEqualTo("established");
    JsonObject tables = await(ask(tracker, new JsonObject().put("query", "tables")));
    assertThat(tables.getJsonObject("calls").getInteger("entries")).isEqualTo(1);
    JsonObject rates =
        await(ask(Addresses.query("eventstage"), new JsonObject().put("query", "tables")));
    assertThat(rates.getJsonObject("rates").getInteger("entries")).isEqualTo(1);
    for (String address : List.of(tracker, Addresses.query("eventstage"))) {
      assertThat(ask(address, new JsonObject().put("query", "nope")))
          .satisfies(
              answer ->
                  assertThat(answer.toCompletionStage().toCompletableFuture())
                      .failsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS)
                      .withThrowableThat()
                      .withMessageContaining("nope"));
    }
  }

  @Test
  void stoppingSendsTheLastEvents() throws Exception {
    String stage = deployStage();
    String tracker = deployTracker();
    Dialog call = Dialog.call(1);
    await(
        send(
            feed.add(call.request("INVITE", "", 1), EPOCH)
                .add(call.reply(200, "INVITE", "b", 1), nanos(1))
                .build(nanos(1))));
    assertThat(published).as("its time may still get more events").isEmpty();

    await(vertx.undeploy(tracker));
    assertThat(next(published).type()).isEqualTo(EventType.CALL_START);
    await(vertx.undeploy(stage));
  }

  @Test
  void eventsOfATrackerThatIsStartedAnewArePublished() throws Exception {
    deployStage();
    String first = deployTracker();
    for (int call = 0; call < 5; call++) {
      await(send(answeredCall(call, 10 * call)));
      assertThat(next(published).type()).isEqualTo(EventType.CALL_START);
    }

    await(vertx.undeploy(first));
    deployTracker(1);

    await(send(answeredCall(7, 70)));
    assertThat(next(published).timeNanos()).isEqualTo(nanos(71));
  }
}
