package io.callscope.launcher;

import io.callscope.bus.ProcessState;
import io.callscope.web.server.Listener;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Set;

/**
 * Answers {@code /health/live} and {@code /health/ready} of a process, also of one without a web
 * server, for whoever starts and stops it. It tells nothing else.
 */
final class HealthVerticle extends VerticleBase {
  private static final int IDLE_SECONDS = 10;
  private static final int MAX_HEAD_BYTES = 4096;
  private static final int MOST_CONNECTIONS = 64;
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final String host;
  private final int port;
  private HttpServer server;
  private int connections;

  /**
   * @param port from 1
   */
  HealthVerticle(String host, int port) {
    this.host = host;
    this.port = port;
  }

  @Override
  public Future<?> start() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(host)
            .setPort(port)
            .setIdleTimeout(IDLE_SECONDS)
            .setMaxHeaderSize(MAX_HEAD_BYTES)
            .setHttp2ClearTextEnabled(false);
    server =
        vertx
            .createHttpServer(options)
            .connectionHandler(
                connection -> {
                  connections++;
                  connection.closeHandler(closed -> connections--);
                  if (connections > MOST_CONNECTIONS) {
                    connection.close();
                  }
                })
            .requestHandler(this::answer);
    return server
        .listen()
        .recover(cause -> Listener.refused(host, port, "health_addr, health_port", cause));
  }

  private void answer(HttpServerRequest request) {
    ProcessState state = ProcessState.of(vertx);
    if (!METHODS.contains(request.method())) {
      reply(request.response().setStatusCode(405), "only GET and HEAD");
      return;
    }
    switch (request.path()) {
      case "/health/live" -> reply(request.response(), "ok");
      case "/health/ready" ->
          reply(
              request.response().setStatusCode(state == ProcessState.READY ? 200 : 503),
              state == ProcessState.READY ? "ok" : state.name().toLowerCase(Locale.ROOT));
      default -> reply(request.response().setStatusCode(404), "not here");
    }
  }

  private static void reply(HttpServerResponse response, String text) {
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(text + "\n");
  }
}
