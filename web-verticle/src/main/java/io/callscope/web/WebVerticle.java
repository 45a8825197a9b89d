package io.callscope.web;

import io.callscope.web.counters.Boards;
import io.callscope.web.events.EventRing;
import io.callscope.web.events.EventRingVerticle;
import io.callscope.web.events.RingCounters;
import io.callscope.web.figures.EventFigures;
import io.callscope.web.http.Assets;
import io.callscope.web.http.Dispatcher;
import io.callscope.web.http.Responder;
import io.callscope.web.http.SameSite;
import io.callscope.web.http.Templates;
import io.callscope.web.live.LiveCounters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web server: pages, plain text and JSON. It listens to what the other services publish and
 * asks the tracker partitions; it owns the event ring.
 */
public final class WebVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(WebVerticle.class);
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private final WebConfig config;
  private HttpServer server;
  private WorkerExecutor workers;

  public WebVerticle(WebConfig config) {
    this.config = config;
  }

  @Override
  public Future<?> start() {
    EventRing ring = new EventRing(config.eventBufferSize());
    RingCounters ringCounters = new RingCounters();
    Boards boards = new Boards(vertx);
    EventFigures eventFigures = new EventFigures();
    LiveCounters liveCounters = new LiveCounters();
    workers = vertx.createSharedWorkerExecutor("callscope-web", 4, 30, TimeUnit.SECONDS);
    return boards
        .start()
        .compose(
            ready ->
                vertx.deployVerticle(
                    new EventRingVerticle(
                        ring, ringCounters, eventFigures, List.of(liveCounters.group()))))
        .compose(id -> workers.executeBlocking(Templates::new))
        .compose(
            templates -> {
              Assets assets = new Assets();
              SiteFrames frames = new SiteFrames(config, boards, assets);
              Responder responder = new Responder(frames, workers, templates, assets);
              Live live = Live.start(vertx, boards, ring, eventFigures, liveCounters, responder);
              Site site =
                  new Site(vertx, config, boards, ring, ringCounters, live, responder, workers);
              return listen(new Dispatcher(site.routes(), new SameSite(), responder), responder);
            });
  }

  private Future<?> listen(Dispatcher dispatcher, Responder responder) {
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
    router.route().handler(dispatcher);
    for (int status : new int[] {400, 404, 405, 413, 414, 431, 500}) {
      router.errorHandler(status, responder::failed);
    }
    server = vertx.createHttpServer(options()).requestHandler(router);
    return server
        .listen()
        .recover(
            cause ->
                Future.failedFuture(
                    new IllegalStateException(
                        "cannot listen on "
                            + address(config.port())
                            + " (http_addr, http_port): "
                            + cause.getMessage(),
                        cause)))
        .onSuccess(up -> log.info("web server on http://{}/", address(port())));
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setHost(config.host())
        .setPort(config.port())
        .setMaxInitialLineLength(16 * 1024)
        .setMaxHeaderSize(16 * 1024)
        .setMaxFormAttributeSize(MAX_BODY_BYTES)
        .setIdleTimeout(60)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setCompressionSupported(true);
  }

  private String address(int port) {
    String host = config.host().indexOf(':') >= 0 ? "[" + config.host() + "]" : config.host();
    return host + ":" + port;
  }

  /** The port it listens on, once it is deployed. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public Future<?> stop() {
    Future<?> closed = server == null ? Future.succeededFuture() : server.close();
    return closed.eventually(() -> workers.close());
  }
}
