package io.callscope.web.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes each request to the page of its path. */
public final class Dispatcher implements Handler<RoutingContext> {
  private static final List<HttpMethod> READ = List.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final List<HttpMethod> READ_OR_POST =
      List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST);

  private final Routes routes;
  private final Guard guard;
  private final Responder responder;

  public Dispatcher(Routes routes, Guard guard, Responder responder) {
    this.routes = routes;
    this.guard = guard;
    this.responder = responder;
  }

  @Override
  public void handle(RoutingContext context) {
    String path = context.request().path();
    if (path == null) {
      context.fail(400);
      return;
    }
    Routes.Found found = routes.find(path);
    Params params = new Params(values(context, found));
    Form form = form(context, path, params);
    HttpMethod method = context.request().method();
    List<HttpMethod> methods = methods(found);
    if (method.equals(HttpMethod.OPTIONS) && found != null) {
      context.response().putHeader(HttpHeaders.ALLOW, names(methods)).setStatusCode(204).end();
      return;
    }
    if (!methods.contains(method)) {
      notAllowed(context, form, methods);
      return;
    }
    Assets.Asset asset = responder.assets().get(path);
    if (asset != null) {
      responder.send(context, asset);
    } else if (found == null) {
      responder.send(context, form, Responder.notFound(path));
    } else if (!params.errors().isEmpty()) {
      responder.send(context, form, Answer.badRequest(params.errors()));
    } else {
      boolean acts =
          found.route().takes() == Routes.Takes.ACTION
              && (method.equals(HttpMethod.POST)
                  || (method.equals(HttpMethod.GET) && !Params.OURS.containsAll(params.names())));
      guarded(
          context,
          found.route(),
          new Asked(params, form, found.rest(), acts, UploadHandler.of(context)));
    }
  }

  private void guarded(RoutingContext context, Routes.Route route, Asked asked) {
    if (!asked.acts()) {
      answer(context, route, asked);
      return;
    }
    guard
        .refusal(context)
        .onFailure(context::fail)
        .onSuccess(
            refusal -> {
              if (refusal.isEmpty()) {
                answer(context, route, asked);
              } else {
                List<String> lines = List.of("ERROR: " + refusal);
                responder.send(context, asked.form(), Answer.notice(403, "Refused", lines));
              }
            });
  }

  private void answer(RoutingContext context, Routes.Route route, Asked asked) {
    if (route.exchange() != null) {
      route.exchange().handle(context, asked);
    } else {
      responder.answer(
          context,
          asked.form(),
          route.page().places(),
          () -> route.page().answer(asked).map(answer -> checked(asked.params(), answer)));
    }
  }

  /** A page that shows, and has not looked itself whether there were more parameters than its. */
  private static Answer checked(Params params, Answer answer) {
    return params.isFinished() || params.finish().isEmpty()
        ? answer
        : Answer.badRequest(params.errors());
  }

  private void notAllowed(RoutingContext context, Form form, List<HttpMethod> methods) {
    context.response().putHeader(HttpHeaders.ALLOW, names(methods));
    List<String> lines = List.of("ERROR: only " + methods + " here");
    responder.send(context, form, Answer.notice(405, "Method not allowed", lines));
  }

  private static String names(List<HttpMethod> methods) {
    return methods.stream().map(HttpMethod::name).collect(Collectors.joining(", "));
  }

  private static List<HttpMethod> methods(Routes.Found found) {
    return takesBody(found) ? READ_OR_POST : READ;
  }

  private static boolean takesBody(Routes.Found found) {
    return found != null && found.route().takes() != Routes.Takes.QUERY;
  }

  private static Form form(RoutingContext context, String path, Params params) {
    if (path.startsWith(Routes.API + "/")) {
      return Form.JSON;
    }
    String named = params.first("format");
    Form form = named.isEmpty() ? null : Form.named(named);
    if (form == null && !named.isEmpty()) {
      params.error("format", named, "is not one of html, text, json");
    }
    return form == null ? Form.accepted(context.request().getHeader(HttpHeaders.ACCEPT)) : form;
  }

  private static Map<String, List<String>> values(RoutingContext context, Routes.Found found) {
    Map<String, List<String>> values = new HashMap<>();
    addAll(values, context.queryParams());
    if (takesBody(found)) {
      addAll(values, context.request().formAttributes());
    }
    return values;
  }

  private static void addAll(Map<String, List<String>> values, MultiMap from) {
    from.forEach((name, value) -> values.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
  }
}
