package io.callscope.web;

import io.callscope.bus.CounterPublisher;
import io.callscope.bus.PartOfService;
import io.callscope.counters.CounterGroup;
import io.callscope.files.PrivateDirectory;
import io.callscope.web.bridge.BridgeCounters;
import io.callscope.web.bridge.BusBridge;
import io.callscope.web.cluster.ClusterWatch;
import io.callscope.web.counters.Boards;
import io.callscope.web.counters.StatsHistory;
import io.callscope.web.events.EventRing;
import io.callscope.web.events.EventRingCounters;
import io.callscope.web.events.EventRingVerticle;
import io.callscope.web.figures.EventFigures;
import io.callscope.web.gather.Controls;
import io.callscope.web.http.Assets;
import io.callscope.web.http.Bodies;
import io.callscope.web.http.Dispatcher;
import io.callscope.web.http.Responder;
import io.callscope.web.http.Routes;
import io.callscope.web.http.Templates;
import io.callscope.web.http.UploadHandler;
import io.callscope.web.live.LiveCounters;
import io.callscope.web.security.Security;
import io.callscope.web.server.FileChanges;
import io.callscope.web.server.Listener;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The web server: pages, plain text and JSON. It listens to what the other services publish and
 * asks the tracker partitions; it owns the event ring.
 */
public final class WebVerticle extends VerticleBase {
  private static final int BODY_TOO_LARGE = 413;
  private static final int NO_ROOM = 507;
  private static final long LAST_WORD_MILLIS = 1000;
  private static final int MAX_BODY_BYTES = 64 * 1024;

  /** A form of messages: its longest field, each byte as three characters, and what is around. */
  private static final int MAX_MESSAGES_BYTES = 4 << 20;

  private static final long LOOK_AT_FILES_MILLIS = 1000;

  /** Where the body of a request was too large, its path not known or it failed in another way. */
  private static final int[] FAILURES = {400, 401, 403, 404, 405, 414, 421, 429, 431, 500, 503};

  /** A capture that is put in, and what stands around it in a form. */
  private static final long MAX_UPLOAD_BYTES = (256L << 20) + 64 * 1024;

  private final WebConfig config;
  private final PrivateDirectory uploads = PrivateDirectory.temporary();
  private final BridgeCounters bridgeCounters = new BridgeCounters();
  private Listener listener;
  private Security security;
  private Boards boards;
  private Routes routes;
  private CounterPublisher counters;
  private WorkerExecutor workers;

  public WebVerticle(WebConfig config) {
    this.config = config;
  }

  @Override
  public Future<?> start() {
    EventRing ring = new EventRing(config.eventBufferSize());
    EventRingCounters ringCounters = new EventRingCounters();
    boards = new Boards(vertx, config.process().text());
    EventFigures eventFigures = new EventFigures();
    LiveCounters liveCounters = new LiveCounters();
    StatsHistory history = new StatsHistory();
    Controls controls = new Controls(vertx, boards::instances);
    ClusterWatch watch = new ClusterWatch(vertx, config.process().text());
    workers = vertx.createSharedWorkerExecutor("callscope-web", 4, 30, TimeUnit.SECONDS);
    return boards
        .start()
        .compose(ready -> controls.start())
        .compose(ready -> watch.start())
        .compose(
            ready ->
                vertx.deployVerticle(
                    new PartOfService(
                        context,
                        new EventRingVerticle(
                            config.process(),
                            ring,
                            ringCounters,
                            eventFigures,
                            List.of(liveCounters.group())))))
        .compose(id -> secure())
        .compose(ready -> workers.executeBlocking(Templates::new))
        .compose(
            templates -> {
              Assets assets = new Assets();
              SiteFrames frames = new SiteFrames(config, boards, assets, security);
              Responder responder = new Responder(frames, workers, templates, assets);
              Live live =
                  Live.start(
                      vertx,
                      boards,
                      ring,
                      eventFigures,
                      liveCounters,
                      security::mayGoOn,
                      responder);
              vertx.setPeriodic(1000, id -> sample(boards, history));
              Site site =
                  new Site(
                      vertx,
                      config,
                      boards,
                      history,
                      controls,
                      watch,
                      ring,
                      ringCounters,
                      live,
                      responder,
                      workers);
              routes = site.routes();
              Router router = router(responder);
              return listener.listen(config.host(), config.port(), router);
            })
        .compose(up -> publishCounters());
  }

