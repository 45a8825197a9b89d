package io.callscope.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callscope.bus.Addresses;
import io.callscope.bus.ProcessName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ApplicationTest {
  private static final EndOptions AT_ONCE = new EndOptions(0, 0, false, List.of("all"));

  private static final long HASTY_MILLIS = 2000;

  /** For a loaded machine. */
  private static final long SLACK_MILLIS = 3000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** A network that must be left within two seconds. */
  @FunctionalInterface
  private interface HastyNetwork extends Network {
    @Override
    default long stopMillis() {
      return HASTY_MILLIS;
    }

    @Override
    default void close() {
      // nothing is there
    }
  }

  private Application application(EndOptions end, Service... services) {
    return new Application(
        end,
        new Plan(List.of(services), Set.of("pcap")),
        status -> {},
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  @Test
  void aStopEndsTheWaitForANetworkThatNobodyIsOn() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    HastyNetwork network =
        options -> {
          waiting.countDown();
          new CountDownLatch(1).await();
          throw new IllegalStateException("nobody counts down");
        };
    Application application =
        hasty(network, AT_ONCE, capture(ApplicationTest::readAll, ApplicationTest::nothing));
    CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(application::run);
    waiting.await();
    application.stop();
    assertThat(ended.get(HASTY_MILLIS + SLACK_MILLIS, TimeUnit.MILLISECONDS)).isZero();
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  /** One whose orderly stop may take two seconds. */
  private Application hasty(EndOptions end, Service... services) {
    return hasty(Vertx::vertx, end, services);
  }

  private Application hasty(HastyNetwork network, EndOptions end, Service... services) {
    return new Application(
        end,
        new Plan(
            List.of(services),
            Set.of("pcap"),
            new Faults(code -> {}),
            ProcessName.ALONE,
            network,
            1),
        status -> {},
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  private static Service tracker(Function<FakeService, Future<?>> start) {
    return new Service(
        "tracker",
        () -> new FakeService("tracker.0", "calls.active", start, ApplicationTest::nothing),
        1,
        false);
  }

  private static Service capture(
      Function<FakeService, Future<?>> start, Function<FakeService, Future<?>> stop) {
    return new Service(
        "capture", () -> new FakeService("capture", "pkt_stats.parse_ok", start, stop), 1, true);
  }

  private static Future<?> nothing(FakeService service) {
    return Future.succeededFuture();
  }

  private static Future<?> readAll(FakeService service) {
    service.source("pcap", "running", "", 0);
    service.count(40);
    service.source("pcap", "ended", "", 50);
    return Future.succeededFuture();
  }

  @Test
  void reportsWhenAllFilesAreReadAndEndsWell() {
    int code =
        application(
                AT_ONCE,
                tracker(
                    service -> {
                      service.count(3);
                      return Future.succeededFuture();
                    }),
                capture(ApplicationTest::readAll, ApplicationTest::nothing))
            .run();
    assertThat(code).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("active call entries: 3, forced timeout 0s, wait 0s\nrun time: 500ms\n")
        .contains(
            "packets/s: 100.000\nSIP messages/s: 80.000\n",
            "\nhealth: ",
            "pkt_stats.parse_ok            :     40")
        .endsWith("active call entries: 3\n");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void aFailedInputIsARunErrorAndDoesNotWait() {
    int code =
        application(
                new EndOptions(0, 3_600_000, false, List.of()),
                capture(
                    service -> {
                      service.source("pcap", "failed", "b.pcap: cut off", 1);
                      return Future.succeededFuture();
                    },
                    ApplicationTest::nothing))
            .run();
    assertThat(code).isEqualTo(255);
    assertThat(err.toString(UTF_8)).isEqualTo("callscope: pcap: b.pcap: cut off\n");
    assertThat(out.toString(UTF_8)).contains("run time: 500ms");
  }

  @Test
  void aPortInUseIsOneLineAndNothingIsRead() throws Exception {
    AtomicInteger started = new AtomicInteger();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Service web =
          new Service(
              "web",
              () ->
                  new FakeService(
                      "web",
                      "web.requests",
                      service ->
                          service
                              .vertx()
                              .createHttpServer()
                              .requestHandler(request -> request.response().end())
                              .listen(taken.getLocalPort(), "127.0.0.1"),
                      ApplicationTest::nothing),
              1,
              false);
      Service capture =
          capture(
              service -> {
                started.incrementAndGet();
                return Future.succeededFuture();
              },
              ApplicationTest::nothing);
      assertThat(application(AT_ONCE, web, capture).run()).isEqualTo(255);
    }
    assertThat(started).hasValue(0);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8))
        .startsWith("callscope: web cannot start: ")
        .contains("in use")
        .containsOnlyOnce("\n");
  }

  @Test
  void withNothingToRunItSaysSo() {
    assertThat(application(AT_ONCE).run()).isEqualTo(255);
    assertThat(err.toString(UTF_8)).isEqualTo("callscope: there is no service to run\n");
  }

  @Test
  void forcedTimeoutsComeBeforeTheReport() {
    Service tracker =
        tracker(
            service -> {
              service.count(5);
              String control = Addresses.control("tracker");
              return service
                  .vertx()
                  .eventBus()
                  .<JsonObject>consumer(
                      control,
                      message -> {
                        service.count(-5);
                        service
                            .vertx()
                            .eventBus()
                            .publish(
                                Addresses.acknowledgements("tracker"),
                                new JsonObject()
                                    .put("id", message.body().getString("id"))
                                    .put("instance", "tracker.0")
                                    .put("result", new JsonObject().put("forced", 5)));
                      })
                  .completion();
            });
    int code =
        application(
                new EndOptions(20, 0, false, List.of("calls")),
                tracker,
                capture(ApplicationTest::readAll, ApplicationTest::nothing))
            .run();
    assertThat(code).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith(
            """
            active call entries: 5, forced timeout 20ms, wait 0s
            timers shortened: 5, waiting 270ms
            """)
        .doesNotContain("calls.active")
        .endsWith("active call entries: 0\n");
  }

  @Test
  void aStopLetsTheInputDrainAndIsANormalEnd() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    Service capture =
        capture(
            service -> {
              service.source("pcap", "running", "", 10);
              reading.countDown();
              return Future.succeededFuture();
            },
            service -> {
              service.count(7);
              service.source("pcap", "ended", "", 20);
              return Future.succeededFuture();
            });
    Application application = application(AT_ONCE, capture);
    CompletableFuture<Integer> code = CompletableFuture.supplyAsync(application::run);
    assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();
    application.stop();
    assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
    assertThat(out.toString(UTF_8))
        .contains("packets/s: 40.000", "pkt_stats.parse_ok            :      7");
  }

  /** What the stop of a service may do that will not end. */
  private static Future<?> never(FakeService service) {
    return Promise.promise().future();
  }

  @Test
  void servicesThatDoNotStopHoldNothing() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    Service tracker =
        new Service(
            "tracker",
            () ->
                new FakeService(
                    "tracker.0", "calls.active", ApplicationTest::nothing, ApplicationTest::never),
            1,
            false);
    Service capture =
        capture(
            service -> {
              service.source("pcap", "running", "", 10);
              reading.countDown();
              return Future.succeededFuture();
            },
            ApplicationTest::never);
    Application application = hasty(new EndOptions(60_000, 0, false, List.of()), tracker, capture);
    CompletableFuture<Integer> code = CompletableFuture.supplyAsync(application::run);
    assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();
    long start = System.nanoTime();
    application.stop();
    assertThat(code.get(20, TimeUnit.SECONDS)).as("left behind").isEqualTo(1);
    assertThat(System.nanoTime() - start)
        .isLessThan(TimeUnit.MILLISECONDS.toNanos(HASTY_MILLIS + SLACK_MILLIS));
    assertThat(out.toString(UTF_8)).as("the report is out").contains("run time: 500ms");
  }

  @Test
  void aStopDuringTheStartDoesNotWaitForTheRestOfIt() throws Exception {
    CountDownLatch starting = new CountDownLatch(1);
    AtomicInteger reading = new AtomicInteger();
    Service slow =
        tracker(
            service -> {
              starting.countDown();
              return never(service);
            });
    Service capture =
        capture(
            service -> {
              reading.incrementAndGet();
              return Future.succeededFuture();
            },
            ApplicationTest::nothing);
    Application application = hasty(AT_ONCE, slow, capture);
    CompletableFuture<Integer> code = CompletableFuture.supplyAsync(application::run);
    assertThat(starting.await(20, TimeUnit.SECONDS)).isTrue();
    application.stop();
    assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
    assertThat(reading).hasValue(0);
    assertThat(out.toString(UTF_8)).contains("active call entries: 0");
  }

  @Test
  void sendersStopBeforeThoseTheySendTo() {
    List<String> stopped = new CopyOnWriteArrayList<>();
    Service tracker =
        new Service(
            "tracker",
            () ->
                new FakeService(
                    "tracker.0",
                    "calls.active",
                    ApplicationTest::nothing,
                    service -> {
                      stopped.add("tracker");
                      return Future.succeededFuture();
                    }),
            1,
            false);
    Service capture =
        capture(
            ApplicationTest::readAll,
            service -> {
              stopped.add("capture");
              return Future.succeededFuture();
            });
    assertThat(application(AT_ONCE, tracker, capture).run()).isZero();
    assertThat(stopped).containsExactly("capture", "tracker");
  }

  private Application forever(CountDownLatch reported, Service... services) {
    PrintStream watched =
        new PrintStream(out, true, UTF_8) {
          @Override
          public void flush() {
            super.flush();
            if (ApplicationTest.this.out.toString(UTF_8).contains("run time")) {
              reported.countDown();
            }
          }
        };
    return new Application(
        new EndOptions(0, 3_600_000, true, List.of()),
        new Plan(List.of(services), Set.of("pcap")),
        status -> {},
        watched,
        new PrintStream(err, true, UTF_8));
  }

  @Test
  void runForeverReportsAndStaysUntilItIsStopped() throws Exception {
    CountDownLatch reported = new CountDownLatch(1);
    Application application =
        forever(reported, capture(ApplicationTest::readAll, ApplicationTest::nothing));
    CompletableFuture<Integer> code = CompletableFuture.supplyAsync(application::run);
    assertThat(reported.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(code).isNotDone();
    application.stop();
    assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
  }

  private static Service of(String name, String counter, long value) {
    return new Service(
        name,
        () ->
            new FakeService(
                name,
                counter,
                service -> {
                  service.count(value);
                  return Future.succeededFuture();
                },
                ApplicationTest::nothing),
        1,
        false);
  }

  @Test
  void hintsNameTheirPageWhereItCanBeLookedAtAfterTheReport() throws Exception {
    CountDownLatch reported = new CountDownLatch(1);
    Service limits = of("eventstage", "ev_rate.blst_silent", 6);
    Service reading = capture(ApplicationTest::readAll, ApplicationTest::nothing);
    Application application = forever(reported, of("web", "web.requests", 0), limits, reading);
    CompletableFuture<Integer> code = CompletableFuture.supplyAsync(application::run);
    assertThat(reported.await(20, TimeUnit.SECONDS)).isTrue();
    application.stop();
    assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
    assertThat(out.toString(UTF_8))
        .contains("\nhint: Rate limits held 6 events back: see /evrateblst/list?");
  }

  @Test
  void hintsNameNoPageThatIsGone() {
    Service limits = of("eventstage", "ev_rate.blst_silent", 6);
    Service reading = capture(ApplicationTest::readAll, ApplicationTest::nothing);
    assertThat(application(AT_ONCE, of("web", "web.requests", 0), limits, reading).run()).isZero();
    assertThat(out.toString(UTF_8)).contains("\nhint: Rate limits held 6 events back\n");
  }

  private static Service failing(String source) {
    return capture(
        service -> {
          service.source(source, "failed", "no such thing", 0);
          return Future.succeededFuture();
        },
        ApplicationTest::nothing);
  }

  @Test
  void runForeverStaysAlsoWhereAFileCannotBeRead() throws Exception {
    CountDownLatch reported = new CountDownLatch(1);
    Application application = forever(reported, failing("pcap"));
    CompletableFuture<Integer> code = CompletableFuture.supplyAsync(application::run);
    assertThat(reported.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(err.toString(UTF_8)).isEqualTo("callscope: pcap: no such thing\n");
    assertThat(code).isNotDone();
    application.stop();
    assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(255);
  }

  @Test
  void anInterfaceThatFailsEndsAlsoARunForever() {
    assertThat(forever(new CountDownLatch(1), failing("iface:eth9")).run()).isEqualTo(255);
  }

  @Test
  void anInterfaceThatFailsEndsARunWithoutFiles() {
    Application application =
        new Application(
            AT_ONCE,
            new Plan(List.of(failing("iface:eth9")), Set.of()),
            status -> {},
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8));
    assertThat(application.run()).isEqualTo(255);
    assertThat(err.toString(UTF_8)).isEqualTo("callscope: iface:eth9: no such thing\n");
  }
}
