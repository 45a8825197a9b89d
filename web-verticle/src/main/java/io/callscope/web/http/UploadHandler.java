package io.callscope.web.http;

import io.vertx.core.Handler;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Takes in the files of a form (RFC 7578), each into a private file that is gone once the request
 * is answered or its client has gone, and lets the request go on when all are there. Other bodies
 * are left for the next handler. On the server's context; files are written by a worker.
 */
public final class UploadHandler implements Handler<RoutingContext> {
  private static final String UPLOADS = UploadHandler.class.getName();
  private static final String FORM = "multipart/form-data";

  private final NewFile newFile;
  private final WorkerExecutor workers;
  private final long mostBytes;
  private final Runnable broken;

  /** Makes an empty file that nobody else can read. */
  @FunctionalInterface
  public interface NewFile {
    Path make() throws IOException;
  }

  /**
   * @param newFile is run by a worker
   * @param mostBytes of a body
   * @param broken is run for each body that is broken
   */
  public UploadHandler(NewFile newFile, WorkerExecutor workers, long mostBytes, Runnable broken) {
    this.newFile = newFile;
    this.workers = workers;
    this.mostBytes = mostBytes;
    this.broken = broken;
  }

  /** The files of a request, none if it had none. */
  static List<Upload> of(RoutingContext context) {
    List<Upload> uploads = context.get(UPLOADS);
    return uploads == null ? List.of() : uploads;
  }

  /** Whether the body of a request was taken in here. */
  static boolean hasTaken(RoutingContext context) {
    return context.get(UPLOADS) != null;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(FORM) || request.isEnded()) {
      context.next();
      return;
    }
    if (announced(request) > mostBytes) {
      context.fail(413);
      return;
    }
    String expected = request.getHeader(HttpHeaders.EXPECT);
    if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
      context.fail(417);
      return;
    }
    if (expected != null && request.version() != HttpVersion.HTTP_1_0) {
      context.response().writeContinue();
    }
    new Arrival(newFile, workers, context, mostBytes, broken)
        .files()
        .onSuccess(
            files -> {
              context.put(UPLOADS, files);
              context.next();
            });
  }

  /** The length that a request announces, 0 if none. */
  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
  }
}
