package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Addresses;
import io.callscope.bus.CounterJson;
import io.callscope.bus.ProcessName;
import io.callscope.counters.CounterGroup;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CounterSnapshotsTest {
  private static final int TIMES = 500;

  @Test
  void theLastFiguresOfAServiceThatHasStoppedAreThere() throws Exception {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    try {
      CounterSnapshots snapshots = new CounterSnapshots(ProcessName.ALONE);
      snapshots.listen(vertx);
      FakeService service =
          new FakeService("capture", "pkt_stats.parse_ok", this::done, this::done);
      for (int i = 1; i <= TIMES; i++) {
        String id = vertx.deployVerticle(service).await();
        service.count(1);
        vertx.undeploy(id).await(10, TimeUnit.SECONDS);
        assertThat(snapshots.fresh(vertx, 0, 10_000).value("pkt_stats.parse_ok")).isEqualTo(i);
      }
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void ofWhoseCountersWereTakenNothingIsKept() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      CounterSnapshots snapshots = new CounterSnapshots(ProcessName.ALONE);
      snapshots.listen(vertx);
      CounterGroup.Builder builder = new CounterGroup.Builder("pkt_stats");
      int packets = builder.add("total_packets", "packets");
      CounterGroup group = builder.build();
      group.add(packets, 3);
      for (int upload = 0; upload < 100; upload++) {
        String instance = "inject.capture." + upload;
        vertx.eventBus().publish(Addresses.COUNTERS, snapshot(instance, List.of(group)));
        vertx.eventBus().publish(Addresses.COUNTERS, snapshot(instance, List.of()));
      }
      vertx.eventBus().publish(Addresses.COUNTERS, snapshot("inject", List.of(group)));
      assertThat(snapshots.told(10_000).value("pkt_stats.total_packets")).isEqualTo(3);
      assertThat(snapshots.instances()).isEqualTo(1);
    } finally {
      vertx.close().await();
    }
  }

  private static JsonObject snapshot(String instance, List<CounterGroup> groups) {
    return CounterJson.of("capture", instance, System.currentTimeMillis(), groups);
  }

  private Future<?> done(FakeService service) {
    Promise<Void> done = Promise.promise();
    service.vertx().runOnContext(ignored -> done.complete());
    return done.future();
  }
}
