package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Addresses;
import io.callscope.bus.BusCodecs;
import io.callscope.bus.CallEvent;
import io.callscope.bus.EventType;
import io.callscope.bus.ProcessName;
import io.callscope.bus.ProcessState;
import io.callscope.config.Settings;
import io.callscope.counters.CounterTable;
import io.callscope.testdata.sbc.CallScript;
import io.callscope.testdata.sbc.Sbc;
import io.callscope.web.health.Health;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All services in one JVM, of which one throws until it is started anew: what comes afterwards is
 * handled as ever, and the figures of before and after add up.
 */
class RestartedServicesTest {
  private static final int CALLS = 20;
  private static final int LEGS = 2 * CALLS;
  private static final int ENOUGH_FAULTS = 10;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final CallScript CALL = new CallScript("sbc", CallScript.Kind.UDP4, null, false);

  @TempDir Path files;

  private final Vertx vertx = Vertx.vertx();
  private final CounterSnapshots counters = new CounterSnapshots(ProcessName.ALONE);
  private final AtomicInteger ended = new AtomicInteger();
  private final List<Deployment> deployed = new ArrayList<>();
  private int port;

  @BeforeEach
  void start() throws Exception {
    port = Program.freePort();
    Settings settings =
        Settings.load(
            List.of(
                "-ipfix_port",
                String.valueOf(port),
                "-partitions",
                "1",
                "-pcap_dump_dir",
                files.toString(),
                "-pcap_dump_on",
                "-pcap_dump_workers",
                "1"),
            Map.of());
    BusCodecs.register(vertx.eventBus());
    ProcessState.STARTING.enter(vertx);
    counters.listen(vertx);
    vertx
        .eventBus()
        .<CallEvent>consumer(Addresses.event(EventType.CALL_END), event -> ended.incrementAndGet())
        .completion()
        .await();
    Plan plan = Services.plan(settings, List.of());
    for (Service service : plan.services()) {
      Deployment deployment = new Deployment(vertx, service, plan.faults());
      deployed.add(deployment);
      deployment.start().await();
    }
    ProcessState.READY.enter(vertx);
  }

  @AfterEach
  void stop() {
    for (int i = deployed.size() - 1; i >= 0; i--) {
      deployed.get(i).stop().await();
    }
    vertx.close().await();
  }

  @ParameterizedTest
  @ValueSource(strings = {"callscope.sip.0", "callscope.eventstage", "callscope.dump.0"})
  void whatComesAfterwardsIsHandledAndAllFiguresAddUp(String address) throws Exception {
    call(0);
    CounterTable before = await(figures -> isQuiet(figures, LEGS));

    for (int i = 0; i < ENOUGH_FAULTS; i++) {
      vertx.eventBus().send(address, "what no service expects there");
    }
    await(
        figures ->
            figures.value("faults.restarts") == 1
                && deployed.stream().allMatch(Deployment::isRunning));

    call(CALLS);
    CounterTable after = await(figures -> isQuiet(figures, 2 * LEGS));
    assertThat(after.value("partition.messages")).isEqualTo(2 * before.value("partition.messages"));
    assertThat(after.value("pcap_dump.written_msgs"))
        .isEqualTo(2 * before.value("pcap_dump.written_msgs"));
    assertThat(after.value("faults.restarts")).isEqualTo(1);
    assertThat(ended).as("events, each once").hasValue(2 * LEGS);
  }

  private void call(int first) throws Exception {
    try (Sbc sbc = new Sbc("sbc", new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      sbc.connect(30, false);
      for (int number = first; number < first + CALLS; number++) {
        sbc.call(CALL, number, System.currentTimeMillis() * 1_000_000);
      }
    }
  }

  /** All calls have ended, with their events and files, and nothing is on its way or missing. */
  private boolean isQuiet(CounterTable figures, int calls) {
    Health health = Health.atEnd(figures);
    return ended.get() >= calls
        && figures.value("pcap_dump.written_msgs") == figures.value("pcap_dump.offered_msgs")
        && figures.value("pcap_dump.offered_msgs") > 0
        && health.state() == Health.State.GOOD;
  }

  private CounterTable await(Predicate<CounterTable> reached) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      CounterTable figures = counters.fresh(vertx, counters.instances(), 1000);
      if (reached.test(figures)) {
        return figures;
      }
      assertThat(System.nanoTime())
          .as("in time; %s, %d ends, %s", Health.atEnd(figures), ended.get(), figures)
          .isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50); // between polls
    }
  }
}
