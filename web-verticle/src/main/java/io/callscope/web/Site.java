package io.callscope.web;

import io.callscope.web.about.AboutPages;
import io.callscope.web.api.ApiPages;
import io.callscope.web.calls.CallDownload;
import io.callscope.web.calls.CallListPage;
import io.callscope.web.calls.CallPage;
import io.callscope.web.calls.CallQueries;
import io.callscope.web.calls.CallTablesPage;
import io.callscope.web.counters.Boards;
import io.callscope.web.counters.CountersPage;
import io.callscope.web.counters.StatsPage;
import io.callscope.web.dashboard.DashboardPage;
import io.callscope.web.events.EventRing;
import io.callscope.web.events.EventsPage;
import io.callscope.web.events.LivePage;
import io.callscope.web.events.RingCounters;
import io.callscope.web.export.Exports;
import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.health.HealthChecks;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Responder;
import io.callscope.web.http.Routes;
import io.callscope.web.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * All paths with their pages.
 *
 * @param workers for what may take its time
 */
record Site(
    Vertx vertx,
    WebConfig config,
    Boards boards,
    EventRing ring,
    RingCounters ringCounters,
    Live live,
    Responder responder,
    WorkerExecutor workers) {

  Routes routes() {
    Routes routes = new Routes();
    TrackerQueries trackers = new TrackerQueries(vertx, config.partitions());
    routes.page(
        "/", new DashboardPage(boards, ringCounters, ring, live.figures(), config.uptime()));
    calls(routes, trackers);
    routes.page("/events", "/events", new EventsPage(ring, workers));
    routes.page("/events/live", new LivePage());
    routes.exchange(Routes.API + "/events/stream", live.events());
    routes.exchange(Routes.API + "/figures/stream", live.figures()::stream);
    routes.page(Routes.API + "/history", live.figures()::page);
    new Exports(vertx, config.partitions(), ring, workers, responder).addTo(routes);
    Metrics metrics = new Metrics(boards, live.figures(), config.uptime(), config.version());
    routes.exchange("/metrics", metrics::scrape);
    ApiPages api = new ApiPages();
    routes.page("/api", api::page);
    routes.page(Routes.API + "/openapi.json", api::document);
    counters(routes);
    about(routes);
    HealthChecks checks = new HealthChecks(trackers);
    routes.page("/health/live", checks::live);
    routes.page("/health/ready", checks::ready);
    return routes;
  }

  private void calls(Routes routes, TrackerQueries trackers) {
    routes.page("/calls", new CallTablesPage(trackers));
    routes.page("/calls/list", "/calls", new CallListPage(trackers));
    CallQueries queries = new CallQueries(trackers);
    CallPage call = new CallPage(queries, ring);
    for (CallDownload.Kind kind : CallDownload.Kind.values()) {
      CallDownload download = new CallDownload(queries, kind, workers, responder);
      routes.below("/calls/", kind.ending(), download);
      routes.below(Routes.API + "/calls/", kind.ending(), download);
    }
    routes.below("/calls/", "", call);
    routes.below(Routes.API + "/calls/", "", call);
  }

  private void counters(Routes routes) {
    routes.form("/counters", "/counters", new CountersPage(boards, config.uptime()));
    routes.page("/stats", "/stats", new StatsPage(boards, config.uptime(), false));
    routes.page("/stats/raw", new StatsPage(boards, config.uptime(), true));
    routes.page(Routes.API + "/sources", asked -> Future.succeededFuture(sources()));
  }

  private void about(Routes routes) {
    AboutPages about =
        new AboutPages(
            new AboutPages.Program(
                config.version(),
                config.commandLine(),
                config.settings(),
                config.partitions(),
                config.uptime()));
    routes.page("/about", "/about", about::about);
    routes.page("/about/config", "/config", about::configuration);
  }

  private Answer sources() {
    return new Answer(
        200,
        "Sources",
        "notice",
        new Answer.Notice("Sources", List.of()),
        () -> "",
        () -> new JsonObject().put("sources", new JsonArray(boards.sources())));
  }
}
