package io.callscope.web;

import io.callscope.files.PrivateDirectory;
import io.callscope.web.bridge.BridgeCounters;
import io.callscope.web.bridge.BusBridge;
import io.callscope.web.http.Bodies;
import io.callscope.web.http.Dispatcher;
import io.callscope.web.http.Responder;
import io.callscope.web.http.Routes;
import io.callscope.web.http.UploadHandler;
import io.callscope.web.security.Security;
import io.callscope.web.server.ConnectionGuard;
import io.callscope.web.server.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;

/**
 * A request's way to its page: past the guards, its body taken in as far as it may be, and what is
 * said where that fails.
 *
 * @param uploads where captures that are put in lie until they are read
 * @param workers write them
 */
record WebRouter(
    Vertx vertx,
    ServerConfig server,
    ConnectionGuard guard,
    Security security,
    PrivateDirectory uploads,
    WorkerExecutor workers,
    BridgeCounters bridgeCounters,
    Responder responder) {
  private static final int BODY_TOO_LARGE = 413;
  private static final int NO_ROOM = 507;
  private static final long LAST_WORD_MILLIS = 1000;
  private static final int MAX_BODY_BYTES = 64 * 1024;

  /** A form of messages: its longest field, each byte as three characters, and what is around. */
  private static final int MAX_MESSAGES_BYTES = 4 << 20;

  /** Where the body of a request was too large, its path not known or it failed in another way. */
  private static final int[] FAILURES = {400, 401, 403, 404, 405, 414, 421, 429, 431, 500, 503};

  /** A capture that is put in, and what stands around it in a form. */
  private static final long MAX_UPLOAD_BYTES = (256L << 20) + 64 * 1024;

  /**
   * @param routes all paths with their pages
   */
  Router to(Routes routes) {
    Router router = Router.router(vertx);
    router.route().failureHandler(WebRouter::unlessGone);
    router.route().handler(guard);
    router.route().handler(security.entrance());
    for (String path : List.of("/inject", Routes.API + "/inject")) {
      router.post(path).handler(security.beforeUploads());
      router
          .post(path)
          .handler(
              new UploadHandler(
                  () -> uploads.newFile(".pcap"), workers, MAX_UPLOAD_BYTES, security::bodyBroken));
      BodyHandler messages = BodyHandler.create(false).setBodyLimit(MAX_MESSAGES_BYTES);
      router
          .post(path)
          .handler(new Bodies(messages.setMergeFormAttributes(false), security::bodyBroken));
    }
    BodyHandler small = BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES);
    router.route().handler(new Bodies(small, security::bodyBroken));
    security.addTo(router, responder);
    if (server.busBridge()) {
      router.route(BusBridge.PATH + "*").handler(security.ownPagesAndPrograms());
      router.route(BusBridge.PATH + "*").handler(WebRouter::onlyWhatIsOffered);
      BusBridge.addTo(router, vertx, security::mayGoOn, bridgeCounters);
    }
    router.route().handler(new Dispatcher(routes, security.guard(), responder));
    for (int status : FAILURES) {
      router.errorHandler(status, responder::failed);
    }
    router.errorHandler(BODY_TOO_LARGE, this::refuseBody);
    router.errorHandler(
        NO_ROOM,
        context -> {
          security.actionFailed(context, NO_ROOM);
          refuseBody(context);
        });
    return router;
  }

  /** SockJS would serve more: pages that take scripts from elsewhere, for browsers of long ago. */
  private static void onlyWhatIsOffered(RoutingContext context) {
    if (BusBridge.offers(context.request().path())) {
      context.next();
    } else {
      context.fail(404);
    }
  }

  /** Who goes on sending is cut off, with a little time to read why. */
  private void refuseBody(RoutingContext context) {
    if (context.request().version() != HttpVersion.HTTP_2) {
      vertx.setTimer(LAST_WORD_MILLIS, id -> context.request().connection().close());
    }
    responder.failed(context);
  }

  /** A client that went away needs no answer, and is no fault of ours. */
  private static void unlessGone(RoutingContext context) {
    if (!Bodies.isGone(context.failure())) {
      context.next();
    }
  }
}
