package io.callscope.web.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
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
    boolean some = mayHaveBody(request);
    reader.handle(context);
    if (some && !request.isEnded()) {
      request.exceptionHandler(cause -> fail(context, cause, broken));
    }
  }

  /** HTTP/2 announces none. What has no body may be listened to by a page. */
  private static boolean mayHaveBody(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (request.version() == HttpVersion.HTTP_2 && request.method().equals(HttpMethod.POST));
  }

  /** It is the client that has gone, or, over HTTP/2, that wants no answer any more. */
  public static boolean isGone(Throwable cause) {
    return cause instanceof HttpClosedException || cause instanceof StreamResetException;
  }

  /** A client that went away needs no answer, and is no fault of ours. */
  static void fail(RoutingContext context, Throwable cause, Runnable broken) {
    if (!isGone(cause)) {
      broken.run();
      Refused.with(context, 400, "the body of the request is broken");
    }
  }
}
