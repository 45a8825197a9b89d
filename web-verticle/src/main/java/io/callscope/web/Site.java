package io.callscope.web;

import io.callscope.bus.Addresses;
import io.callscope.bus.ProcessState;
import io.callscope.web.about.AboutPages;
import io.callscope.web.api.ApiPages;
import io.callscope.web.calls.CallDownload;
import io.callscope.web.calls.CallList;
import io.callscope.web.calls.CallPage;
import io.callscope.web.calls.CallQueries;
import io.callscope.web.calls.TimeoutSettings;
import io.callscope.web.cluster.ClusterPage;
import io.callscope.web.cluster.ClusterProcesses;
import io.callscope.web.cluster.ClusterWatch;
import io.callscope.web.counters.AveragesPage;
import io.callscope.web.counters.Boards;
import io.callscope.web.counters.CountersPage;
import io.callscope.web.counters.StatsHistory;
import io.callscope.web.counters.StatsPage;
import io.callscope.web.counters.StatsWindowPage;
import io.callscope.web.dashboard.DashboardPage;
import io.callscope.web.debug.ForcedTimeouts;
import io.callscope.web.debug.LogSettings;
import io.callscope.web.debug.Profiles;
import io.callscope.web.debug.TcpTimeouts;
import io.callscope.web.debug.VarsPage;
import io.callscope.web.dump.DumpDownload;
import io.callscope.web.dump.DumpQueries;
import io.callscope.web.dump.DumpSettings;
import io.callscope.web.events.EventRing;
import io.callscope.web.events.EventRingCounters;
import io.callscope.web.events.EventTypeSettings;
import io.callscope.web.events.EventsPage;
import io.callscope.web.events.LivePage;
import io.callscope.web.export.Exports;
import io.callscope.web.forms.QueryForm;
import io.callscope.web.forms.SettingsPage;
import io.callscope.web.gather.Controls;
import io.callscope.web.gather.Current;
import io.callscope.web.gather.Questions;
import io.callscope.web.gather.TrackerQueries;
import io.callscope.web.health.HealthChecks;
import io.callscope.web.http.Answer;
import io.callscope.web.http.Exchange;
import io.callscope.web.http.Responder;
import io.callscope.web.http.Routes;
import io.callscope.web.inject.InjectPage;
import io.callscope.web.ipfix.IpfixListPage;
import io.callscope.web.list.TrackerListPage;
import io.callscope.web.metrics.Metrics;
import io.callscope.web.rates.ForcedCollection;
import io.callscope.web.rates.PeriodicSettings;
import io.callscope.web.rates.PressureSettings;
import io.callscope.web.rates.RateLimitsPage;
import io.callscope.web.rates.RateListPage;
import io.callscope.web.rates.RateQueryForm;
import io.callscope.web.regs.RegList;
import io.callscope.web.regs.RegSettings;
import io.callscope.web.tables.TablesPage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * All paths with their pages.
 *
 * @param history of the packet statistics
 * @param workers for what may take its time
 */
