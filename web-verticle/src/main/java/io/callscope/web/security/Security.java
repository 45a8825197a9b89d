package io.callscope.web.security;

import io.callscope.web.http.Guard;
import io.callscope.web.http.Refused;
import io.callscope.web.http.Responder;
import io.callscope.web.http.Visitor;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The security of one web server: what stands before its pages, what its pages need to know of who
 * looks at them, and what lets actions through. All on the server's context.
 */
public final class Security {
  private static final int HASHERS = 2;
  private static final int MAX_SESSIONS = 1000;
  private static final int MAX_SESSIONS_OF_USER = 20;

  private final SecurityConfig config;
  private final WorkerExecutor hashers;
  private final LongSupplier clock = Security::monotonicMillis;
  private final SecurityCounters counters = new SecurityCounters();
  private final UserStore users;
  private final Credentials credentials;
  private final Sessions sessions;
  private final Cookies cookies;
  private final FormTokens tokens;
  private final ActionGuard guard;
  private final Entrance entrance;

  private Security(SecurityConfig config, Prepared prepared, WorkerExecutor hashers, int port) {
    this.config = config;
    this.hashers = hashers;
    users = prepared.users;
    ClientAddress addresses = new ClientAddress(config.proxies());
    cookies = new Cookies(port, addresses);
    Secrets secrets = new Secrets();
    sessions =
        new Sessions(
            secrets,
            config.sessionIdleMillis(),
            config.sessionMaxMillis(),
            MAX_SESSIONS,
            MAX_SESSIONS_OF_USER);
    tokens = new FormTokens(secrets, cookies);
    guard = new ActionGuard(tokens, counters);
    credentials = users == null ? null : new Credentials(users, secrets, hashers, clock, counters);
    entrance =
        new Entrance(
            prepared.hosts, addresses, cookies, sessions, counters, clock, users, credentials);
  }

  /** Of any zero: nobody who sets the machine's clock locks users out, or lets them stay. */
  private static long monotonicMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  private record Prepared(UserStore users, HostNames hosts) {}

  /**
   * Reads the file of users; fails with what is wrong with it.
   *
   * @param port of the server, for the names of its cookies
   * @param ownNames names the server goes by, such as those of its certificate
   */
  public static Future<Security> create(
      Vertx vertx, SecurityConfig config, int port, Collection<String> ownNames) {
    WorkerExecutor hashers =
        vertx.createSharedWorkerExecutor("callscope-login", HASHERS, 30, TimeUnit.SECONDS);
    return hashers
        .executeBlocking(() -> prepare(config, ownNames))
        .map(prepared -> new Security(config, prepared, hashers, port))
        .onFailure(e -> hashers.close());
  }

  private static Prepared prepare(SecurityConfig config, Collection<String> ownNames) {
    List<String> names = new ArrayList<>(ownNames);
    names.addAll(config.hosts());
    names.add(hostName());
    if (!config.hasUsers()) {
      return new Prepared(null, new HostNames(names));
    }
    UserStore users = new UserStore(Path.of(config.usersFile()));
    users.load();
    // The cookies that open anything are bound to the name they were set for.
    return new Prepared(users, new HostNames(config.hosts().isEmpty() ? List.of("*") : names));
  }

  /** Without asking a name server, which may take its time; empty if it is unknown. */
  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return System.getenv().getOrDefault("HOSTNAME", "");
    }
  }

  /** What every request passes first, before its body is read. */
  public Handler<RoutingContext> entrance() {
    return entrance;
  }

  public Guard guard() {
    return guard;
  }

  /** Turns away who may not act before a large body is taken in; its token comes with it. */
  public Handler<RoutingContext> beforeUploads() {
    return guard::beforeBody;
  }

  /** The body of a request broke HTTP, or its own format. */
  public void bodyBroken() {
    counters.badBody();
  }

  /** Logs an action that failed before it was let through, while its body came in. */
  public void actionFailed(RoutingContext context, int status) {
    Audit.action(context, Caller.of(context), status);
  }

  /** Turns away a browser that a page of another site has sent to read something. */
  public Handler<RoutingContext> ownPagesAndPrograms() {
    return context -> {
      String foreign = Requests.origin(context.request()).refusal();
      if (foreign.isEmpty()) {
        context.next();
      } else {
        counters.foreignSite();
        Refused.with(context, 403, foreign);
      }
    };
  }

  /** Adds the log-in to a router, behind the reading of bodies. */
  public void addTo(Router router, Responder responder) {
    if (users != null) {
      new LoginPages(credentials, sessions, cookies, tokens, counters, clock, responder)
          .addTo(router);
    }
  }

  /** Before the head of the answer is written: it may set a cookie. */
  public Visitor visitor(RoutingContext context) {
    Caller caller = Caller.of(context);
    boolean known = caller.role() != null;
    return new Visitor(
        users == null || !known ? "" : caller.name(),
        known,
        known && caller.role().mayAct(),
        tokens.of(context),
        config.warning());
  }

  /** Whether who started a stream may still see it: logged in, and still a user. */
  public boolean mayGoOn(RoutingContext context) {
    Caller caller = Caller.of(context);
    if (users == null || caller.role() == null) {
      return true;
    }
    Session session = caller.session();
    User user = users.named(caller.name());
    return user != null
        && (session == null
            || (user.password().equals(session.user().password())
                && sessions.isOpen(session, clock.getAsLong())));
  }

  /** Takes over a changed file of users; blocks. */
  public void reload() {
    if (users != null) {
      users.reload();
    }
  }

  public SecurityCounters counters() {
    return counters;
  }

  public Future<Void> close() {
    return hashers.close();
  }
}
