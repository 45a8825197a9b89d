package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.ProcessName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
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

  private Future<?> done(FakeService service) {
    Promise<Void> done = Promise.promise();
    service.vertx().runOnContext(ignored -> done.complete());
    return done.future();
  }
}