record Site(
    Vertx vertx,
    WebConfig config,
    Boards boards,
    StatsHistory history,
    Controls controls,
    ClusterWatch watch,
    EventRing ring,
    EventRingCounters ringCounters,
    Live live,
    Responder responder,
    WorkerExecutor workers) {

  Routes routes() {
    Routes routes = new Routes();
    TrackerQueries trackers = new TrackerQueries(vertx, config.partitions());
    routes.page(
        "/", new DashboardPage(boards, ringCounters, ring, live.figures(), config.uptime()));
    calls(routes, trackers);
    registrations(routes, trackers);
    events(routes);
    rates(routes);
    routes.page(
        "/ipfix/list",
        "/ipfix",
        new IpfixListPage(
            new Questions(vertx, watch.each("ipfix", "ipfix", "the collector")),
            () -> watch.members().clustered()));
    routes.page(
        "/cluster",
        "/cluster",
        new ClusterPage(watch, boards, trackers.partitions(), config.version()));
    routes.actions("/inject", "/inject", new InjectPage(vertx, trackers));
    routes.page("/events/live", new LivePage(ring, boards::inputEnded));
    routes.exchange(Routes.API + "/events/stream", live.events());
    routes.exchange(Routes.API + "/figures/stream", plain(live.figures()::stream));
    routes.page(Routes.API + "/history", live.figures()::page);
    new Exports(vertx, config.partitions(), ring, workers, responder).addTo(routes);
    Metrics metrics = new Metrics(boards, live.figures(), config.uptime(), config.version());
    routes.exchange("/metrics", plain(metrics::scrape));
    ApiPages api = new ApiPages();
    routes.page("/api", api::page);
    routes.page(Routes.API + "/openapi.json", api::document);
    counters(routes);
    about(routes, trackers);
    debug(routes, trackers);
    HealthChecks checks = new HealthChecks(trackers, () -> ProcessState.of(vertx));
    routes.page("/health/live", checks::live);
    routes.page("/health/ready", checks::ready);
    return routes;
  }

  /** What takes no parameters. */
  private Exchange plain(Exchange exchange) {
    return (context, asked) -> {
      List<String> errors = asked.params().finish();
      if (errors.isEmpty()) {
        exchange.handle(context, asked);
      } else {
        responder.send(context, asked.form(), Answer.badRequest(errors));
      }
    };
  }

  private Questions one(String service, String name) {
    return new Questions(vertx, List.of(new Questions.Target(Addresses.query(service), name)));
  }

  private Questions dump() {
    return one("pcapdump", "the dump of calls");
  }

  private SettingsPage settings(String service, SettingsPage.Settings settings) {
    return new SettingsPage(controls, service, settings);
  }

  private void calls(Routes routes, TrackerQueries trackers) {
    routes.page(
        "/calls",
        "/calls/tables",
        new TablesPage(
            trackers.partitions(),
            new TablesPage.Kind("Call tables", "calls", "Calls", "/calls/list", "/calls/timeout")));
    routes.page("/calls/list", "/calls", new TrackerListPage(trackers, CallList.KIND));
    routes.page(
        "/calls/list/query",
        "/calls/query",
        new QueryForm("Query calls", "/calls/list", CallList.FILTERS));
    Current current = new Current(trackers.partitions());
    routes.actions(
        "/calls/timeout", "/calls/timeout", settings("tracker", new TimeoutSettings(current)));
    CallQueries queries = new CallQueries(trackers, workers);
    DumpQueries dumped = new DumpQueries(dump());
    Exchange file = plain(new DumpDownload(dumped, responder));
    routes.below(DumpDownload.PATH, "", file);
    routes.below(Routes.API + DumpDownload.PATH, "", file);
    routes.actions(
        "/pcapdump",
        "/pcapdump",
        settings("pcapdump", new DumpSettings(new Current(dump()), boards::figures)));
    CallPage call = new CallPage(queries, dumped, ring, boards::clockNanos, workers);
    for (CallDownload.Kind kind : CallDownload.Kind.values()) {
      CallDownload download = new CallDownload(queries, kind, workers, responder);
      routes.below("/calls/", kind.ending(), download);
      routes.below(Routes.API + "/calls/", kind.ending(), download);
    }
    routes.below("/calls/", "", call);
    routes.below(Routes.API + "/calls/", "", call);
  }

  private void registrations(Routes routes, TrackerQueries trackers) {
    routes.page(
        "/regs",
        "/regs/tables",
        new TablesPage(
            trackers.partitions(),
            new TablesPage.Kind("Registration tables", "regs", "Regs", "/regs/list", "/regs/cfg")));
    routes.page("/regs/list", "/regs", new TrackerListPage(trackers, RegList.KIND));
    routes.page(
        "/regs/list/query",
        "/regs/query",
        new QueryForm("Query registrations", "/regs/list", RegList.FILTERS));
    Current current = new Current(trackers.partitions());
    routes.actions("/regs/cfg", "/regs/cfg", settings("tracker", new RegSettings(current)));
  }

  private void events(Routes routes) {
    routes.page("/events", "/events", new EventsPage(ring, boards::clockNanos, workers));
    routes.page(
        "/events/query",
        "/events/query",
        new QueryForm("Query events", "/events", EventsPage.filters()));
    routes.actions(
        "/events/blst",
        "/events/blst",
        settings(
            "eventstage",
            new EventTypeSettings(new Current(one("eventstage", "the event stage")))));
  }

  private void rates(Routes routes) {
    Questions stage = one("eventstage", "the event stage");
    Current current = new Current(stage);
    routes.page(
        "/evrateblst",
        "/evrateblst/tables",
        new TablesPage(
            stage,
            new TablesPage.Kind(
                "Rate table", "rates", "Rates", "/evrateblst/list", "/evrateblst/gccfg2")));
    routes.page("/evrateblst/list", "/evrateblst", new RateListPage(stage, boards::figures));
    routes.page("/evrateblst/list/query", "/evrateblst/query", new RateQueryForm(current));
    action(routes, "/evrateblst/rates", new RateLimitsPage(current));
    action(routes, "/evrateblst/forcegc", new ForcedCollection(stage));
    action(routes, "/evrateblst/gccfg1", new PeriodicSettings(current));
    action(routes, "/evrateblst/gccfg2", new PressureSettings(current));
  }

  private void action(Routes routes, String path, SettingsPage.Settings settings) {
    routes.actions(path, path, settings("eventstage", settings));
  }

  private void counters(Routes routes) {
    routes.form("/counters", "/counters", new CountersPage(boards, config.uptime()));
    routes.page("/counters/avg", "/counters/avg", new AveragesPage(boards, config.uptime()));
    routes.page("/stats", "/stats", new StatsPage(boards, config.uptime(), false));
    routes.page("/stats/raw", "/stats/raw", new StatsPage(boards, config.uptime(), true));
    routes.page("/stats/avg", "/stats/avg", new StatsWindowPage(boards, config.uptime(), null));
    routes.page(
        "/stats/rate", "/stats/rate", new StatsWindowPage(boards, config.uptime(), history));
    routes.page(Routes.API + "/sources", asked -> Future.succeededFuture(sources()));
  }

  private void about(Routes routes, TrackerQueries trackers) {
    AboutPages about =
        new AboutPages(
            new AboutPages.Program(
                config.version(),
                config.commandLine(),
                config.settings(),
                config.partitions(),
                config.uptime(),
                new Current(trackers.partitions()),
                new Current(one("eventstage", "the event stage")),
                new ClusterProcesses(vertx, watch)));
    routes.page("/about", "/about", about::about);
    routes.page("/about/config", "/config", about::configuration);
  }

  private void debug(Routes routes, TrackerQueries trackers) {
    routes.actions(
        "/debug/forcetimeout",
        "/debug/forcetimeout",
        settings("tracker", new ForcedTimeouts(trackers)));
    routes.actions(
        "/debug/options",
        "/debug/options",
        settings(
            "process",
            new LogSettings(
                new Current(one("process", "the process")), new Current(trackers.partitions()))));
    routes.actions(
        "/tcp/timeouts", "/tcp/timeouts", settings("capture", new TcpTimeouts(config.settings())));
    routes.page("/debug/vars", "/debug/vars", new VarsPage(boards::fresh, config.commandLine()));
    Profiles profiles = new Profiles(vertx, workers, config.commandLine());
    routes.page("/debug/pprof", profiles::index);
    routes.page("/debug/pprof/", profiles::index);
    routes.page("/debug/pprof/cmdline", profiles::commandLine);
    routes.page("/debug/pprof/threads", profiles::threads);
    routes.actions("/debug/pprof/heap", "/debug/pprof/heap", profiles::heap);
    routes.actions("/debug/pprof/profile", profiles.recording());
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
