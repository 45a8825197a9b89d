package io.callscope.web;

import io.callscope.bus.BusCodecs;
import io.callscope.bus.EventType;
import io.callscope.config.EffectiveSetting;
import io.vertx.core.Vertx;
import java.util.List;

/** The server with fixed data, for a look at the pages: port as the only argument. */
final class Demo {
  private Demo() {}

  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    BusCodecs.register(vertx.eventBus());
    FakeServices services = new FakeServices(vertx);
    services.partition(0, FakeServices.call("0-1", "3848276298220188511@atlanta.example.com", 1));
    services.partition(
        1,
        FakeServices.call("1-1", FakeServices.HOSTILE, 2).put("state", "early dialog"),
        FakeServices.call("1-2", "x".repeat(60_000), 3).put("state", "canceled"));
    List<EffectiveSetting> settings =
        List.of(new EffectiveSetting("http_port", args[0], "command line"));
    WebConfig config =
        new WebConfig(
            "127.0.0.1",
            Integer.parseInt(args[0]),
            100,
            2,
            settings,
            "demo",
            "callscope",
            System.nanoTime());
    vertx.deployVerticle(new WebVerticle(config)).await();
    services.publishCounters();
    services.publishSource("running");
    EventType[] types = {
      EventType.CALL_START, EventType.CALL_END, EventType.AUTH_FAILED, EventType.REG_NEW
    };
    for (int i = 0; i < 12; i++) {
      services.publish(
          FakeServices.event(
              i, types[i % 4], i % 3 == 0 ? 200 : 404, "3848276298220188511@atlanta.example.com"));
    }
  }
}
