package io.callscope.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Addresses;
import io.callscope.bus.BusCodecs;
import io.callscope.bus.DumpPlan;
import io.callscope.bus.SipBatch;
import io.callscope.config.QualityReports;
import io.callscope.ipfix.IpfixConfig;
import io.callscope.ipfix.IpfixRegistry;
import io.callscope.ipfix.IpfixVerticle;
import io.callscope.testdata.sbc.CallScript;
import io.callscope.testdata.sbc.Sbc;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The thread of the collector dies while SBCs are connected; it is started anew and serves them.
 */
class CollectorDeathTest {
  private static final String THREAD = "callscope-ipfix.0";
  private static final int PATIENCE_SECONDS = 30;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger exitCode = new AtomicInteger(-1);
  private final Faults faults = new Faults(exitCode::set);
  private final BlockingQueue<Integer> batches = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private IpfixVerticle collector(int port) {
    return new IpfixVerticle(
        new IpfixConfig(
            "ipfix.0",
            "ipfix.0",
            "127.0.0.1",
            port,
            0,
            0,
            false,
            false,
            QualityReports.OFF,
            List.of(),
            IpfixConfig.DEFAULT_CONNECTIONS,
            1,
            IpfixConfig.DEFAULT_CREDITS,
            IpfixConfig.DEFAULT_HANDOVER_BYTES,
            new IpfixRegistry(),
            DumpPlan.NONE));
  }

  private void awaitRecords(int count) throws InterruptedException {
    int records = 0;
    while (records < count) {
      Integer batch = batches.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(batch).as("%d of %d records", records, count).isNotNull();
      records += batch;
    }
  }

  /** Connects and is answered, once the next collector listens. */
  private static Sbc connectAgain(InetSocketAddress address) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      try {
        Sbc sbc = new Sbc("sbc", address);
        sbc.connect(30, false);
        return sbc;
      } catch (IOException e) {
        assertThat(System.nanoTime()).as("in time: " + e).isLessThan(deadline);
        TimeUnit.MILLISECONDS.sleep(20); // a poll, not a wait for something to happen by then
      }
    }
  }

  @Test
  void theNextOneServesTheSbcsThatConnectAgain() throws Exception {
    BusCodecs.register(vertx.eventBus());
    vertx
        .eventBus()
        .<SipBatch>consumer(
            Addresses.sip(0),
            message -> {
              batches.add(message.body().size());
              message.reply(null);
            })
        .completion()
        .await();
    int port = Program.freePort();
    Service service = new Service("ipfix", () -> collector(port), 1, true);
    Deployment deployment = new Deployment(vertx, service, faults);
    deployment.start().await();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    CallScript script = new CallScript("sbc", CallScript.Kind.UDP4, null, false);
    long now = System.currentTimeMillis() * 1_000_000;
    try (Sbc sbc = new Sbc("sbc", address)) {
      sbc.connect(30, false);
      sbc.call(script, 1, now);
      awaitRecords(script.messages());

      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().equals(THREAD))
          .forEach(Thread::interrupt);
      assertThat(sbc.isClosedByCollector()).as("the SBC knows").isTrue();
    }
    try (Sbc again = connectAgain(address)) {
      again.call(script, 2, now);
      awaitRecords(script.messages());
    }
    assertThat(FaultCounts.of(faults, "ipfix")).isEqualTo(1);
    deployment.stop().await(10, TimeUnit.SECONDS);
    assertThat(FaultCounts.of(faults, "ipfix")).as("a stop is no fault").isEqualTo(1);
  }
}
