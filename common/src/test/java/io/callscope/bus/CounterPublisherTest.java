package io.callscope.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import io.callscope.counters.CounterTable;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CounterPublisherTest {
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
  private CounterGroup group;

  @BeforeEach
  void listen() {
    count();
    vertx
        .eventBus()
        .<JsonObject>consumer(Addresses.COUNTERS, message -> heard.add(message.body()))
        .completion()
        .await();
  }

  private void count() {
    CounterGroup.Builder builder = new CounterGroup.Builder("calls");
    int active = builder.add("active", CounterKind.GAUGE_MAX, "entries in the table");
    int failed = builder.add("fail_new", "entries that could not be made");
    int load = builder.add("load", CounterKind.GAUGE_MIN_MAX, "load");
    group = builder.build();
    group.set(active, 40);
    group.set(active, 12);
    group.increment(failed);
    group.set(load, 5);
    group.set(load, 3);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private JsonObject next() throws InterruptedException {
    return heard.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void writesTheDocumentedJson() {
    assertThat(CounterJson.of("tracker", "tracker.0", 1_700_000_012_000L, List.of(group)).encode())
        .isEqualTo(
            "{\"service\":\"tracker\",\"instance\":\"tracker.0\",\"timeMillis\":1700000012000,"
                + "\"groups\":[{\"name\":\"calls\",\"counters\":["
                + "{\"name\":\"active\",\"kind\":\"GAUGE_MAX\","
                + "\"description\":\"entries in the table\",\"value\":12,\"max\":40},"
                + "{\"name\":\"fail_new\",\"kind\":\"COUNTER\","
                + "\"description\":\"entries that could not be made\",\"value\":1},"
                + "{\"name\":\"load\",\"kind\":\"GAUGE_MIN_MAX\",\"description\":\"load\","
                + "\"value\":3,\"min\":3,\"max\":5}]}]}");
  }

  @Test
  void countersOfAServiceThatIsStartedAnewGoOn() throws InterruptedException {
    CounterPublisher first = publisher("tracker.0");
    first.start().await();
    first.stop().await();
    count();
    group.set(0, 7);
    // This one breaks: nobody stops it.
    publisher("tracker.0").start().await();
    vertx.eventBus().publish(Addresses.COUNTERS_NOW, new JsonObject());
    CounterTable table = new CounterTable();
    while (table.value("calls.active") != 7) {
      table = new CounterTable();
      CounterJson.addTo(table, next());
    }
    assertThat(table.value("calls.fail_new")).isEqualTo(2);
    assertThat(table.find("calls.active").max()).as("they were not there together").isEqualTo(40);
    assertThat(table.find("calls.load").min()).isEqualTo(3);
    group.increment(1);
    count();
    publisher("tracker.0").start().await();
    while (table.value("calls.fail_new") != 4) {
      table = new CounterTable();
      CounterJson.addTo(table, next());
    }
    assertThat(table.value("calls.active")).as("of the last start alone").isEqualTo(12);
  }

  @Test
  void ofAnInstanceWithoutCountersNothingIsKept() {
    CounterPublisher publisher =
        new CounterPublisher(vertx, "capture", "inject.capture.1", List::of);
    publisher.start().await();
    publisher.stop().await();
    assertThat(CountsOfStarts.of(vertx)).isEmpty();
  }

  @Test
  void countersOfTheProcessAreNotAddedUp() throws InterruptedException {
    CounterPublisher first =
        CounterPublisher.startingAnew(vertx, "process", "process.1", () -> List.of(group));
    first.start().await();
    first.stop().await();
    heard.clear();
    CounterPublisher.startingAnew(vertx, "process", "process.1", () -> List.of(group))
        .start()
        .await();
    CounterTable table = new CounterTable();
    CounterJson.addTo(table, next());
    assertThat(table.value("calls.fail_new")).isEqualTo(1);
  }

  private CounterPublisher publisher(String instance) {
    List<CounterGroup> groups = List.of(group);
    return new CounterPublisher(vertx, "tracker", instance, () -> groups);
  }

  @Test
  void publishesWhenAskedAndEachSecondAndAtTheEnd() throws InterruptedException {
    CounterPublisher publisher =
        new CounterPublisher(vertx, "tracker", "tracker.0", () -> List.of(group));
    publisher.start().await();
    assertThat(next()).as("by the second").isNotNull();
    vertx.eventBus().publish(Addresses.COUNTERS_NOW, new JsonObject());
    assertThat(next().getString("instance")).isEqualTo("tracker.0");
    group.increment(1);
    heard.clear();
    publisher.stop().await();
    JsonObject last = next();
    for (JsonObject more = heard.poll(); more != null; more = heard.poll()) {
      last = more;
    }
    assertThat(
            last.getJsonArray("groups")
                .getJsonObject(0)
                .getJsonArray("counters")
                .getJsonObject(1)
                .getLong("value"))
        .isEqualTo(2);
  }
}
