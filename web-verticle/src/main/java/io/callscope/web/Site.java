package io.callscope.web;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the page of a path. Paths are matched as they stand, undecoded: a Call-ID may hold
 * anything, an encoded slash too.
 */
final class Site implements Handler<RoutingContext> {
  private static final String API = "/api/v1";
  private static final String CALL = "/calls/";

  /** Paths that also take their parameters from a form body. */
  private static final Set<String> WITH_BODY = Set.of("/counters", API + "/counters");

  private final Map<String, Page> pages = new HashMap<>();
  private final CallPage call;
  private final Assets assets;
  private final Responder responder;

  Site(
      Vertx vertx,
      WebConfig config,
      Boards boards,
      EventRing ring,
      RingCounters ringCounters,
      WorkerExecutor workers,
      Responder responder) {
    this.responder = responder;
    assets = responder.assets();
    TrackerQueries trackers = new TrackerQueries(vertx, config.partitions());
    AboutPages about = new AboutPages(config);
    call = new CallPage(trackers, ring);
    both("/calls/list", API + "/calls", new CallListPage(trackers));
    both("/events", API + "/events", new EventsPage(ring, workers));
    both("/counters", API + "/counters", new CountersPage(boards, config));
    both("/stats", API + "/stats", new StatsPage(boards, config, false));
    both("/about", API + "/about", about::about);
    both("/about/config", API + "/config", about::configuration);
    pages.put("/", new DashboardPage(boards, ringCounters, ring, config));
    pages.put("/calls", new CallTablesPage(trackers));
    pages.put("/stats/raw", new StatsPage(boards, config, true));
    pages.put(API + "/sources", asked -> Future.succeededFuture(sources(boards)));
    HealthChecks checks = new HealthChecks(trackers);
    pages.put("/health/live", checks::live);
    pages.put("/health/ready", checks::ready);
  }

  private void both(String path, String apiPath, Page page) {
    pages.put(path, page);
    pages.put(apiPath, page);
  }

  private static Answer sources(Boards boards) {
    return new Answer(
        200,
        "Sources",
        "notice",
        new Answer.Notice("Sources", List.of()),
        () -> "",
        () -> new JsonObject().put("sources", new JsonArray(boards.sources())));
  }

  @Override
  public void handle(RoutingContext context) {
    String path = context.request().path();
    if (path == null) {
      context.fail(400);
      return;
    }
    Params params = new Params(values(context, path));
    Form form = form(context, path, params);
    List<HttpMethod> methods = methods(path);
    if (!methods.contains(context.request().method())) {
      context
          .response()
          .putHeader(
              HttpHeaders.ALLOW,
              String.join(", ", methods.stream().map(HttpMethod::name).toList()));
      responder.send(
          context,
          form,
          Answer.notice(405, "Method not allowed", List.of("ERROR: only " + methods + " here")));
      return;
    }
    Assets.Asset asset = assets.get(path);
    if (asset != null) {
      responder.send(context, asset);
      return;
    }
    Page page = page(path);
    if (page == null) {
      responder.send(context, form, Responder.notFound(path));
    } else if (!params.errors().isEmpty()) {
      responder.send(context, form, Answer.badRequest(params.errors()));
    } else {
      responder.answer(context, form, () -> page.answer(new Asked(params, form, rest(path))));
    }
  }

  private static List<HttpMethod> methods(String path) {
    return WITH_BODY.contains(path)
        ? List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST)
        : List.of(HttpMethod.GET, HttpMethod.HEAD);
  }

  private Page page(String path) {
    Page page = pages.get(path);
    return page == null && !rest(path).isEmpty() ? call : page;
  }

  /** The part of a call's path that is its Call-ID. */
  private static String rest(String path) {
    String own = path.startsWith(API + CALL) ? path.substring(API.length()) : path;
    return own.startsWith(CALL) && own.indexOf('/', CALL.length()) < 0
        ? own.substring(CALL.length())
        : "";
  }

  private static Form form(RoutingContext context, String path, Params params) {
    if (path.startsWith(API + "/")) {
      return Form.JSON;
    }
    String named = params.first("format");
    Form form = named.isEmpty() ? null : Form.named(named);
    if (form == null && !named.isEmpty()) {
      params.error("format", named, "is not one of html, text, json");
    }
    return form == null ? Form.accepted(context.request().getHeader(HttpHeaders.ACCEPT)) : form;
  }

  private static Map<String, List<String>> values(RoutingContext context, String path) {
    Map<String, List<String>> values = new HashMap<>();
    addAll(values, context.queryParams());
    if (WITH_BODY.contains(path)) {
      addAll(values, context.request().formAttributes());
    }
    return values;
  }

  private static void addAll(Map<String, List<String>> values, MultiMap from) {
    from.forEach((name, value) -> values.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
  }
}
