package io.callscope.web.server;

import io.callscope.counters.CounterGroup;
import io.callscope.net.Ends;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server with its limits and its TLS. On the context of who makes it. */
public final class Listener {
  private static final Logger log = LoggerFactory.getLogger(Listener.class);
  private static final int MAX_HEAD_BYTES = 16 * 1024;

  /** One field of a form: several messages fit in. */
  private static final int MAX_FIELD_BYTES = 1 << 20;

  private static final int MAX_FIELDS = 256;

  /** What a client may send at a time: a name of an address, and a little around it. */
  private static final int MAX_WEBSOCKET_BYTES = 4096;

  private static final int IDLE_MILLIS = 60_000;
  private static final int HANDSHAKE_SECONDS = 5;

  private static final long LOOK_AT_DATES_MILLIS =
      TimeUnit.DAYS.toMillis(1) / CertificateWatch.LOOKS_A_DAY;

  private final Vertx vertx;
  private final ServerConfig config;
  private final ConnectionGuard guard;
  private final CertificateWatch certificate =
      new CertificateWatch(
          InstantSource.system(), text -> log.warn("certificate of the web server: {}", text));
  private TlsFiles tlsFiles;
  private TlsFiles.Loaded tls;
  private HttpServer server;
  private long certificateTimer;

  private Listener(Vertx vertx, ServerConfig config) {
    this.vertx = vertx;
    this.config = config;
    guard = new ConnectionGuard(vertx, config.maxConnections(), config.patienceMillis());
  }

  /** Reads the certificate; fails with what is wrong with it. */
  public static Future<Listener> create(Vertx vertx, ServerConfig config) {
    Listener listener = new Listener(vertx, config);
    if (!config.tls()) {
      return Future.succeededFuture(listener);
    }
    listener.tlsFiles =
        new TlsFiles(
            vertx, "http_tls", Path.of(config.certificateFile()), Path.of(config.keyFile()));
    return vertx
        .executeBlocking(() -> listener.tlsFiles.load())
        .map(
            loaded -> {
              listener.tls = loaded;
              listener.certificate.use(loaded.validity());
              listener.certificateTimer =
                  vertx.setPeriodic(LOOK_AT_DATES_MILLIS, id -> listener.certificate.look());
              return listener;
            })
        .onFailure(e -> listener.guard.close());
  }

  /** The DNS names of the certificate. */
  public List<String> names() {
    return tls == null ? List.of() : tls.names();
  }

  /** What there is to count: connections and, with TLS, the certificate. */
  public List<CounterGroup> groups() {
    return tls == null ? List.of(guard.group()) : List.of(guard.group(), certificate.group());
  }

  /** First handler of the router. */
  public ConnectionGuard guard() {
    return guard;
  }

  /** Listens. A port of 0 takes any free one. */
  public Future<?> listen(String host, int port, Router router) {
    server =
        vertx
            .createHttpServer(options().setHost(host).setPort(port))
            .connectionHandler(guard::opened)
            .exceptionHandler(new PlainClients(guard::notTls, System::nanoTime))
            .requestHandler(router);
    return server
        .listen()
        .recover(cause -> refused(host, port, "http_addr, http_port", cause))
        .onSuccess(
            up ->
                log.info(
                    "web server on {}://{}/",
                    config.tls() ? "https" : "http",
                    Ends.of(host, port())));
  }

  /**
   * That there is no server, for people.
   *
   * @param host as the option has it
   * @param options names of those that say where it is to be
   */
  public static <T> Future<T> refused(String host, int port, String options, Throwable cause) {
    String text = "cannot listen on " + Ends.of(host, port) + " (" + options + "): ";
    return Future.failedFuture(new IllegalStateException(text + cause.getMessage(), cause));
  }

  private HttpServerOptions options() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxInitialLineLength(MAX_HEAD_BYTES)
            .setMaxHeaderSize(MAX_HEAD_BYTES)
            .setMaxFormAttributeSize(MAX_FIELD_BYTES)
            .setMaxFormFields(MAX_FIELDS)
            .setIdleTimeout(IDLE_MILLIS)
            // Nothing could be written: the client does not read. Streams write now and then.
            .setWriteIdleTimeout((int) (4 * config.patienceMillis()))
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            // Without TLS nobody speaks it, and its detection would wait for bytes unguarded.
            .setHttp2ClearTextEnabled(false)
            .setMaxWebSocketFrameSize(MAX_WEBSOCKET_BYTES)
            .setMaxWebSocketMessageSize(MAX_WEBSOCKET_BYTES)
            // Who sends a little must not make much of it here.
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setCompressionSupported(true);
    options.getInitialSettings().setMaxHeaderListSize(MAX_HEAD_BYTES);
    if (tls != null) {
      options
          .setSsl(true)
          .setUseAlpn(true)
          .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
          .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
          .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
          .setKeyCertOptions(tls.options());
    }
    return options;
  }

  /** Takes over changed files of the certificate; what is wrong with them changes nothing. */
  public Future<Boolean> reloadTls() {
    if (tlsFiles == null) {
      return Future.succeededFuture(false);
    }
    return vertx
        .executeBlocking(() -> tlsFiles.load())
        .compose(
            loaded -> {
              ServerSSLOptions changed = options().getSslOptions().copy();
              return server
                  .updateSSLOptions(changed.setKeyCertOptions(loaded.options()))
                  .onSuccess(taken -> certificate.use(loaded.validity()));
            })
        .onSuccess(taken -> log.info("the certificate of the web server was read again"))
        .onFailure(e -> log.error("{}; the old certificate stays in use", e.getMessage()));
  }

  /** The port it listens on. */
  public int port() {
    return server.actualPort();
  }

  public Future<Void> close() {
    guard.close();
    vertx.cancelTimer(certificateTimer);
    return server == null ? Future.succeededFuture() : server.close();
  }
}
