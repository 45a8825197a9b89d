package io.callscope.web;

import io.callscope.bus.CounterPublisher;
import io.callscope.bus.PartOfService;
import io.callscope.bus.ProcessName;
import io.callscope.counters.CounterGroup;
import io.callscope.files.PrivateDirectory;
import io.callscope.web.bridge.BridgeCounters;
import io.callscope.web.cluster.ClusterWatch;
import io.callscope.web.counters.Boards;
import io.callscope.web.counters.StatsHistory;
import io.callscope.web.events.EventRing;
import io.callscope.web.events.EventRingCounters;
import io.callscope.web.events.EventRingVerticle;
import io.callscope.web.figures.EventFigures;
import io.callscope.web.gather.Controls;
import io.callscope.web.http.Assets;
import io.callscope.web.http.Responder;
import io.callscope.web.http.Routes;
import io.callscope.web.http.Templates;
import io.callscope.web.live.LiveCounters;
import io.callscope.web.security.Security;
import io.callscope.web.server.Listener;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The web server: pages, plain text and JSON. It listens to what the other services publish and
 * asks the tracker partitions; it owns the event ring.
 */
public final class WebVerticle extends VerticleBase {
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
    EventRing ring =
        new EventRing(config.eventBufferSize(), !config.process().equals(ProcessName.ALONE));
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
              WebRouter router =
                  new WebRouter(
                      vertx,
                      config.server(),
                      listener.guard(),
                      security,
                      uploads,
                      workers,
                      bridgeCounters,
                      responder);
              return listener.listen(config.host(), config.port(), router.to(routes));
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
              FileWatch.start(vertx, workers, config, security, listener);
              return made;
            });
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
