package io.callscope.web.server;

import io.callscope.counters.CounterGroup;
import io.callscope.counters.CounterKind;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the connections of a server and closes those of slow clients. First handler of its router;
 * on the server's context.
 */
public final class ConnectionGuard implements Handler<RoutingContext> {
  private static final long TICK_MILLIS = 1000;

  private final Vertx vertx;
  private final Connections<HttpConnection> connections;
  private final CounterGroup group;
  private final int open;
  private final int refused;
  private final int displaced;
  private final int slow;
  private final int notTls;
  private final long timer;

  /**
   * @param patienceMillis for the head of a request; its body has three times that
   */
  public ConnectionGuard(Vertx vertx, int max, long patienceMillis) {
    this.vertx = vertx;
    connections = new Connections<>(max, new Connections.Times(patienceMillis, 3 * patienceMillis));
    CounterGroup.Builder builder = new CounterGroup.Builder("web.connections");
    open = builder.add("open", CounterKind.GAUGE, "connections of clients");
    refused = builder.add("refused", "connections refused since all others were at work");
    displaced = builder.add("displaced", "idle connections closed to make room for others");
    slow = builder.add("slow", "connections closed since their clients took too long");
    notTls = builder.add("not_tls", "connections to the TLS port that did not speak TLS");
    group = builder.build();
    timer = vertx.setPeriodic(Math.min(TICK_MILLIS, patienceMillis), id -> closeSlow());
  }

  /** For {@code HttpServer.connectionHandler}. */
  public void opened(HttpConnection connection) {
    HttpConnection close = connections.opened(connection, now());
    if (close != null) {
      close.close();
    }
    if (close != connection) {
      connection.closeHandler(
          done -> {
            connections.closed(connection);
            count();
          });
    }
    count();
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpConnection connection = request.connection();
    connections.began(connection, request, length(request), now());
    request.end().onComplete(done -> connections.bodyRead(connection, request));
    context.addEndHandler(done -> connections.ended(connection, request, now()));
    context.next();
  }

  /** The length a request announces, 0 if none that can be. */
  private static long length(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length != null && length.matches("[0-9]{1,10}") ? Long.parseLong(length) : 0;
  }

  /** A client spoke something else than TLS; it is no connection. */
  void notTls() {
    group.increment(notTls);
  }

  private void closeSlow() {
    connections.overdue(now()).forEach(HttpConnection::close);
    count();
  }

  private void count() {
    group.set(open, connections.size());
    group.set(refused, connections.refused());
    group.set(displaced, connections.displaced());
    group.set(slow, connections.slow());
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  public CounterGroup group() {
    return group;
  }

  public void close() {
    vertx.cancelTimer(timer);
  }
}
