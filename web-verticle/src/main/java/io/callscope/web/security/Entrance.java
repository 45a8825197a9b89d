package io.callscope.web.security;

import io.callscope.web.http.Assets;
import io.callscope.web.http.Form;
import io.callscope.web.http.Refused;
import io.callscope.web.http.Responder;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What every request passes first: its target and Host must make sense, and who makes it must be
 * known where users are. Of the server's context.
 */
final class Entrance implements Handler<RoutingContext> {
  static final String LOGIN = "/login";

  /** Open to all: whoever starts and stops processes has no password. */
  private static final Set<String> HEALTH = Set.of("/health/live", "/health/ready");

  private static final String CHALLENGE = "Basic realm=\"Callscope\", charset=\"UTF-8\"";

  private final HostNames hosts;
  private final ClientAddress addresses;
  private final Cookies cookies;
  private final Sessions sessions;
  private final SecurityCounters counters;
  private final LongSupplier clock;

  /** Null if nobody has to log in. */
  private final UserStore users;

  /** Null as well then. */
  private final Credentials credentials;

  Entrance(
      HostNames hosts,
      ClientAddress addresses,
      Cookies cookies,
      Sessions sessions,
      SecurityCounters counters,
      LongSupplier clock,
      UserStore users,
      Credentials credentials) {
    this.hosts = hosts;
    this.addresses = addresses;
    this.cookies = cookies;
    this.sessions = sessions;
    this.counters = counters;
    this.clock = clock;
    this.users = users;
    this.credentials = credentials;
  }

  @Override
  public void handle(RoutingContext context) {
    counters.request();
    HttpServerRequest request = context.request();
    Responder.headers(context.response());
    if (isReachedAtUsualPort(context)) {
      context.response().putHeader("strict-transport-security", "max-age=31536000");
    }
    String target = request.uri();
    String wrong = target == null ? "there is no target" : RequestLine.error(target);
    if (!wrong.isEmpty()) {
      counters.badTarget();
      Refused.with(context, 400, wrong);
      return;
    }
    boolean oneHost = request.headers().getAll(HttpHeaders.HOST).size() <= 1;
    boolean known = HEALTH.contains(request.path()) || hosts.allows(Requests.host(request));
    if (!oneHost || !known) {
      counters.foreignHost();
      Refused.with(
          context,
          oneHost ? 421 : 400,
          "this server does not go by the name in Host; -http_hosts can give it more names");
      return;
    }
    identify(context);
  }

  /**
   * Whether browsers may be told to use nothing but TLS here. They take that for all ports of the
   * host, so not where others may serve without.
   */
  private boolean isReachedAtUsualPort(RoutingContext context) {
    String host = Requests.host(context.request());
    String name = host == null ? null : HostNames.nameOf(host);
    return name != null
        && cookies.isSecure(context)
        && (host.equals(name) || host.endsWith(":443"))
        && !name.equals("localhost");
  }

  private void identify(RoutingContext context) {
    String address =
        addresses.of(
            context.request().remoteAddress().hostAddress(),
            context.request().getHeader("x-forwarded-for"));
    String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (users == null) {
      enter(context, new Caller("-", UserRole.OPERATOR, address, null, cookies.visit(context)));
    } else if (authorization != null) {
      basic(context, address, authorization);
    } else {
      byCookie(context, address);
    }
  }

  private static void enter(RoutingContext context, Caller caller) {
    caller.put(context);
    context.next();
  }

  private void byCookie(RoutingContext context, String address) {
    String cookie = cookies.session(context);
    Session session = cookie.isEmpty() ? null : sessions.use(cookie, clock.getAsLong());
    User user = session == null ? null : users.named(session.user().name());
    if (user != null && user.password().equals(session.user().password())) {
      enter(context, new Caller(user.name(), user.role(), address, session, cookie));
      return;
    }
    if (session != null) {
      sessions.end(session);
    }
    counters.sessions(sessions.size());
    if (isOpen(context.request(), address)) {
      enter(context, new Caller("-", null, address, null, cookies.visit(context)));
    } else {
      turnAway(context);
    }
  }

  /** Figures are open to this machine alone, unless a proxy on it asks for somebody else. */
  private static boolean isOpen(HttpServerRequest request, String address) {
    String path = request.path();
    return path.equals(LOGIN)
        || path.startsWith(Assets.PREFIX)
        || HEALTH.contains(path)
        || (path.equals("/metrics")
            && ClientAddress.isLoopback(address)
            && !Requests.isForwarded(request));
  }

  /** A browser's page is led to the log-in, all else told. */
  private void turnAway(RoutingContext context) {
    counters.unauthenticated();
    HttpServerRequest request = context.request();
    RequestOrigin origin = Requests.origin(request);
    Form form = Form.accepted(request.getHeader(HttpHeaders.ACCEPT));
    if (origin.get() && form == Form.HTML && !request.path().startsWith("/api/")) {
      String here = URLEncoder.encode(request.uri(), StandardCharsets.UTF_8);
      context
          .response()
          .setStatusCode(303)
          .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
          .putHeader(HttpHeaders.LOCATION, LOGIN + (here.length() < 4096 ? "?next=" + here : ""))
          .end();
      return;
    }
    if (!origin.isOfBrowser()) {
      // A browser would ask by itself, in a window that nobody can log out of.
      context.response().putHeader("WWW-Authenticate", CHALLENGE);
    }
    Refused.with(context, 401, "this needs a user name and password");
  }

  /** RFC 7617. */
  private void basic(RoutingContext context, String address, String authorization) {
    String pair = pair(authorization);
    int colon = pair.indexOf(':');
    if (colon < 0) {
      turnAway(context);
      return;
    }
    String name = pair.substring(0, colon);
    context.request().pause();
    credentials
        .check(name, pair.substring(colon + 1), address)
        .onComplete(done -> context.request().resume())
        .onFailure(context::fail)
        .onSuccess(
            result -> {
              User user = result.user();
              if (user != null) {
                String seed = cookies.visit(context);
                enter(context, new Caller(user.name(), user.role(), address, null, seed));
              } else if (result.waitSeconds() > 0) {
                context.response().putHeader("Retry-After", Long.toString(result.waitSeconds()));
                Refused.with(context, 429, "too many failed log-ins; wait and try again");
              } else {
                turnAway(context);
              }
            });
  }

  /** Name and password of a Basic header, empty if it is none. */
  private static String pair(String authorization) {
    if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return "";
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(authorization.substring(6).strip());
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
