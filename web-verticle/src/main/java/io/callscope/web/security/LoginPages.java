package io.callscope.web.security;

import io.callscope.web.http.Answer;
import io.callscope.web.http.Form;
import io.callscope.web.http.Responder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.LongSupplier;

/** {@code /login} and {@code /logout}, where there are users. Of the server's context. */
final class LoginPages {
  static final String LOGOUT = "/logout";

  private final Credentials credentials;
  private final Sessions sessions;
  private final Cookies cookies;
  private final FormTokens tokens;
  private final SecurityCounters counters;
  private final LongSupplier clock;
  private final Responder responder;

  LoginPages(
      Credentials credentials,
      Sessions sessions,
      Cookies cookies,
      FormTokens tokens,
      SecurityCounters counters,
      LongSupplier clock,
      Responder responder) {
    this.credentials = credentials;
    this.sessions = sessions;
    this.cookies = cookies;
    this.tokens = tokens;
    this.counters = counters;
    this.clock = clock;
    this.responder = responder;
  }

  /** What the template shows. */
  record Model(String next, String name, String error) {}

  void addTo(Router router) {
    router.get(Entrance.LOGIN).handler(this::show);
    router.post(Entrance.LOGIN).handler(this::logIn);
    router.post(LOGOUT).handler(this::logOut);
  }

  private void show(RoutingContext context) {
    String next = next(context.queryParams().get("next"));
    if (Caller.of(context).session() != null) {
      redirect(context, next);
    } else {
      send(context, 200, next, "", "");
    }
  }

  private void logIn(RoutingContext context) {
    String name = field(context, "name").strip();
    String next = next(field(context, "next"));
    String foreign = Requests.origin(context.request()).refusal();
    if (!foreign.isEmpty()) {
      counters.foreignSite();
      send(context, 403, next, name, foreign);
      return;
    }
    if (!tokens.isGood(context)) {
      counters.noToken();
      send(context, 403, next, name, "This form was too old, or cookies are off. Try again.");
      return;
    }
    String address = Caller.of(context).address();
    credentials
        .check(name, field(context, "password"), address)
        .onFailure(context::fail)
        .onSuccess(
            result -> {
              if (result.user() != null) {
                start(context, result.user(), address);
                redirect(context, next);
              } else if (result.waitSeconds() > 0) {
                context.response().putHeader("Retry-After", Long.toString(result.waitSeconds()));
                String wait = "Too many attempts. Wait " + result.waitSeconds() + " s.";
                send(context, 429, next, name, wait);
              } else {
                send(context, 401, next, name, "Wrong name or password.");
              }
            });
  }

  /** A cookie from before the log-in is worth nothing after it. */
  private void start(RoutingContext context, User user, String address) {
    Session before = Caller.of(context).session();
    if (before != null) {
      sessions.end(before);
    }
    cookies.setSession(context, sessions.start(user, clock.getAsLong()));
    counters.login(sessions.size());
    Audit.loggedIn(user.name(), user.role(), address);
  }

  private void logOut(RoutingContext context) {
    Caller caller = Caller.of(context);
    if (caller.session() != null && tokens.isGood(context)) {
      sessions.end(caller.session());
      counters.sessions(sessions.size());
      cookies.clearSession(context);
      Audit.loggedOut(caller);
    }
    redirect(context, Entrance.LOGIN);
  }

  private static String field(RoutingContext context, String name) {
    String value = context.request().formAttributes().get(name);
    return value == null ? "" : value;
  }

  /** A path of ours, whatever was asked for. */
  static String next(String wanted) {
    boolean ours =
        wanted != null
            && wanted.startsWith("/")
            && wanted.length() < 4096
            && !wanted.startsWith("//")
            && wanted.indexOf('\\') < 0
            && wanted.chars().allMatch(c -> c > ' ' && c < 0x7f);
    return ours ? wanted : "/";
  }

  private void send(RoutingContext context, int status, String next, String name, String error) {
    String text = error.isEmpty() ? "POST name, password and csrf here" : "ERROR: " + error;
    responder.send(
        context,
        Form.HTML,
        new Answer(
            status,
            "Log in",
            "login",
            new Model(next, name, error),
            () -> text + "\n",
            () -> new JsonObject().put("errors", text)));
  }

  private static void redirect(RoutingContext context, String path) {
    context
        .response()
        .setStatusCode(303)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaders.LOCATION, path)
        .end();
  }
}
