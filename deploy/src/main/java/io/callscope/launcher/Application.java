package io.callscope.launcher;

import io.callscope.bus.BusCodecs;
import io.callscope.bus.ProcessName;
import io.callscope.bus.ProcessState;
import io.callscope.bus.SourceStatus;
import io.callscope.config.DurationText;
import io.callscope.counters.CounterTable;
import io.callscope.web.health.Stage;
import io.callscope.web.health.Stages;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of the program: starts the services, waits for the end of the input, lets the last
 * events happen, reports and stops. {@link #run} works on the main thread; {@link #stop} may come
 * from any.
 */
final class Application {
  private static final Logger LOG = LoggerFactory.getLogger(Application.class);
  private static final long CLOSE_MILLIS = 10_000;
  private static final long ANSWER_MILLIS = 2000;

  // By when each step of a stop is over, in percent of what all of it may take.
  private static final int INPUT = 55;
  private static final int STATUS = 60;
  private static final int FORCED = 70;
  private static final int REPORT = 80;
  private static final int SERVICES = 95;
  private static final int ALL = 98;

  /** What the last status of a stopped source may take on the bus. */
  private static final long STATUS_MILLIS = 1000;

  /** What a forced timeout may take beyond its time, two ticks of the timers included. */
  private static final long FORCE_SLACK_MILLIS = 250;

  private final EndOptions end;
  private final Plan plan;
  private final PrintStream out;
  private final PrintStream err;
  private final CompletableFuture<Void> stop = new CompletableFuture<>();
  private final StopTime stopTime;
  private final CounterSnapshots counters;

  /** Null in one JVM. */
  private final ActiveEntries entries;

  private final Inputs inputs;
  private final Deployments services;
  private final Opening opening = new Opening();

  /**
   * @param progress told the status of each source as it comes
   */
  Application(
      EndOptions end,
      Plan plan,
      Consumer<SourceStatus> progress,
      PrintStream out,
      PrintStream err) {
    this.end = end;
    this.plan = plan;
    this.out = out;
    this.err = err;
    stopTime = new StopTime(plan.network().stopMillis(), System::nanoTime);
    counters = new CounterSnapshots(plan.process());
    entries =
        plan.process().equals(ProcessName.ALONE) ? null : new ActiveEntries(plan.partitions());
    inputs = new Inputs(plan.process(), plan.endingInputs(), progress);
    services = new Deployments(plan.faults());
  }

  /** Asks for an orderly end; does not wait. */
  void stop() {
    stopTime.begin();
    stop.complete(null);
    opening.stop();
  }

  /** Runs to the end and returns the exit code. */
  int run() {
    if (plan.services().isEmpty()) {
      err.println("callscope: there is no service to run");
      return ExitCode.RUN_ERROR;
    }
    try {
      Vertx vertx = open();
      int code;
      try {
        code = run(vertx);
        stopAll();
        code = judged(code);
      } finally {
        close(vertx);
        closeNetwork();
      }
      return services.leftBehind() && code == ExitCode.OK ? ExitCode.KILLED : code;
    } catch (StartException e) {
      LOG.debug("not started", e);
      if (stop.isDone()) {
        return ExitCode.OK;
      }
      err.println("callscope: " + oneLine(e.getMessage()));
      return ExitCode.RUN_ERROR;
    } catch (RuntimeException e) { // without an end the program would hang, and do nothing
      plan.faults().elsewhere("main", e);
      err.println("callscope: " + oneLine(e.toString()));
      return ExitCode.RUN_ERROR;
    } catch (InterruptedException e) {
      if (stop.isDone()) {
        return ExitCode.OK; // by us: nothing had begun
      }
      Thread.currentThread().interrupt();
      return ExitCode.RUN_ERROR;
    }
  }

  private Vertx open() throws StartException, InterruptedException {
    // Nothing is served from the class path by files: no copies of it in the temporary directory.
    FileSystemOptions files =
        new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
    return opening.open(
        plan.network(),
        new VertxOptions().setEventLoopPoolSize(eventLoops()).setFileSystemOptions(files));
  }

  /**
   * A processor is left to the source, if there is one in this process; more loops than that would
   * only wake each other up.
   */
  private int eventLoops() {
    boolean hasSource = plan.services().stream().anyMatch(Service::readsInput);
    return Math.max(1, Runtime.getRuntime().availableProcessors() - (hasSource ? 1 : 0));
  }

  private int run(Vertx vertx) throws InterruptedException {
    vertx.exceptionHandler(
        fault -> plan.faults().elsewhere(Thread.currentThread().getName(), fault));
    BusCodecs.register(vertx.eventBus());
    ProcessState.STARTING.enter(vertx);
    inputs.listen(vertx);
    counters.listen(vertx);
    for (Service service : plan.services()) {
      if (!stop.isDone() && !deploy(vertx, service)) {
        return ExitCode.RUN_ERROR;
      }
    }
    ProcessState.READY.enter(vertx);
    var unused = stop.thenRun(() -> stopping(vertx));
    CompletableFuture.anyOf(inputs.ended(), stop).join();
    if (stop.isDone()) {
      stopInput();
    }
    List<SourceStatus> failed = inputs.whole().stream().filter(SourceStatus::hasFailed).toList();
    failed.forEach(input -> err.println("callscope: " + input.source() + ": " + input.error()));
    finish(vertx, failed);
    return failed.isEmpty() ? ExitCode.OK : ExitCode.RUN_ERROR;
  }

  /**
   * The files of calls are what a batch is run for: one that ends by itself without all of them has
   * failed. Who stops it is told the same.
   */
  private int judged(int code) throws InterruptedException {
    CounterTable last = counters.told(stopTime.millis(ANSWER_MILLIS, SERVICES));
    List<Stage> torn = Stages.withMissingInFiles(last);
    for (Stage stage : torn) {
      err.println(
          "callscope: "
              + stage.lostTotal()
              + " messages are missing in the files of calls: "
              + stage.losses());
    }
    return torn.isEmpty() || stop.isDone() ? code : ExitCode.RUN_ERROR;
  }

  private void stopping(Vertx vertx) {
    ProcessState.STOPPING.enter(vertx);
    ProcessState.endBy(vertx, stopTime.by(SERVICES));
  }

  /** Starts it, and waits for that unless the program is to stop. */
  private boolean deploy(Vertx vertx, Service service) throws InterruptedException {
    try {
      services.start(vertx, service, stop);
      return true;
    } catch (ExecutionException e) { // whatever a service fails with ends the start
      Throwable cause = e.getCause();
      LOG.debug("{} failed to start", service.name(), cause);
      String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
      err.println("callscope: " + service.name() + " cannot start: " + oneLine(reason));
      return false;
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }

  private void stopInput() {
    services.stopInput(stopTime.millis(CLOSE_MILLIS, INPUT));
    if (!plan.endingInputs().isEmpty()) {
      inputs.awaitEnd(stopTime.millis(STATUS_MILLIS, STATUS));
    }
  }

  private void finish(Vertx vertx, List<SourceStatus> failed) throws InterruptedException {
    boolean mayWait = !stop.isDone() && (failed.isEmpty() || staysDespite(failed));
    out.println(
        activeText(vertx)
            + ", forced timeout "
            + duration(end.forceTimeoutMillis())
            + ", wait "
            + duration(end.waitMillis()));
    long waitMillis = mayWait && !end.runForever() ? end.waitMillis() : 0;
    if (end.forceTimeoutMillis() > 0) {
      long forced = force(vertx);
      if (waitMillis == 0) {
        waitMillis = end.forceTimeoutMillis() + FORCE_SLACK_MILLIS;
      }
      out.println("timers shortened: " + forced + ", waiting " + duration(waitMillis));
    }
    pause(waitMillis);
    boolean stays = mayWait && end.runForever();
    report(vertx, stays && plan.instances("web") > 0);
    if (stays) {
      out.flush();
      stop.join();
      if (plan.instances("ipfix") > 0) {
        // SBCs went on after the files; without this nobody would learn what came of it.
        stopInput();
        report(vertx, false);
      }
    }
    out.println(activeText(vertx));
  }

  /** A file that cannot be read must not end pages and SBC feed; an interface that is gone must. */
  private boolean staysDespite(List<SourceStatus> failed) {
    return end.runForever()
        && failed.stream().allMatch(input -> plan.endingInputs().contains(input.source()));
  }

  /**
   * @param pages that they can be looked at after it
   */
  private void report(Vertx vertx, boolean pages) throws InterruptedException {
    CounterTable counters = fresh(vertx);
    out.print(EndReport.text(inputs.whole(), counters, end.statsGroups()));
    if (plan.process().equals(ProcessName.ALONE)) { // what others have handled is not known here
      out.print(EndReport.health(counters, pages));
    }
  }

  private long force(Vertx vertx) throws InterruptedException {
    return ForcedTimeout.force(
        vertx, end.forceTimeoutMillis(), plan.partitions(), stopTime.millis(ANSWER_MILLIS, FORCED));
  }

  /** A stop that comes meanwhile ends it; one that came before leaves it some of its own time. */
  private void pause(long millis) throws InterruptedException {
    if (stop.isDone()) {
      TimeUnit.MILLISECONDS.sleep(stopTime.millis(millis, FORCED));
      return;
    }
    try {
      stop.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.debug("waited {} ms", millis);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // nobody completes it so
    }
  }

  private String activeText(Vertx vertx) throws InterruptedException {
    return entries == null
        ? "active call entries: " + fresh(vertx).value("calls.active")
        : entries.text(vertx, stopTime.millis(ANSWER_MILLIS, REPORT));
  }

  private CounterTable fresh(Vertx vertx) throws InterruptedException {
    long millis = stopTime.millis(ANSWER_MILLIS, REPORT);
    return counters.fresh(vertx, services.instances(), millis);
  }

  private static String duration(long millis) {
    return DurationText.print(Duration.ofMillis(millis));
  }

  private void closeNetwork() {
    try {
      plan.network().close();
    } catch (RuntimeException e) { // the program ends anyway
      LOG.warn("the cluster was not left in good order: {}", e.toString());
    }
  }

  private void stopAll() {
    services.stopAll(CLOSE_MILLIS, left -> stopTime.millis(left, SERVICES));
  }

  private void close(Vertx vertx) {
    stopAll();
    try {
      long millis = Math.max(1, stopTime.millis(CLOSE_MILLIS, ALL));
      vertx.close().await(millis, TimeUnit.MILLISECONDS);
    } catch (Exception e) { // the program ends anyway
      LOG.warn("the services did not stop in good order: {}", e.toString());
    }
  }
}
