package io.callscope.web.debug;

import io.callscope.web.forms.FormPage;
import io.callscope.web.forms.Input;
import io.callscope.web.forms.Section;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Asked;
import io.callscope.web.http.Exchange;
import io.callscope.web.http.Responder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.ObjectName;

/** {@code /debug/pprof/}: what this process is doing. */
public final class Profiles {
  private static final String PATH = "/debug/pprof/";
  private static final int DEPTH = 64;
  private static final long MOST_SECONDS = FlightRecording.LONGEST.toSeconds();
  private static final long DEFAULT_SECONDS = 30;

  private final Vertx vertx;
  private final WorkerExecutor workers;
  private final String commandLine;
  private final AtomicBoolean recording = new AtomicBoolean();

  public Profiles(Vertx vertx, WorkerExecutor workers, String commandLine) {
    this.vertx = vertx;
    this.workers = workers;
    this.commandLine = commandLine;
  }

  /** What there is. */
  public Future<Answer> index(Asked asked) {
    return Future.succeededFuture(
        FormPage.of(
                "Profiles",
                "What this process is doing: "
                    + PATH
                    + "threads shows every thread, "
                    + PATH
                    + "cmdline the command line.",
                List.of(
                    Section.acting(
                        "Heap",
                        "Counts all objects by class; the process stands still meanwhile.",
                        PATH + "heap",
                        List.of(),
                        "Count"),
                    Section.acting(
                        "Flight recording",
                        "Records what the program does; open it with JDK Mission Control or jfr.",
                        PATH + "profile",
                        List.of(
                            Input.number(
                                "seconds", "Seconds", DEFAULT_SECONDS, "1 to " + MOST_SECONDS)),
                        "Record")),
                new JsonObject().put("threads", PATH + "threads").put("heap", PATH + "heap"),
                List.of())
            .answer());
  }

  /** The command line. */
  public Future<Answer> commandLine(Asked asked) {
    return Future.succeededFuture(Answer.notice(200, "Command line", List.of(commandLine)));
  }

  /** All threads with their stacks. */
  public Future<Answer> threads(Asked asked) {
    return workers.executeBlocking(() -> plain("Threads", threads()), false);
  }

  private static String threads() {
    StringBuilder text = new StringBuilder();
    for (ThreadInfo info : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true, DEPTH)) {
      text.append('"').append(info.getThreadName()).append("\" ").append(info.getThreadState());
      text.append(info.getLockName() == null ? "" : " on " + info.getLockName()).append('\n');
      for (StackTraceElement element : info.getStackTrace()) {
        text.append("\tat ").append(element).append('\n');
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** All objects by class; an action, since the process stands still meanwhile. */
  public Future<Answer> heap(Asked asked) {
    List<String> errors = asked.params().finish();
    if (!asked.acts() || !errors.isEmpty()) {
      return errors.isEmpty() ? index(asked) : Future.succeededFuture(Answer.badRequest(errors));
    }
    return workers.executeBlocking(() -> plain("Heap", histogram()), false);
  }

  private static String histogram() throws JMException {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
  }

  private static Answer plain(String title, String text) {
    return new Answer(
        200,
        title,
        "text",
        new Answer.Notice(title, List.of(text)),
        () -> text,
        () -> new JsonObject().put("text", text));
  }

  /** A flight recording of so many seconds, as a download. */
  public Exchange recording() {
    return this::record;
  }

  private void record(RoutingContext context, Asked asked) {
    Long given = asked.params().integer("seconds", 1, MOST_SECONDS);
    if (!asked.params().finish().isEmpty()) {
      refuse(context, 400, String.join("\n", asked.params().errors()));
    } else if (!asked.acts()) {
      refuse(context, 400, "ERROR: parameter seconds must be given");
    } else if (!recording.compareAndSet(false, true)) {
      refuse(context, 503, "ERROR: a recording is under way already");
    } else {
      long seconds = given == null ? DEFAULT_SECONDS : given;
      workers
          .executeBlocking(FlightRecording::begin, false)
          .compose(
              begun ->
                  over(context, seconds)
                      .compose(done -> workers.executeBlocking(begun::finish, false))
                      .compose(file -> send(context, file))
                      .eventually(() -> remove(begun)))
          .onComplete(done -> recording.set(false))
          .onFailure(context::fail);
    }
  }

  /** When the time is over, or whoever asked has gone: nobody else could begin one until then. */
  private Future<Void> over(RoutingContext context, long seconds) {
    Promise<Void> over = Promise.promise();
    if (context.response().closed()) {
      return Future.succeededFuture(); // while the recording began
    }
    long timer = vertx.setTimer(TimeUnit.SECONDS.toMillis(seconds), id -> over.tryComplete());
    context.addEndHandler(
        done -> {
          vertx.cancelTimer(timer);
          over.tryComplete();
        });
    return over.future();
  }

  private Future<?> remove(FlightRecording ended) {
    return workers.executeBlocking(
        () -> {
          ended.close();
          return null;
        },
        false);
  }

  private static Future<Void> send(RoutingContext context, Path file) {
    if (context.response().closed()) {
      return Future.succeededFuture();
    }
    Responder.headers(context.response())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
        .putHeader("content-disposition", "attachment; filename=\"callscope.jfr\"");
    return context
        .response()
        .sendFile(file.toString())
        // A client that went away is not our failure.
        .recover(
            cause ->
                context.response().headWritten()
                    ? Future.succeededFuture()
                    : Future.failedFuture(cause));
  }

  private static void refuse(RoutingContext context, int status, String text) {
    Responder.headers(context.response())
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .end(text + "\n");
  }
}