  /** What has ended keeps its last rates. */
  private static void sample(Boards boards, StatsHistory history) {
    if (!boards.inputEnded()) {
      history.sample(System.nanoTime(), boards.figures());
    }
  }

  /** What users and certificates there are. */
  private Future<?> secure() {
    return Listener.create(vertx, config.server())
        .compose(
            made -> {
              listener = made;
              return Security.create(vertx, config.security(), config.port(), listener.names());
            })
        .map(
            made -> {
              security = made; // not in a listener: those of one future have no order
              watchFiles();
              return made;
            });
  }

  private Router router(Responder responder) {
    Router router = Router.router(vertx);
    router.route().failureHandler(WebVerticle::unlessGone);
    router.route().handler(listener.guard());
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
    if (config.server().busBridge()) {
      router.route(BusBridge.PATH + "*").handler(security.ownPagesAndPrograms());
      router.route(BusBridge.PATH + "*").handler(WebVerticle::onlyWhatIsOffered);
      BusBridge.addTo(router, vertx, security::mayGoOn, bridgeCounters);
    }
    router.route().handler(new Dispatcher(routes, security.guard(), responder));
    for (int status : FAILURES) {
      router.errorHandler(status, responder::failed);
    }
    router.errorHandler(BODY_TOO_LARGE, context -> refuseBody(context, responder));
    router.errorHandler(
        NO_ROOM,
        context -> {
          security.actionFailed(context, NO_ROOM);
          refuseBody(context, responder);
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
  private void refuseBody(RoutingContext context, Responder responder) {
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

  /** Users and certificates may change while it runs. */
  private void watchFiles() {
    FileChanges users = new FileChanges();
    FileChanges tls = new FileChanges();
    List<Path> usersFiles = paths(config.security().usersFile());
    List<Path> tlsFiles = paths(config.server().certificateFile(), config.server().keyFile());
    users.any(usersFiles);
    tls.any(tlsFiles);
    vertx.setPeriodic(
        LOOK_AT_FILES_MILLIS,
        id -> {
          workers.executeBlocking(
              () -> {
                if (users.any(usersFiles)) {
                  security.reload();
                }
                return null;
              });
          workers
              .executeBlocking(() -> tls.any(tlsFiles))
              .onSuccess(
                  changed -> {
                    if (changed) {
                      listener.reloadTls();
                    }
                  });
        });
  }

  private static List<Path> paths(String... files) {
    return Stream.of(files).filter(file -> !file.isEmpty()).map(Path::of).toList();
  }

  private Future<Void> publishCounters() {
    counters =
        new CounterPublisher(vertx, "web", config.process().unique("webserver"), this::groups);
    return counters.start();
  }

  private List<CounterGroup> groups() {
    List<CounterGroup> groups = new ArrayList<>();
    groups.add(security.counters().group());
    groups.addAll(listener.groups());
    if (config.server().busBridge()) {
      groups.add(bridgeCounters.group());
    }
    return groups;
  }

  /** All paths, once it is deployed. */
  Routes routes() {
    return routes;
  }

  /** The port it listens on, once it is deployed. */
  public int port() {
    return listener.port();
  }

  @Override
  public Future<?> stop() {
    Future<?> closed = listener == null ? Future.succeededFuture() : listener.close();
    return closed
        .eventually(() -> boards == null ? Future.succeededFuture() : boards.stop())
        .eventually(() -> counters == null ? Future.succeededFuture() : counters.stop())
        .eventually(() -> security == null ? Future.succeededFuture() : security.close())
        .eventually(
            () ->
                workers.executeBlocking(
                    () -> {
                      uploads.close();
                      return null;
                    }))
        .eventually(() -> workers.close());
  }
}
