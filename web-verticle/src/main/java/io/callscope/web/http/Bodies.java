package io.callscope.web.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Has bodies read that are no uploads, and turns away those that break HTTP: that is no failure of
 * a page, and not worth a line of log each. On the server's context.
 */
public final class Bodies implements Handler<RoutingContext> {
  private final Handler<RoutingContext> reader;
  private final Runnable broken;

  /**
   * @param reader of bodies
   * @param broken is run for each that is broken
   */
  public Bodies(Handler<RoutingContext> reader, Runnable broken) {
    this.reader = reader;
    this.broken = broken;
  }

  @Override
  public void handle(RoutingContext context) {
    if (UploadHandler.hasTaken(context)) {
      context.next();
      return;
    }
    HttpServerRequest request = context.request();
    boolean some =
        request.headers().contains(HttpHeaders.CONTENT_LENGTH)
            || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    reader.handle(context);
    if (some && !request.isEnded()) {
      request.exceptionHandler(cause -> fail(context, cause, broken));
    }
  }

  /** A client that went away needs no answer, and is no fault of ours. */
  static void fail(RoutingContext context, Throwable cause, Runnable broken) {
    if (!(cause instanceof HttpClosedException)) {
      broken.run();
      Refused.with(context, 400, "the body of the request is broken");
    }
  }
}
